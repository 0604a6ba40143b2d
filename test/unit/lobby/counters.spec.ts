import { LobbyDay, actorOf, kiosk, manager, setupWith, tellerAt } from '../../support/lobby.js';

const morning = (...counters: string[]): LobbyDay => new LobbyDay().open().signOn(...counters);
const kinds = (day: LobbyDay): string[] => Object.values(day.state.tasks).map((task) => task.kind);

describe('Staffing', () => {
  it('[C-1] one teller per counter, one counter per teller; taking over says so and the visit stays', () => {
    const day = morning('w1', 'w2');
    const visit = day.issue();
    day.serveNext('w1');
    expect(day.refusal({ type: 'SignOn', counterId: 'w3' }, tellerAt('w1'))).toBe('already-signed-on');
    expect(day.refusal({ type: 'SignOn', counterId: 'w1' }, tellerAt('w9'))).toBe('counter-taken');
    expect(day.do({ type: 'SignOn', counterId: 'w1', takeOver: true }, tellerAt('w9'))).toEqual({
      tookOver: true,
      visitId: visit.id,
    });
    expect(day.refusal({ type: 'FinishService', ...day.on(visit) }, tellerAt('w1'))).toBe('no-counter');
    day.do({ type: 'FinishService', ...day.on(visit) }, tellerAt('w9'));
  });

  it('[C-1] taking over does not end a pause', () => {
    const day = morning('w1', 'w2');
    day.issue();
    day.do({ type: 'PauseCounter', reason: 'break' }, tellerAt('w1'));
    day.do({ type: 'SignOn', counterId: 'w1', takeOver: true }, tellerAt('w9'));
    expect(day.refusal({ type: 'CallNext' }, tellerAt('w9'))).toBe('counter-paused');
    day.do({ type: 'ResumeCounter' }, tellerAt('w9'));
    day.do({ type: 'CallNext' }, tellerAt('w9'));
  });

  it('[K-3] a manager comes and goes; a branch manager may take another off duty, a lobby manager may not', () => {
    const day = morning('w1');
    const [one, other] = [actorOf('lobbyManager', 'm1'), actorOf('lobbyManager', 'm2')];
    const head = actorOf('branchManager', 'm3');
    day.do({ type: 'StartDuty' }, one);
    expect(day.refusal({ type: 'StartDuty' }, one)).toBe('already-on-duty');
    expect(day.refusal({ type: 'EndDuty', staffId: 'm1' }, other)).toBe('forbidden');
    expect(day.refusal({ type: 'EndDuty', staffId: 'constructor' }, head)).toBe('not-on-duty');
    day.do({ type: 'EndDuty', staffId: 'm1' }, head);
    expect(day.state.managers).toEqual({});
    expect(day.refusal({ type: 'EndDuty' }, one)).toBe('not-on-duty');
  });

  it('[C-2] closes after the present customer and signs the teller off', () => {
    const day = morning('w1', 'w2');
    day.issue();
    day.serveNext('w1');
    expect(day.refusal({ type: 'SignOff' }, tellerAt('w1'))).toBe('counter-busy');
    expect(day.do({ type: 'CloseCounter' }, tellerAt('w1'))).toEqual({ afterCurrent: true });
    expect(day.refusal({ type: 'CallNext' }, tellerAt('w1'))).toBe('counter-busy');
    day.finish('w1');
    expect(day.counter('w1').teller).toBeUndefined();
    expect(day.refusal({ type: 'CallNext' }, tellerAt('w1'))).toBe('no-counter');
  });

  it('[L7] the last counter for normals, or for a waiting service, is not paused without an override', () => {
    const day = morning('w1', 'w6');
    day.issue('corporate');
    expect(day.refusal({ type: 'PauseCounter', reason: 'break' }, tellerAt('w6'))).toBe(
      'last-counter-for-service',
    );
    day.serveNext('w6');
    day.do({ type: 'PauseCounter', reason: 'break' }, tellerAt('w6'));
    expect(day.refusal({ type: 'PauseCounter', reason: 'break' }, tellerAt('w1'))).toBe('last-counter');
    expect(day.refusal({ type: 'SignOff' }, tellerAt('w1'))).toBe('last-counter');
    day.do({ type: 'ManageCounter', counterId: 'w1', to: 'paused', reason: 'device', override: 'safety' });
    expect(day.counter('w1').pause?.reason).toBe('device');
  });

  it('[L7] a pause may not leave only a held counter', () => {
    const day = morning('w1', 'w4');
    const elder = day.issue();
    day.flag(elder, ['lowCounter']).confirm(elder);
    expect(day.refusal({ type: 'PauseCounter', reason: 'break' }, tellerAt('w1'))).toBe('last-counter');
  });

  it('[C-3] the last counter may leave an empty lobby once tickets have ended', () => {
    const day = morning('w1');
    day.minutes(9 * 60);
    day.do({ type: 'CloseCounter' }, tellerAt('w1'));
    expect(day.counter('w1').teller).toBeUndefined();
  });

  it('[C-4] pauses need a reason, never interrupt a service, and tell the manager after 15 minutes', () => {
    const day = morning('w1', 'w2');
    day.issue();
    day.serveNext('w1');
    day.do({ type: 'PauseCounter', reason: 'counting' }, tellerAt('w1'));
    day.finish('w1');
    expect(day.refusal({ type: 'CallNext' }, tellerAt('w1'))).toBe('counter-paused');
    day.minutes(15.1);
    expect(kinds(day)).toContain('longPause');
    day.do({ type: 'ResumeCounter' }, tellerAt('w1'));
    expect(kinds(day)).not.toContain('longPause');
    expect(day.refusal({ type: 'ResumeCounter' }, tellerAt('w1'))).toBe('counter-not-paused');
  });

  it('[C-5] rebalancing changes what is called next, never the visit that is there', () => {
    const day = morning('w1', 'w2');
    const [cash, personal] = [day.issue('cash'), day.issue('personal')];
    day.do({ type: 'SetCounterServices', counterId: 'w1', serviceIds: ['personal'] });
    expect(day.callNext('w1')).toBe(personal.id);
    day.do({ type: 'SetCounterServices', counterId: 'w1', serviceIds: [] });
    expect(day.counter('w1').visitId).toBe(personal.id);
    day.start('w1');
    day.finish('w1');
    expect(day.refusal({ type: 'CallNext' }, tellerAt('w1'))).toBe('nobody-to-call');
    expect(day.callNext('w2')).toBe(cash.id);
    expect(day.refusal({ type: 'SetCounterServices', counterId: 'w1', serviceIds: ['magic'] })).toBe(
      'unknown-service',
    );
  });

  it('[C-5, L11] taking the last window from a service that is waited for is told to managers at once', () => {
    const day = morning('w1', 'w6');
    day.issue('corporate');
    expect(kinds(day)).toEqual([]);
    day.do({ type: 'SetCounterServices', counterId: 'w6', serviceIds: ['personal'] });
    expect(day.types()).toEqual(['CounterServicesChanged', 'TaskRaised']);
    expect(Object.values(day.state.tasks)).toMatchObject([{ kind: 'noCounter', serviceId: 'corporate' }]);
  });

  it('[L3, C-6] a specialist called for a visit lends a capability for that visit only', () => {
    const day = morning('w1', 'w2');
    const [signer, other] = [day.issue(), day.issue()];
    day.flag(signer, ['signLanguage']).flag(other, ['signLanguage']);
    expect(day.refusal({ type: 'CallVisit', ...day.on(signer), reason: 'other' }, tellerAt('w1'))).toBe(
      'not-capable',
    );
    day.do({ type: 'CallSpecialist', ...day.on(signer), capability: 'signLanguage' });
    expect(day.callNext('w1')).toBe(signer.id);
    expect(day.refusal({ type: 'CallNext' }, tellerAt('w2'))).toBe('nobody-to-call');
  });

  it('[L9] with automatic calls on, a free counter is given the next visit at once', () => {
    const day = new LobbyDay().open(setupWith({ autoCall: true })).signOn('w1');
    const [a, b] = [day.issue(), day.issue()];
    expect(day.counter('w1').visitId).toBe(a.id);
    day.start('w1');
    day.finish('w1');
    expect(day.counter('w1').visitId).toBe(b.id);
  });

  it('[L9, P-4] a free counter kept for scarce needs is given a visit at the instant that protects it', () => {
    const settings = { autoCall: true, minutesToProtect: 17, careReminder: 120 };
    const day = new LobbyDay().open(setupWith(settings, ['w1', 'w4'])).signOn('w1');
    const long = day.issue('personalComplex');
    day.start('w1');
    day.do({ type: 'MarkLongService', ...day.on(long), minutes: 90 }, tellerAt('w1'));
    const elder = day.issue('cash');
    day.flag(elder, ['lowCounter']).signOn('w4');
    day.start('w4');
    const kept = day.issue('personalComplex');
    day.do({ type: 'ParkVisit', ...day.on(elder) }, tellerAt('w4'));
    expect(day.counter('w4').visitId).toBeUndefined();
    day.minutes(17);
    expect(day.visit(kept.id).stage).toMatchObject({
      status: 'called',
      counterId: 'w4',
    });
    expect(day.log.findLast(({ event }) => event.type === 'VisitCalled')?.at).toBeLessThan(
      kept.since + 17 * 60_000 + 10,
    );
  });

  it('[L11] nobody is stranded in silence', () => {
    const day = morning('w1');
    day.issue('corporate');
    expect(kinds(day)).toEqual(['noCounter']);
    day.signOn('w6');
    expect(kinds(day)).toEqual([]);
  });
});

