import { actorOf, LobbyDay, manager, tellerAt } from '../../support/lobby.js';

const morning = (...counters: string[]): LobbyDay => new LobbyDay().open().signOn(...counters);
const kinds = (day: LobbyDay): string[] => Object.values(day.state.tasks).map((task) => task.kind);

describe('A love window keeps its customer', () => {
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

describe('Others are not left without', () => {
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
});
