import { LobbyDay, kiosk, manager, MIDNIGHT, setupWith, tellerAt } from '../../support/lobby.js';

const morning = (...counters: string[]): LobbyDay => new LobbyDay().open().signOn(...counters);
/** A morning with the booking B1, a minute ahead. */
const booked = (): LobbyDay => {
  const day = morning('w1');
  day.do({ type: 'BookAppointment', code: 'B1', at: day.now + 60_000, serviceIds: ['cash'] });
  return day;
};
const twice = (day: LobbyDay, visit: { id: string }): void => {
  day.seconds(20);
  day.do({ type: 'Recall', ...day.on(visit) }, tellerAt('w1'));
};

describe('Tickets', () => {
  it('[V-3, V-4] numbers run per prefix from 001 and leave out the paper block', () => {
    const day = morning('w1', 'w6');
    expect(
      [day.issue('cash'), day.issue('cash'), day.issue('personal')].map((visit) => visit.ticket),
    ).toEqual(['A001', 'A002', 'C001']);
    for (let n = 3; n <= 901; n += 1) day.issue('cash');
    expect(day.issue('cash').ticket).toBe('A1002');
    expect(Object.values(day.state.visits).map((visit) => visit.ticket)).toEqual(
      expect.arrayContaining(['A899', 'A1000']),
    );
    expect(Object.values(day.state.visits).some((visit) => /^A9\d\d$/.test(visit.ticket))).toBe(false);
  });

  it('[V-3] refuses unknown services, services out of hours or full, and tickets after the last hour', () => {
    const setup = setupWith({ lastTicket: 10 * 60 });
    const cash = setup.services[0];
    if (cash) cash.cap = 1;
    const day = new LobbyDay().open(setup);
    expect(day.refusal({ type: 'IssueTicket', serviceIds: ['nothing'] }, kiosk)).toBe('unknown-service');
    expect(day.refusal({ type: 'IssueTicket', serviceIds: [] }, kiosk)).toBe('unknown-service');
    day.do({ type: 'IssueTicket', serviceIds: ['personal', 'cash'] }, kiosk);
    expect(day.refusal({ type: 'IssueTicket', serviceIds: ['cash'] }, kiosk)).toBe('service-full');
    day.minutes(61);
    expect(day.refusal({ type: 'IssueTicket', serviceIds: ['personal'] }, kiosk)).toBe('tickets-ended');
  });

  it('[V-3] hours and caps bind tickets, not what staff add for a customer who is here', () => {
    const setup = setupWith();
    for (const service of setup.services)
      if (service.id === 'personal')
        Object.assign(service, { cap: 1, hours: { from: 9 * 60, to: 9 * 60 + 30 } });
    const day = new LobbyDay().open(setup).signOn('w1', 'w2');
    const visit = day.issue('cash');
    day.issue('personal');
    const other = day.issue('cash');
    day.minutes(31);
    expect(day.refusal({ type: 'IssueTicket', serviceIds: ['personal'] }, kiosk)).toBe('service-closed');
    day.do({ type: 'AddService', ...day.on(visit), serviceId: 'personal' });
    expect(day.visit(visit.id).services).toEqual(['cash', 'personal']);
    day.do({ type: 'CallVisit', ...day.on(other), reason: 'other' }, tellerAt('w2'));
    const sent = { ...day.on(other), serviceId: 'personal', placement: 'place' } as const;
    day.do({ type: 'TransferVisit', ...sent }, tellerAt('w2'));
    expect(day.visit(other.id).services).toEqual(['personal']);
    expect(day.state.issuedOf.personal).toBe(1);
  });

  it('[V-8] a booked customer counts as waiting from the booked time, an early one may be called when nobody else can', () => {
    const day = morning('w1');
    day.do({ type: 'BookAppointment', code: 'K7', at: day.now + 10 * 60_000, serviceIds: ['cash'] });
    day.do({ type: 'CheckIn', code: 'K7' }, kiosk);
    expect(day.refusal({ type: 'CheckIn', code: 'K7' }, kiosk)).toBe('already-checked-in');
    expect(day.refusal({ type: 'CheckIn', code: 'K8' }, kiosk)).toBe('unknown-appointment');
    const walkIn = day.issue('cash');
    expect(day.callNext('w1')).toBe(walkIn.id);
    day.start('w1');
    day.finish('w1');
    expect(day.visit(day.callNext('w1')).appointmentAt).toBeDefined();
  });

  it('[V-8] more than 15 minutes late is ordinary', () => {
    const day = morning('w1');
    day.do({ type: 'BookAppointment', code: 'K7', at: day.now, serviceIds: ['cash'] });
    day.minutes(16);
    const { visitId } = day.do({ type: 'CheckIn', code: 'K7' }, kiosk) as { visitId: string };
    expect(day.visit(visitId).appointmentAt).toBeUndefined();
    expect(day.visit(visitId).place).toBe(day.now);
  });
});