describe('Tasks', () => {
  it('[L15] one care task per visit at its threshold, reminded every 5 minutes until acknowledged, gone at the call', () => {
    const day = morning('w1');
    const [a] = [day.issue(), day.issue()];
    day.minutes(10.1);
    const care = (): string[] =>
      Object.values(day.state.tasks)
        .filter((task) => task.kind === 'care')
        .map((task) => task.id);
    expect(care()).toHaveLength(2);
    day.minutes(5);
    expect(day.log.filter(({ event }) => event.type === 'TaskReminded').length).toBe(2);
    day.do({ type: 'AcknowledgeTasks', taskIds: care() });
    day.minutes(5);
    expect(day.log.filter(({ event }) => event.type === 'TaskReminded').length).toBe(2);
    expect(day.callNext('w1')).toBe(a.id);
    expect(care()).toHaveLength(1);
    expect(day.refusal({ type: 'AcknowledgeTasks', taskIds: ['nothing'] })).toBe('unknown-task');
  });

  it('[K-1] tells of each VIP after 10 minutes, and of waits over the limit once per service while there are any', () => {
    const day = morning('w1', 'w2');
    for (const tier of [3, 0] as const) day.issue('cash', tier);
    day.issue('personal');
    day.minutes(10.1);
    const about = (kind: string) => Object.values(day.state.tasks).filter((task) => task.kind === kind);
    expect(about('vipWait')).toHaveLength(1);
    expect(about('waitLimit')).toEqual([]);
    day.minutes(5);
    const services = () => about('waitLimit').map(({ serviceId }) => serviceId);
    expect(services()).toEqual(['cash', 'personal']);
    expect(day.visit(day.callNext('w1')).tier).toBe(3);
    expect([about('vipWait'), services()]).toEqual([[], ['cash', 'personal']]);
    expect(day.visit(day.callNext('w2')).services).toEqual(['cash']);
    expect(services()).toEqual(['personal']);
  });

  it('[K-2] help is asked for once, states no need and holds nothing', () => {
    const day = morning('w1', 'w2', 'w4');
    const visit = day.issue();
    day.do({ type: 'RequestHelp', place: 'phone', visitId: visit.id }, kiosk);
    day.do({ type: 'RequestHelp', place: 'phone', visitId: visit.id }, kiosk);
    expect(kinds(day)).toEqual(['help']);
    expect(Object.values(day.state.counters).some((counter) => counter.hold)).toBe(false);
    day.do({ type: 'CompleteTask', taskId: Object.keys(day.state.tasks)[0] ?? '' }, manager);
    expect(kinds(day)).toEqual([]);
  });

  it('[R-1] a rating is asked at every finish, taken once, and only while it is asked', () => {
    const day = morning('w1');
    day.issue();
    day.issue();
    day.serveNext('w1');
    day.finish('w1');
    const first = day.counter('w1').rating?.id ?? '';
    day.do({ type: 'RateService', ratingId: first, stars: 5 }, kiosk);
    expect(day.refusal({ type: 'RateService', ratingId: first, stars: 1 }, kiosk)).toBe('no-rating-asked');
    day.serveNext('w1');
    day.finish('w1');
    day.seconds(21);
    expect(
      day.refusal({ type: 'RateService', ratingId: day.counter('w1').rating?.id ?? '', stars: 5 }, kiosk),
    ).toBe('no-rating-asked');
  });

  it('[R-1] a pad rates the service at its own counter only', () => {
    const day = morning('w1', 'w2');
    day.issue();
    day.serveNext('w1');
    day.finish('w1');
    const rate = { type: 'RateService', ratingId: day.counter('w1').rating?.id ?? '', stars: 5 } as const;
    const padAt = (counterId: string) => ({ ...actorOf('ratingPad', 'pad'), counterId });
    expect(day.refusal(rate, padAt('w2'))).toBe('no-rating-asked');
    day.do(rate, padAt('w1'));
  });

  it('[R-1, V-16] is not asked for a finish that was taken back', () => {
    const day = morning('w1');
    const visit = day.issue();
    day.serveNext('w1');
    day.do({ type: 'FinishService', ...day.on(visit) }, tellerAt('w1'), 'finish');
    const ratingId = day.counter('w1').rating?.id ?? '';
    day.do({ type: 'Undo', commandId: 'finish' }, tellerAt('w1'));
    expect(day.refusal({ type: 'RateService', ratingId, stars: 5 }, kiosk)).toBe('no-rating-asked');
  });

  it('[R-4] counts by counter how often it was asked and answered; a finish taken back was not asked', () => {
    const day = morning('w1', 'w2');
    day.issue();
    day.issue();
    const last = day.issue();
    day.serveNext('w1');
    day.finish('w1');
    day.do({ type: 'RateService', ratingId: day.counter('w1').rating?.id ?? '', stars: 5 }, kiosk);
    day.serveNext('w1');
    day.finish('w1');
    day.serveNext('w2');
    day.do({ type: 'FinishService', ...day.on(last) }, tellerAt('w2'), 'finish');
    day.do({ type: 'Undo', commandId: 'finish' }, tellerAt('w2'));
    expect(day.counter('w1').ratings).toEqual({ asked: 2, answered: 1 });
    expect(day.counter('w2').ratings).toEqual({ asked: 0, answered: 0 });
    day.do({ type: 'FinishService', ...day.on(last) }, tellerAt('w2'), 'again');
    day.do({ type: 'RateService', ratingId: day.counter('w2').rating?.id ?? '', stars: 1 }, kiosk);
    expect(day.refusal({ type: 'Undo', commandId: 'again' }, tellerAt('w2'))).toBe('nothing-to-undo');
    expect(day.counter('w2').ratings).toEqual({ asked: 1, answered: 1 });
  });
});
