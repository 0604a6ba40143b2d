import { preview } from '../../../src/lobby/plan.js';
import type { Episode } from '../../../src/lobby/state.js';
import { actorOf, kiosk, LobbyDay, manager, setupWith, tellerAt } from '../../support/lobby.js';

const morning = (...counters: string[]): LobbyDay => new LobbyDay().open().signOn(...counters);
const kinds = (day: LobbyDay): string[] => Object.values(day.state.tasks).map((task) => task.kind);

describe('A love window keeps its customer', () => {
  it('[E-4] and tells whoever takes the counter over, who has acknowledged nothing', () => {
    const day = morning('w1', 'w2');
    day.issue();
    day.serveNext('w1');
    day.issue();
    day.serveNext('w2');
    const elder = day.issue();
    const episode = day.flag(elder).confirm(elder);
    const counterId = episode.counterId ?? '';
    day.do({ type: 'AcknowledgeAlert', episodeId: episode.id }, tellerAt(counterId));
    day.minutes(1);
    day.do({ type: 'SignOn', counterId, takeOver: true }, tellerAt('w9'));
    expect(day.episode(elder.id)).toMatchObject({ counterId, alertAt: day.now });
    expect(day.episode(elder.id).acknowledgedBy).toBeUndefined();
    day.seconds(31);
    expect(day.episode(elder.id).unanswered).toEqual([counterId]);
  });

  it('[E-5] by a swap also where no counter does all of its services', () => {
    const day = new LobbyDay().open(setupWith({}, ['w1', 'w2', 'w6'])).signOn('w1', 'w2', 'w6');
    for (const counterId of ['w1', 'w2']) {
      day.issue('cashComplex');
      day.serveNext(counterId);
    }
    const { visitId } = day.do({ type: 'IssueTicket', serviceIds: ['cash', 'corporate'] }) as {
      visitId: string;
    };
    const episode = day.flag({ id: visitId }).confirm({ id: visitId });
    const first = episode.counterId ?? '';
    const other = first === 'w1' ? 'w2' : 'w1';
    day.do({ type: 'AcknowledgeAlert', episodeId: episode.id }, tellerAt(first));
    const there = { id: day.counter(first).visitId ?? '' };
    day.do({ type: 'MarkLongService', ...day.on(there), minutes: 30 }, tellerAt(first));
    day.do({ type: 'MarkOnTheWay', episodeId: episode.id });
    day.minutes(1.2);
    day.finish(other);
    expect(day.episode(visitId).counterId).toBe(other);
  });

  it('[E-10] through a long first service, without an *arrived* tap', () => {
    const day = morning('w1', 'w2', 'w4');
    const { visitId } = day.do({ type: 'IssueTicket', serviceIds: ['cash', 'personal'] }) as {
      visitId: string;
    };
    day.flag({ id: visitId }, ['lowCounter']);
    const episode = day.confirm({ id: visitId });
    day.do({ type: 'MarkOnTheWay', episodeId: episode.id });
    day.serveNext('w4');
    day.minutes(6);
    day.finish('w4');
    day.minutes(4);
    expect(day.visit(visitId).stage).toMatchObject({ status: 'reserved', counterId: 'w4' });
  });

  it('[E-6] when the counter drains for longer than the walk took', () => {
    const day = morning('w1', 'w2', 'w4');
    day.issue();
    day.serveNext('w4');
    const elder = day.issue();
    day.flag(elder, ['lowCounter']);
    const episode = day.confirm(elder);
    day.do({ type: 'AcknowledgeAlert', episodeId: episode.id }, tellerAt('w4'));
    day.do({ type: 'MarkOnTheWay', episodeId: episode.id });
    day.minutes(6);
    day.finish('w4');
    day.minutes(2);
    expect(day.callNext('w4')).toBe(elder.id);
  });

  it('[V-16, E-6] while an undone finish is being served on', () => {
    const day = morning('w1', 'w2', 'w4');
    const normal = day.issue();
    day.serveNext('w4');
    const elder = day.issue();
    day.flag(elder, ['lowCounter']);
    const episode = day.confirm(elder);
    day.do({ type: 'AcknowledgeAlert', episodeId: episode.id }, tellerAt('w4'));
    day.do({ type: 'FinishService', ...day.on(normal) }, tellerAt('w4'), 'finish');
    day.do({ type: 'Undo', commandId: 'finish' }, tellerAt('w4'));
    day.minutes(5);
    expect(day.visit(elder.id).stage.status).toBe('reserved');
  });

  it('[E-4, E-7] when only a counter that did not answer is left', () => {
    const day = morning('w1', 'w4', 'w7');
    const elder = day.issue();
    day.flag(elder, ['lowCounter']);
    const first = day.confirm(elder).counterId ?? '';
    day.seconds(31);
    const second = day.episode(elder.id).counterId ?? '';
    expect(second).not.toBe(first);
    day.do({ type: 'SignOff' }, tellerAt(second));
    expect(day.episode(elder.id).counterId).toBe(first);
    day.seconds(31);
    expect(day.episode(elder.id).recurring).toBe(true);
    expect(kinds(day)).toContain('unanswered');
    day.callNext(first);
    expect(kinds(day)).not.toContain('unanswered');
  });
});