describe('A visit at a counter', () => {
  it('[V-10] is called up to three times, 20 s apart, and may be marked absent after the second', () => {
    const day = morning('w1');
    const visit = day.issue();
    day.callNext('w1');
    expect(day.refusal({ type: 'Recall', ...day.on(visit) }, tellerAt('w1'))).toBe('recall-too-soon');
    expect(day.refusal({ type: 'MarkNoShow', ...day.on(visit) }, tellerAt('w1'))).toBe('no-show-too-soon');
    twice(day, visit);
    twice(day, visit);
    day.seconds(20);
    expect(day.refusal({ type: 'Recall', ...day.on(visit) }, tellerAt('w1'))).toBe('recall-limit');
    day.do({ type: 'MarkNoShow', ...day.on(visit) }, tellerAt('w1'));
    expect(day.visit(visit.id).stage.status).toBe('absent');
  });

  it('[V-11] an absent visit returns at its place within 30 minutes, and ends then', () => {
    const day = morning('w1');
    const [first, second] = [day.issue(), day.issue()];
    day.callNext('w1');
    twice(day, first);
    day.do({ type: 'MarkNoShow', ...day.on(first) }, tellerAt('w1'));
    day.minutes(29);
    day.do({ type: 'ReturnVisit', ...day.on(first) });
    expect(day.visit(first.id)).toMatchObject({ stage: { status: 'waiting' }, place: first.place });
    expect(day.callNext('w1')).toBe(first.id);
    twice(day, first);
    day.do({ type: 'MarkNoShow', ...day.on(first) }, tellerAt('w1'));
    day.minutes(30);
    expect(day.visit(first.id).stage).toMatchObject({ status: 'ended', how: 'absent' });
    expect(day.refusal({ type: 'ReturnVisit', ...day.on(first) })).toBe('return-too-late');
    expect(day.visit(second.id).stage.status).toBe('waiting');
  });

  it('[V-12] several services follow each other, placed by arrival, with one number', () => {
    const day = morning('w1');
    const { visitId } = day.do({ type: 'IssueTicket', serviceIds: ['cash', 'personal'] }, kiosk) as {
      visitId: string;
    };
    const later = day.issue('personal');
    day.serveNext('w1');
    day.finish('w1');
    expect(day.visit(visitId)).toMatchObject({ services: ['personal'], ticket: 'A001', overtaken: 0 });
    expect(day.callNext('w1')).toBe(visitId);
    day.start('w1');
    day.finish('w1');
    expect(day.visit(visitId).stage).toMatchObject({ status: 'ended', how: 'served' });
    expect(day.callNext('w1')).toBe(later.id);
  });

  it.each([
    ['front', 0],
    ['place', 1],
    ['end', 2],
  ] as const)('[V-13] a transfer to the %s keeps number and owner', (placement, index) => {
    const day = morning('w1', 'w2');
    const before = day.issue('personal');
    const moved = day.issue('cash');
    const after = day.issue('personal');
    day.do({ type: 'CallVisit', ...day.on(moved), reason: 'other' }, tellerAt('w1'));
    day.start('w1');
    day.do({ type: 'TransferVisit', ...day.on(moved), serviceId: 'personal', placement }, tellerAt('w1'));
    expect(day.visit(moved.id)).toMatchObject({ ticket: 'A001', owner: 't1', stage: { status: 'waiting' } });
    const order = [0, 1, 2].map(() => {
      const id = day.serveNext('w2');
      day.finish('w2');
      return id;
    });
    expect(order[index]).toBe(moved.id);
    expect(order).toEqual(expect.arrayContaining([before.id, after.id]));
  });

  it('[V-14] parked: resumed at once where the same counter is free, else waiting at its place', () => {
    const day = morning('w1', 'w2');
    const visit = day.issue();
    day.serveNext('w1');
    day.do({ type: 'ParkVisit', ...day.on(visit) }, tellerAt('w1'));
    expect(day.do({ type: 'ResumeParked', ...day.on(visit) }, tellerAt('w1'))).toEqual({ called: true });
    day.do({ type: 'ParkVisit', ...day.on(visit) }, tellerAt('w1'));
    expect(day.do({ type: 'ResumeParked', ...day.on(visit) }, tellerAt('w2'))).toEqual({ called: false });
    expect(day.visit(visit.id)).toMatchObject({ stage: { status: 'waiting' }, place: visit.place });
  });

  it('[V-15] leaving and cancelling end it; two visits of one person are merged at the earlier place', () => {
    const day = morning('w1');
    const [a, b, c] = [day.issue('cash'), day.issue('personal'), day.issue('cash')];
    day.do({ type: 'MergeVisits', ...day.on(b), otherId: a.id, otherVersion: 1 });
    expect(day.visit(b.id)).toMatchObject({ place: a.place, services: ['personal', 'cash'] });
    expect(day.visit(a.id).stage).toMatchObject({ status: 'ended', how: 'merged' });
    day.do({ type: 'LeaveVisit', ...day.on(c) });
    expect(day.visit(c.id).stage).toMatchObject({ status: 'ended', how: 'left' });
    expect(day.refusal({ type: 'CancelVisit', ...day.on(c) })).toBe('visit-ended');
    expect(day.state.counts).toMatchObject({ issued: 3, left: 1, merged: 1 });
  });
});

