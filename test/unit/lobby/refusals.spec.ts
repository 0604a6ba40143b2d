import { LobbyDay, kiosk, setupWith, tellerAt } from '../../support/lobby.js';

const morning = (...counters: string[]): LobbyDay => new LobbyDay().open().signOn(...counters);

describe('Tickets and visits', () => {
  it('[V-3] a service gives no ticket from its closing hour on', () => {
    const setup = setupWith();
    for (const service of setup.services) if (service.id === 'cash') service.hours.to = 10 * 60;
    const day = new LobbyDay().open(setup);
    day.minutes(59);
    day.issue('cash');
    day.minutes(1);
    expect(day.refusal({ type: 'IssueTicket', serviceIds: ['cash'] }, kiosk)).toBe('service-closed');
    day.issue('personal');
  });

  it('[V-8] nobody is called early where the branch does not want it', () => {
    const day = new LobbyDay().open(setupWith({ earlyAppointments: false })).signOn('w1');
    day.do({ type: 'BookAppointment', code: 'K7', at: day.now + 10 * 60_000, serviceIds: ['cash'] });
    day.do({ type: 'CheckIn', code: 'K7' }, kiosk);
    expect(day.refusal({ type: 'CallNext' }, tellerAt('w1'))).toBe('nobody-to-call');
    day.minutes(10);
    day.callNext('w1');
  });

  it('[V-13] the first who was asked stays the owner, whoever serves next', () => {
    const day = morning('w1', 'w2');
    const visit = day.issue();
    day.serveNext('w1');
    day.do(
      { type: 'TransferVisit', ...day.on(visit), serviceId: 'personal', placement: 'place' },
      tellerAt('w1'),
    );
    day.serveNext('w2');
    expect(day.visit(visit.id).owner).toBe('t1');
  });

  it('[V-14] a resumed visit waits while somebody else is at its counter', () => {
    const day = morning('w1');
    const [parked, other] = [day.issue(), day.issue()];
    day.serveNext('w1');
    day.do({ type: 'ParkVisit', ...day.on(parked) }, tellerAt('w1'));
    day.serveNext('w1');
    expect(day.do({ type: 'ResumeParked', ...day.on(parked) }, tellerAt('w1'))).toEqual({ called: false });
    expect(day.counter('w1').visitId).toBe(other.id);
  });

  it.each(['LeaveVisit', 'CancelVisit'] as const)('[V-15] not in service: %s is refused', (type) => {
    const day = morning('w1');
    const visit = day.issue();
    day.serveNext('w1');
    expect(day.refusal({ type, ...day.on(visit) })).toBe('already-serving');
  });
});

describe('Love windows', () => {
  it('[E-2] a counter that can do all services comes before one that is free sooner', () => {
    const day = morning('w1', 'w2', 'w6');
    day.issue();
    day.issue();
    for (const id of ['w1', 'w2']) day.serveNext(id);
    const { visitId: id } = day.do({ type: 'IssueTicket', serviceIds: ['personal', 'cash'] }, kiosk) as {
      visitId: string;
    };
    day.flag({ id });
    expect(['w1', 'w2']).toContain(day.confirm({ id }).counterId);
  });

  it('[E-3] needs are neither written down nor amended without consent', () => {
    const day = morning('w1');
    const flagNew = { type: 'FlagNewVisit', serviceIds: ['cash'], needs: ['seat'], consent: false } as const;
    expect(day.refusal({ ...flagNew, needs: [...flagNew.needs], serviceIds: ['cash'] })).toBe(
      'consent-needed',
    );
    const elder = day.issue();
    day.flag(elder);
    expect(day.refusal({ type: 'AmendNeeds', ...day.on(elder), needs: ['seat'], consent: false })).toBe(
      'consent-needed',
    );
  });

  it("[E-4] an alert is answered by the counter's own teller, by a manager only once it recurs", () => {
    const day = morning('w1', 'w2', 'w4');
    const elder = day.issue();
    day.flag(elder, ['lowCounter']);
    const acknowledge = { type: 'AcknowledgeAlert', episodeId: day.confirm(elder).id } as const;
    expect(day.refusal(acknowledge, tellerAt('w1'))).toBe('forbidden');
    expect(day.refusal(acknowledge)).toBe('forbidden');
    day.seconds(31);
    expect(day.refusal(acknowledge, tellerAt('w1'))).toBe('forbidden');
    day.do(acknowledge);
  });

  it('[E-6] one call is enough to mark a fetched customer as not found', () => {
    const day = morning('w1', 'w2', 'w4');
    const elder = day.issue();
    day.flag(elder, ['lowCounter']).confirm(elder);
    day.callNext('w4');
    day.do({ type: 'MarkNoShow', ...day.on(elder) }, tellerAt('w4'));
    expect(day.episode(elder.id).ended?.how).toBe('notFound');
    expect(day.visit(elder.id).stage.status).toBe('waiting');
  });

  it('[E-10] the counter is given back when it cannot do the next service', () => {
    const day = morning('w1', 'w2', 'w4', 'w6');
    const { visitId: id } = day.do({ type: 'IssueTicket', serviceIds: ['cash', 'corporate'] }, kiosk) as {
      visitId: string;
    };
    day.flag({ id }).confirm({ id });
    const held = day.episode(id).counterId ?? '';
    day.serveNext(held);
    day.finish(held);
    expect(day.counter(held).hold).toBeUndefined();
    expect(day.visit(id)).toMatchObject({ services: ['corporate'], stage: { status: 'waiting' } });
  });
});

describe('Counters and tasks', () => {
  it('[C-3] the last counter stays while somebody is in the lobby, though tickets have ended', () => {
    const day = morning('w1');
    day.issue();
    day.minutes(9 * 60);
    expect(day.refusal({ type: 'CloseCounter' }, tellerAt('w1'))).toBe('last-counter');
  });

  it('[K-1] a task that describes a condition is not ticked off while the condition lasts', () => {
    const day = morning('w1');
    day.issue('corporate');
    const [task] = Object.values(day.state.tasks);
    day.do({ type: 'CompleteTask', taskId: task?.id ?? '' });
    expect(day.types()).toEqual(['TaskAcknowledged']);
    expect(Object.values(day.state.tasks)).toMatchObject([{ kind: 'noCounter', acknowledgedBy: 'manager' }]);
  });
});