describe('The plan', () => {
  it('[E-2] of idle counters takes the standing love window, then the fewest skills, the VIP counter last', () => {
    const setup = setupWith();
    // so that only its being the VIP counter speaks against it
    for (const counter of setup.counters) counter.vip = counter.id === 'w1';
    for (const { id, equipment } of setup.counters)
      if (id === 'w2') equipment.push('foreignExchange', 'corporate', 'signLanguage');
    const day = new LobbyDay().open(setup).signOn('w1', 'w3', 'w2', 'w4');
    const elder = day.issue();
    day.flag(elder);
    const order = Array.from({ length: 4 }, () => {
      const shown = preview(day.state, elder.id, day.now);
      const counterId = (shown.ok && shown.result.counterId) || '';
      day.do({ type: 'CallVisit', ...day.on(day.issue()), reason: 'other' }, tellerAt(counterId));
      return counterId;
    });
    expect(order).toEqual(['w4', 'w3', 'w2', 'w1']);
  });

  it('[E-4] after a lost counter leaves out who did not answer, while another fits', () => {
    const setup = setupWith();
    for (const { id, equipment } of setup.counters) if (id === 'w1') equipment.push('lowCounter');
    const day = new LobbyDay().open(setup).signOn('w1', 'w2', 'w4', 'w7');
    const elder = day.issue();
    day.flag(elder, ['lowCounter']);
    const silent = day.confirm(elder).counterId ?? '';
    day.seconds(31);
    const second = day.episode(elder.id).counterId ?? '';
    day.do({ type: 'SignOff' }, tellerAt(second));
    const third = day.episode(elder.id).counterId;
    expect([silent, second, third].sort()).toEqual(['w1', 'w4', 'w7']);
  });
});

describe('[E-5] The swap', () => {
  /** w4 is held and free in `minutes`, w7 frees at once; the walk is nearly over. */
  function nearlyThere(minutes: number): { day: LobbyDay; episode: Episode } {
    const day = morning('w1', 'w2', 'w3', 'w4', 'w5', 'w7');
    const there = [day.issue(), day.issue()];
    for (const id of ['w4', 'w7']) day.serveNext(id);
    const [here, other] = there.map((visit) => day.on(visit));
    if (here) day.do({ type: 'MarkLongService', ...here, minutes: minutes + 1 }, tellerAt('w4'));
    if (other) day.do({ type: 'MarkLongService', ...other, minutes: 30 }, tellerAt('w7'));
    const elder = day.issue();
    day.flag(elder, ['lowCounter']);
    const episode = day.confirm(elder);
    expect(episode.counterId).toBe('w4');
    day.do({ type: 'AcknowledgeAlert', episodeId: episode.id }, tellerAt('w4'));
    day.do({ type: 'MarkOnTheWay', episodeId: episode.id });
    day.minutes(1.01);
    day.finish('w7');
    return { day, episode };
  }

  it.each([
    ['more than half a minute', 0.6, 'w7'],
    ['less than half a minute', 0.4, 'w4'],
  ])('is made for %s', (_, minutes, counterId) => {
    expect(nearlyThere(minutes).episode.counterId).toBe(counterId);
  });

  it.each([
    ['may be refused for 10 s', 9.9, undefined],
    ['may not be refused after that', 10.1, 'swap-too-late'],
  ])('%s', (_, seconds, refusal) => {
    const { day, episode } = nearlyThere(5);
    day.seconds(seconds);
    expect(day.refusal({ type: 'RefuseSwap', episodeId: episode.id })).toBe(refusal);
  });
});

describe('Others are not left without', () => {
  it('[L7] one protected normal between two holds is enough, however many wait', () => {
    const day = new LobbyDay().open(setupWith({ minutesToProtect: 1 })).signOn('w1', 'w2', 'w4');
    for (const id of ['w1', 'w2', 'w4']) {
      day.issue();
      day.serveNext(id);
    }
    const [first, second] = [day.issue(), day.issue()];
    const [a, b] = [day.issue(), day.issue()];
    day.flag(a, ['lowCounter']).flag(b, ['lowCounter']);
    day.confirm(a);
    day.confirm(b);
    day.minutes(2);
    day.finish('w4');
    day.serveNext('w4');
    day.finish('w4');
    expect(day.episode(b.id)).not.toHaveProperty('counterId');
    expect(day.callNext('w4')).toBe(first.id);
    expect(day.visit(second.id).stage.status).toBe('waiting');
    expect(day.episode(b.id).counterId).toBe('w4');
  });

  it('[L7] a held counter that pauses does not move its hold onto the last counter for normals', () => {
    const day = morning('w1', 'w2');
    const elder = day.issue();
    day.flag(elder);
    const held = day.confirm(elder).counterId ?? '';
    expect(day.do({ type: 'PauseCounter', reason: 'break' }, tellerAt(held))).toEqual({ afterRelease: true });
    expect(day.episode(elder.id).counterId).toBe(held);
  });
});