describe("A teller's hand on a visit", () => {
  it('[V-17] lets a customer go or adds a service at the own counter only', () => {
    const day = morning('w1', 'w2');
    const [here, elsewhere] = [day.issue(), day.issue()];
    day.callNext('w1');
    expect(day.refusal({ type: 'LeaveVisit', ...day.on(elsewhere) }, tellerAt('w1'))).toBe('visit-not-here');
    expect(day.refusal({ type: 'AddService', ...day.on(here), serviceId: 'personal' }, tellerAt('w2'))).toBe(
      'visit-not-here',
    );
    day.do({ type: 'AddService', ...day.on(here), serviceId: 'personal' }, tellerAt('w1'));
    day.do({ type: 'LeaveVisit', ...day.on(here) }, tellerAt('w1'));
    expect(day.visit(here.id).stage).toMatchObject({ status: 'ended', how: 'left' });
  });
});

describe('Undo', () => {
  it('[V-16] takes back a finish, a no-show, a parking, a cancel and a flag within 10 s if nothing followed', () => {
    const day = morning('w1');
    const visit = day.issue();
    day.serveNext('w1');
    day.do({ type: 'ParkVisit', ...day.on(visit) }, tellerAt('w1'), 'park');
    day.do({ type: 'Undo', commandId: 'park' }, tellerAt('w1'));
    expect(day.visit(visit.id).stage.status).toBe('serving');
    day.do({ type: 'FinishService', ...day.on(visit) }, tellerAt('w1'), 'finish');
    expect(day.state.counts.served).toBe(1);
    day.do({ type: 'Undo', commandId: 'finish' }, tellerAt('w1'));
    expect(day.visit(visit.id).stage.status).toBe('serving');
    expect(day.counter('w1').visitId).toBe(visit.id);
    expect(day.state.counts.served).toBe(0);
    const other = day.issue();
    day.do({ type: 'CancelVisit', ...day.on(other) }, manager, 'cancel');
    day.do({ type: 'Undo', commandId: 'cancel' });
    expect(day.visit(other.id).stage.status).toBe('waiting');
    day.do({ type: 'FlagPriority', ...day.on(other), needs: ['seat'], consent: true }, manager, 'flag');
    day.do({ type: 'Undo', commandId: 'flag' });
    expect(day.visit(other.id).flag).toBeUndefined();
  });

  it('[V-16] refuses after 10 s, after something followed, for another actor, and twice', () => {
    const day = morning('w1');
    const [a, b] = [day.issue(), day.issue()];
    day.do({ type: 'CancelVisit', ...day.on(a) }, manager, 'late');
    day.seconds(11);
    expect(day.refusal({ type: 'Undo', commandId: 'late' })).toBe('undo-too-late');
    day.serveNext('w1');
    day.do({ type: 'FinishService', ...day.on(b) }, tellerAt('w1'), 'finish');
    expect(day.refusal({ type: 'Undo', commandId: 'finish' }, tellerAt('w2'))).toBe('nothing-to-undo');
    day.issue();
    day.callNext('w1');
    expect(day.refusal({ type: 'Undo', commandId: 'finish' }, tellerAt('w1'))).toBe('nothing-to-undo');
  });

  it('[V-16] takes back what a flag did to a parked or an absent visit too', () => {
    const day = new LobbyDay().open(setupWith({ callsBeforeNoShow: 1 })).signOn('w1');
    const [parked, absent] = [day.issue(), day.issue()];
    day.serveNext('w1');
    day.do({ type: 'ParkVisit', ...day.on(parked) }, tellerAt('w1'));
    day.callNext('w1');
    day.do({ type: 'MarkNoShow', ...day.on(absent) }, tellerAt('w1'));
    for (const visit of [parked, absent]) {
      const { stage } = day.visit(visit.id);
      day.do({ type: 'FlagPriority', ...day.on(visit), needs: [], consent: true }, manager, visit.id);
      expect(day.visit(visit.id).stage.status).toBe('waiting');
      day.do({ type: 'Undo', commandId: visit.id });
      expect(day.visit(visit.id).stage).toEqual(stage);
    }
  });

  it('[V-16, V-8] no undo of a cancel brings a second visit to a booking that was checked in anew', () => {
    const day = booked();
    const { visitId } = day.do({ type: 'CheckIn', code: 'B1' }, kiosk) as { visitId: string };
    day.do({ type: 'CancelVisit', ...day.on({ id: visitId }) }, manager, 'cancel');
    day.do({ type: 'CheckIn', code: 'B1' }, kiosk);
    expect(day.refusal({ type: 'Undo', commandId: 'cancel' })).toBe('nothing-to-undo');
  });

  it('[V-15, V-8] a merged booking goes on as the visit that was kept, and is checked in once', () => {
    const day = booked();
    const { visitId } = day.do({ type: 'CheckIn', code: 'B1' }, kiosk) as { visitId: string };
    const kept = day.issue('cash');
    const other = { otherId: visitId, otherVersion: day.visit(visitId).version };
    const { appointmentAt } = day.visit(visitId);
    day.do({ type: 'MergeVisits', ...day.on(kept), ...other });
    expect(day.refusal({ type: 'CheckIn', code: 'B1' }, kiosk)).toBe('already-checked-in');
    expect(day.visit(kept.id).appointmentAt).toBe(appointmentAt);
    expect(day.state.appointments.B1?.visitId).toBe(kept.id);
  });

  it('[V-16, L15] an undone flag does not raise the care task a second time', () => {
    const day = morning('w1');
    const visit = day.issue();
    day.minutes(9.95);
    day.do({ type: 'FlagPriority', ...day.on(visit), needs: [], consent: true }, manager, 'flag');
    day.seconds(5);
    day.do({ type: 'Undo', commandId: 'flag' });
    day.seconds(30);
    expect(Object.values(day.state.tasks).filter((task) => task.kind === 'care')).toHaveLength(1);
  });

  it('[V-16] takes back the finish of a love-window service', () => {
    const day = morning('w1', 'w2', 'w4');
    const elder = day.issue();
    day.flag(elder, ['lowCounter']).confirm(elder);
    day.serveNext('w4');
    day.do({ type: 'FinishService', ...day.on(elder) }, tellerAt('w4'), 'finish');
    day.do({ type: 'Undo', commandId: 'finish' }, tellerAt('w4'));
    expect(day.visit(elder.id).stage).toMatchObject({ status: 'serving', counterId: 'w4', quiet: true });
    day.finish('w4');
    expect(day.visit(elder.id).stage.status).toBe('ended');
  });

  it('[V-16] takes back a no-show: the visit stands called again', () => {
    const day = new LobbyDay().open(setupWith({ callsBeforeNoShow: 1 })).signOn('w1');
    const visit = day.issue();
    day.callNext('w1');
    const { stage } = day.visit(visit.id);
    day.do({ type: 'MarkNoShow', ...day.on(visit) }, tellerAt('w1'), 'noShow');
    day.do({ type: 'Undo', commandId: 'noShow' }, tellerAt('w1'));
    expect(day.visit(visit.id).stage).toEqual(stage);
    expect(day.counter('w1').visitId).toBe(visit.id);
  });

  it('[V-16, E-6] takes back the no-show of a love-window visit: called there quietly, its love window stays ended', () => {
    const day = morning('w1', 'w2', 'w4');
    const elder = day.issue();
    day.flag(elder, ['lowCounter']).confirm(elder);
    const episode = day.episode(elder.id);
    day.callNext('w4');
    const { stage } = day.visit(elder.id);
    day.do({ type: 'MarkNoShow', ...day.on(elder) }, tellerAt('w4'), 'noShow');
    expect(day.visit(elder.id)).toMatchObject({ stage: { status: 'waiting' }, flag: { notFound: true } });
    day.do({ type: 'Undo', commandId: 'noShow' }, tellerAt('w4'));
    expect(day.visit(elder.id)).toMatchObject({ stage, flag: { needs: ['lowCounter'] } });
    expect(day.visit(elder.id).flag).not.toHaveProperty('notFound');
    expect(day.state.episodes[episode.id]?.ended?.how).toBe('notFound');
    expect(day.counter('w4')).toMatchObject({ visitId: elder.id });
    expect(day.counter('w4').hold).toBeUndefined();
    day.do({ type: 'StartService', ...day.on(elder) }, tellerAt('w4'));
    day.finish('w4');
    expect(day.visit(elder.id).stage).toMatchObject({ status: 'ended', how: 'served' });
  });

  it('[V-16, E-6] given up a second time, the flagged visit waits at its place again, not absent', () => {
    const day = morning('w1', 'w2', 'w4');
    const elder = day.issue();
    day.flag(elder, ['lowCounter']).confirm(elder);
    day.callNext('w4');
    day.do({ type: 'MarkNoShow', ...day.on(elder) }, tellerAt('w4'), 'noShow');
    day.do({ type: 'Undo', commandId: 'noShow' }, tellerAt('w4'));
    day.do({ type: 'MarkNoShow', ...day.on(elder) }, tellerAt('w4'));
    expect(day.visit(elder.id).stage.status).toBe('waiting');
    expect(day.visit(elder.id).flag).toBeDefined();
    expect(day.counter('w4').visitId).toBeUndefined();
  });

  it('[V-16] not once the window has gone on from a love-window no-show', () => {
    const day = morning('w1', 'w2', 'w4');
    const elder = day.issue();
    day.flag(elder, ['lowCounter']).confirm(elder);
    day.callNext('w4');
    day.do({ type: 'MarkNoShow', ...day.on(elder) }, tellerAt('w4'), 'noShow');
    day.do({ type: 'MarkHereAgain', ...day.on(elder) });
    expect(day.refusal({ type: 'Undo', commandId: 'noShow' }, tellerAt('w4'))).toBe('nothing-to-undo');
  });
});

describe('Commands', () => {
  it('[L12] name the business date and the version of the visit that was seen', () => {
    const day = morning('w1');
    const visit = day.issue();
    expect(day.refusal({ type: 'LeaveVisit', visitId: visit.id, version: 7 })).toBe('stale');
    expect(day.refusal({ type: 'LeaveVisit', visitId: 'nobody', version: 1 })).toBe('unknown-visit');
  });
});

describe('The day', () => {
  it('[D-1] runs past midnight until it is closed', () => {
    const day = new LobbyDay().open(setupWith({ lastTicket: 24 * 60 })).signOn('w1');
    day.minutes(15 * 60 + 30);
    expect(day.now).toBeGreaterThan(MIDNIGHT + 24 * 60 * 60_000);
    expect(day.state.phase).toBe('open');
  });

  it('[D-2] untouched, it closes itself at 03:00, marks open intervals inaccurate and signs everybody off', () => {
    const day = morning('w1', 'w2', 'w4');
    const [a, b] = [day.issue(), day.issue()];
    day.serveNext('w1');
    day.flag(b).confirm(b);
    day.minutes(18 * 60);
    expect(day.state.phase).toBe('closed');
    expect(day.log.at(-1)?.event).toEqual({ type: 'DayClosed', bySystem: true, inaccurate: true });
    expect([a, b].map((visit) => day.visit(visit.id).stage.status)).toEqual(['ended', 'ended']);
    expect(Object.values(day.state.counters).some((counter) => counter.teller ?? counter.hold)).toBe(false);
    expect(day.refusal({ type: 'IssueTicket', serviceIds: ['cash'] }, kiosk)).toBe('day-not-open');
  });

  it('[D-3] is closed by hand only with an empty lobby or the word to end what remains, never during a service', () => {
    const day = morning('w1');
    day.issue();
    day.serveNext('w1');
    expect(day.refusal({ type: 'CloseDay', endRemaining: true })).toBe('lobby-not-empty');
    day.finish('w1');
    day.issue();
    expect(day.refusal({ type: 'CloseDay', endRemaining: false })).toBe('lobby-not-empty');
    day.do({ type: 'CloseDay', endRemaining: true });
    expect(day.state.counts).toMatchObject({ issued: 2, served: 1, closed: 1 });
  });

  it('[L16] a change of settings is an event and counts from the next call on', () => {
    const day = morning('w1');
    const normal = day.issue('cash');
    day.minutes(2);
    const vip = day.issue('cash', 3);
    const acceptance = { of: ['strictPriority'], reason: '试点' };
    day.do({ type: 'ChangeSettings', settings: { mode: 'strictPriority', acceptance } });
    expect(day.refusal({ type: 'ChangeSettings', settings: { vipCap: -1 } })).toBe('bad-settings');
    expect(day.callNext('w1')).toBe(vip.id);
    expect(day.visit(normal.id).stage.status).toBe('waiting');
  });

  it('[T-1] after an outage short timers begin anew and long ones leave it out', () => {
    const day = morning('w1', 'w2', 'w4');
    const visit = day.issue();
    const elder = day.issue();
    day.flag(elder, ['lowCounter']).confirm(elder);
    day.seconds(20);
    const from = day.now;
    const to = from + 20 * 60_000;
    day.do({ type: 'RecordOutage', from, to });
    expect(day.episode(elder.id).alertAt).toBe(to);
    const careAt = visit.since + 10 * 60_000 + (to - from);
    day.minutes((careAt - day.now) / 60_000 - 0.1);
    expect(Object.values(day.state.tasks).filter((task) => task.kind === 'care')).toHaveLength(0);
    day.minutes(0.2);
    expect(Object.values(day.state.tasks).filter((task) => task.kind === 'care').length).toBeGreaterThan(0);
  });
});