describe('Who may', () => {
  it('[E-12] tellers confirm, amend or end a flag elsewhere only while no manager is on duty', () => {
    const day = morning('w1', 'w2', 'w4');
    day.do({ type: 'StartDuty' }, actorOf('lobbyManager', 'm1'));
    const elder = day.issue();
    day.flag(elder, ['lowCounter']);
    const there = tellerAt('w1');
    expect(day.refusal({ type: 'ConfirmLoveWindow', ...day.on(elder) }, there)).toBe('forbidden');
    expect(day.refusal({ type: 'AmendNeeds', ...day.on(elder), needs: [], consent: true }, there)).toBe(
      'forbidden',
    );
    expect(day.refusal({ type: 'DeclinePriority', ...day.on(elder) }, there)).toBe('forbidden');
    day.confirm(elder);
    day.do({ type: 'DeclinePriority', ...day.on(elder) }, tellerAt('w4'));
  });

  it('[E-11] a parked visit tells its needs to no teller', () => {
    const day = morning('w1', 'w4');
    const elder = day.issue();
    day.flag(elder, ['lowCounter']);
    day.serveNext('w4');
    day.do({ type: 'ParkVisit', ...day.on(elder) }, tellerAt('w4'));
    expect(day.refusal({ type: 'RevealNeeds', ...day.on(elder) }, tellerAt('w4'))).toBe('needs-not-yours');
  });

  it('[S-1] names that every object answers to name nothing', () => {
    const day = morning('w1');
    for (const word of ['__proto__', 'constructor', 'toString']) {
      expect(day.refusal({ type: 'SignOn', counterId: word }, tellerAt('w2'))).toBe('unknown-counter');
      expect(day.refusal({ type: 'AcknowledgeTasks', taskIds: [word] })).toBe('unknown-task');
      expect(day.refusal({ type: 'MarkOnTheWay', episodeId: word })).toBe('unknown-episode');
      expect(day.refusal({ type: 'LeaveVisit', visitId: word, version: 1 })).toBe('unknown-visit');
      expect(day.refusal({ type: 'CheckIn', code: word })).toBe('unknown-appointment');
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe('Small things', () => {
  it('[V-8] a booked customer who cancelled may check in again', () => {
    const day = morning('w1');
    day.do({ type: 'BookAppointment', code: 'K7', at: day.now, serviceIds: ['cash'] });
    const { visitId } = day.do({ type: 'CheckIn', code: 'K7' }) as { visitId: string };
    expect(day.refusal({ type: 'CheckIn', code: 'K7' })).toBe('already-checked-in');
    day.do({ type: 'CancelVisit', ...day.on({ id: visitId }) });
    day.do({ type: 'CheckIn', code: 'K7' });
  });

  it('[K-1] a pause that ended with the sign-off leaves no task behind', () => {
    const day = morning('w1', 'w2');
    day.do({ type: 'PauseCounter', reason: 'break' }, tellerAt('w1'));
    day.minutes(16);
    expect(kinds(day)).toContain('longPause');
    day.do({ type: 'SignOff' }, tellerAt('w1'));
    expect(kinds(day)).not.toContain('longPause');
  });

  it('[K-2] taps on "I need help" at one kiosk are one task until somebody answers', () => {
    const day = morning('w1');
    for (let taps = 0; taps < 3; taps += 1) day.do({ type: 'RequestHelp', place: 'kiosk' });
    expect(kinds(day)).toEqual(['help']);
    day.do({ type: 'AcknowledgeTasks', taskIds: Object.keys(day.state.tasks) }, manager);
    day.do({ type: 'RequestHelp', place: 'kiosk' });
    expect(kinds(day)).toEqual(['help', 'help']);
  });

  it('[K-2] help asked at two windows, or at two kiosks, is two tasks that say where', () => {
    const day = morning('w1', 'w2');
    for (const counterId of ['w1', 'w2', 'w1'])
      day.do({ type: 'RequestHelp', place: 'teller' }, tellerAt(counterId));
    for (const each of [kiosk, actorOf('kiosk', 'kiosk-2'), kiosk])
      day.do({ type: 'RequestHelp', place: 'kiosk' }, each);
    expect(Object.values(day.state.tasks).map(({ counterId, screen }) => counterId ?? screen?.name)).toEqual([
      'w1',
      'w2',
      'kiosk',
      'kiosk-2',
    ]);
  });
});
