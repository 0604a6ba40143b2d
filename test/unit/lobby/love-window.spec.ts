import { preview } from '../../../src/lobby/plan.js';
import { lognormalP90 } from '../../../src/lobby/remaining.js';
import { LobbyDay, manager, setupWith, tellerAt, actorOf } from '../../support/lobby.js';

const morning = (...counters: string[]): LobbyDay => new LobbyDay().open().signOn(...counters);

describe('A love-window episode', () => {
  it('[E-1] flag, preview, hold, acknowledge, escort, serve, release — and normal calls resume by themselves', () => {
    const day = morning('w1', 'w2', 'w4');
    const [busy1, busy2, busy4] = [day.issue(), day.issue(), day.issue()];
    for (const id of ['w1', 'w2', 'w4']) day.serveNext(id);
    const waiting = [day.issue(), day.issue()];
    day.minutes(2);
    const elder = day.issue();
    day.flag(elder, ['lowCounter', 'seat']);
    const shown = preview(day.state, elder.id, day.now);
    expect(shown).toMatchObject({ ok: true, result: { counterId: 'w4' } });
    const episode = day.confirm(elder);
    expect(episode.counterId).toBe('w4');
    expect(day.visit(elder.id).stage.status).toBe('reserved');
    // the present service is finished, never interrupted [L4]
    expect(day.visit(busy4.id).stage.status).toBe('serving');
    day.do({ type: 'AcknowledgeAlert', episodeId: episode.id }, tellerAt('w4'));
    day.do({ type: 'MarkOnTheWay', episodeId: episode.id });
    day.finish('w4');
    day.do({ type: 'MarkArrived', episodeId: episode.id });
    // [L5] he is next there, before the two who were first
    expect(day.callNext('w4')).toBe(elder.id);
    expect(day.visit(elder.id).stage).toMatchObject({ status: 'called', quiet: true });
    day.start('w4');
    day.finish('w4');
    expect(day.episode(elder.id).ended?.how).toBe('served');
    expect(day.counter('w4').hold).toBeUndefined();
    expect(day.callNext('w4')).toBe(waiting[0]?.id);
    expect([busy1.id, busy2.id].map((id) => day.visit(id).stage.status)).toEqual(['serving', 'serving']);
  });

  it('[W-91] a plan tells no minutes of a window whose service lasts longer than usual', () => {
    const day = morning('w1', 'w4');
    const busy = [day.issue(), day.issue()];
    for (const id of ['w1', 'w4']) day.serveNext(id);
    const elder = day.issue();
    day.flag(elder, ['lowCounter']);
    const { mean = 0, cv = 0 } = setupWith().services.find(({ id }) => id === 'cash')?.time ?? {};
    const told = () => {
      const answer = preview(day.state, elder.id, day.now);
      if (!answer.ok) throw new Error(answer.code);
      const { counterId, minutes, lasting } = answer.result;
      return { counterId, minutes, lasting };
    };
    expect(told()).toEqual({ counterId: 'w4', minutes: Math.round(mean * 10) / 10, lasting: undefined });
    day.minutes(lognormalP90(mean, cv) + 0.1);
    expect(told()).toEqual({ counterId: 'w4', minutes: undefined, lasting: true });
    // What the teller says goes before what is usual.
    const at4 = busy.find(({ id }) => day.counter('w4').visitId === id)!;
    day.do({ type: 'MarkLongService', ...day.on(at4), minutes: 6 }, tellerAt('w4'));
    expect(told()).toEqual({ counterId: 'w4', minutes: 6, lasting: undefined });
    day.minutes(6);
    expect(day.do({ type: 'ConfirmLoveWindow', ...day.on(elder), counterId: 'w4' })).toMatchObject({
      plan: { counterId: 'w4', lasting: true },
    });
  });

  it('[L4] a held, free counter calls nobody but the reserved visit', () => {
    const day = morning('w1', 'w2', 'w4');
    const elder = day.issue();
    day.flag(elder, ['lowCounter']).confirm(elder);
    const normal = day.issue();
    expect(day.refusal({ type: 'CallVisit', ...day.on(normal), reason: 'other' }, tellerAt('w4'))).toBe(
      'counter-held',
    );
    expect(day.callNext('w4')).toBe(elder.id);
  });

  it('[E-2] a confirmation that names an outdated counter takes the better plan and says so', () => {
    const day = morning('w1', 'w2', 'w4');
    const elder = day.issue();
    day.flag(elder);
    expect(preview(day.state, elder.id, day.now)).toMatchObject({ result: { counterId: 'w4' } });
    const other = day.issue();
    day.do({ type: 'CallVisit', ...day.on(other), reason: 'other' }, tellerAt('w4'));
    expect(day.do({ type: 'ConfirmLoveWindow', ...day.on(elder), counterId: 'w4' })).toMatchObject({
      changed: true,
      plan: { counterId: 'w1' },
    });
  });

  it('[P-33] for long business it spares the only window with what few have, where another is free within the walk', () => {
    const counterFor = (
      day: LobbyDay,
      serviceId: string,
      needs: Parameters<LobbyDay['flag']>[1] = ['seat'],
    ) => {
      const elder = day.issue(serviceId);
      day.flag(elder, needs);
      return day.confirm(elder).counterId;
    };
    expect(counterFor(morning('w1', 'w4'), 'personal')).toBe('w4');
    expect(counterFor(morning('w1', 'w4'), 'personalComplex')).toBe('w1');
    expect(counterFor(morning('w1', 'w4'), 'personalComplex', ['lowCounter'])).toBe('w4');
    // Another low counter and interpreter: neither is the only one.
    const shared = setupWith();
    shared.counters[0]!.equipment = [...shared.counters[3]!.equipment];
    expect(counterFor(new LobbyDay().open(shared).signOn('w1', 'w4'), 'personalComplex')).toBe('w4');
    const strict = new LobbyDay().open(setupWith({ mode: 'strictFifo' })).signOn('w1', 'w4');
    expect(counterFor(strict, 'personalComplex')).toBe('w4');
    const busy = morning('w1', 'w4');
    busy.issue('personalComplex');
    busy.serveNext('w1');
    expect(counterFor(busy, 'personalComplex')).toBe('w4');
  });

  it('[P-33, E-5] is swapped to that window only if it frees sooner by the walk and more, and never leaves a ready one', () => {
    /** Where the episode is once a teller has said, at the end of the walk, that a service there takes so long. */
    const after = (serving: Record<string, number>, counterId: string, minutes: number) => {
      const day = morning('w1', 'w2', 'w4');
      const say = (at: string, long: number): void => {
        const { visitId = '' } = day.counter(at);
        const on = { visitId, version: day.visit(visitId).version };
        day.do({ type: 'MarkLongService', ...on, minutes: long }, tellerAt(at));
      };
      for (const [at, long] of Object.entries(serving)) {
        const visit = day.issue('personal');
        day.do({ type: 'CallVisit', ...day.on(visit), reason: 'other' }, tellerAt(at));
        day.start(at);
        say(at, long);
      }
      const elder = day.issue('personalComplex');
      day.flag(elder, ['seat']);
      const { id: episodeId, counterId: from = '' } = day.confirm(elder);
      day.do({ type: 'AcknowledgeAlert', episodeId }, tellerAt(from));
      day.do({ type: 'MarkOnTheWay', episodeId });
      day.minutes(1.2);
      say(counterId, minutes);
      return { from, to: day.episode(elder.id).counterId };
    };
    const served = { w1: 7, w2: 30, w4: 30 };
    expect(after(served, 'w4', 5)).toEqual({ from: 'w1', to: 'w1' });
    expect(after(served, 'w4', 3)).toEqual({ from: 'w1', to: 'w4' });
    expect(after(served, 'w2', 5)).toEqual({ from: 'w1', to: 'w2' });
    expect(after({ w1: 30, w2: 30 }, 'w1', 1)).toEqual({ from: 'w4', to: 'w4' });
  });

  it('[E-3] needs consent, refuses a second flag with its episode, and a decline erases the needs', () => {
    const day = morning('w1', 'w2', 'w4');
    const elder = day.issue();
    expect(day.refusal({ type: 'FlagPriority', ...day.on(elder), needs: [], consent: false })).toBe(
      'consent-needed',
    );
    day.flag(elder, ['seat']);
    const episode = day.confirm(elder);
    expect(day.try({ type: 'FlagPriority', ...day.on(elder), needs: [], consent: true })).toMatchObject({
      code: 'already-flagged',
      params: { episodeId: episode.id },
    });
    day.do({ type: 'DeclinePriority', ...day.on(elder) });
    expect(day.visit(elder.id)).toMatchObject({ stage: { status: 'waiting' } });
    expect(day.visit(elder.id).flag).toBeUndefined();
    expect(day.episode(elder.id).ended?.how).toBe('declined');
    expect(day.counter('w4').hold).toBeUndefined();
  });

  it("[E-3, L14] declined after a quiet call, the next call is heard like anybody else's, as the first", () => {
    const day = new LobbyDay().open().signOn('w1', 'w2');
    const visit = day.issue();
    day.flag(visit);
    day.callNext('w1');
    day.do({ type: 'DeclinePriority', ...day.on(visit) });
    expect(day.state.calls).toEqual([]);
    day.seconds(21);
    day.do({ type: 'Recall', ...day.on(visit) }, tellerAt('w1'));
    expect(day.state.calls).toMatchObject([{ visitId: visit.id, counterId: 'w1', at: day.now, round: 1 }]);
    day.seconds(21);
    day.do({ type: 'Recall', ...day.on(visit) }, tellerAt('w1'));
    expect(day.state.calls.map(({ round }) => round)).toEqual([2]);
  });

  it('[E-4] an unanswered alert is planned again without that counter; with none left it recurs and a manager may acknowledge', () => {
    const day = morning('w1', 'w4', 'w7');
    const elder = day.issue();
    day.flag(elder, ['lowCounter']);
    const first = day.confirm(elder).counterId;
    day.seconds(31);
    const second = day.episode(elder.id).counterId;
    expect([first, second].sort()).toEqual(['w4', 'w7']);
    expect(day.counter(first ?? '').hold).toBeUndefined();
    day.seconds(31);
    expect(day.episode(elder.id)).toMatchObject({ counterId: second, recurring: true });
    expect(Object.values(day.state.tasks).filter((task) => task.kind === 'unanswered')).toHaveLength(1);
    day.do({ type: 'AcknowledgeAlert', episodeId: day.episode(elder.id).id }, manager);
    expect(day.episode(elder.id).acknowledgedBy).toBe('manager');
    expect(Object.values(day.state.tasks).filter((task) => task.kind === 'unanswered')).toHaveLength(0);
  });

  it('[E-5] swaps to a counter that frees sooner once the walk is nearly over; 10 s to refuse', () => {
    const day = morning('w1', 'w4', 'w7', 'w2', 'w3', 'w5');
    const held = day.issue();
    const blocked = day.issue();
    for (const id of ['w4', 'w7']) day.serveNext(id);
    const elder = day.issue();
    day.flag(elder, ['lowCounter']);
    const episode = day.confirm(elder);
    const from = episode.counterId ?? '';
    const to = from === 'w4' ? 'w7' : 'w4';
    day.do({ type: 'AcknowledgeAlert', episodeId: episode.id }, tellerAt(from));
    day.do({ type: 'MarkOnTheWay', episodeId: episode.id });
    day.finish(to);
    expect(day.episode(elder.id).counterId).toBe(from);
    day.minutes(1.01);
    expect(day.episode(elder.id)).toMatchObject({ counterId: to, swap: { from, to } });
    expect(day.counter(from).hold).toBeUndefined();
    day.do({ type: 'RefuseSwap', episodeId: episode.id });
    expect(day.episode(elder.id).counterId).toBe(from);
    expect([held, blocked].map((visit) => day.visit(visit.id).stage.status)).toContain('serving');
    // once per episode
    day.do({ type: 'AcknowledgeAlert', episodeId: episode.id }, tellerAt(from));
    day.minutes(2);
    expect(day.episode(elder.id).counterId).toBe(from);
  });

  it('[E-5] no swap is made after *arrived*', () => {
    const day = morning('w1', 'w4', 'w7', 'w2', 'w3', 'w5');
    day.issue();
    day.issue();
    for (const id of ['w4', 'w7']) day.serveNext(id);
    const elder = day.issue();
    day.flag(elder, ['lowCounter']);
    const episode = day.confirm(elder);
    day.do({ type: 'MarkOnTheWay', episodeId: episode.id });
    day.do({ type: 'MarkArrived', episodeId: episode.id });
    day.finish(episode.counterId === 'w4' ? 'w7' : 'w4');
    day.seconds(20);
    expect(day.episode(elder.id).swap).toBeUndefined();
  });

  it('[E-6] not found: 3 min with nobody on the way; the visit keeps its place and no hold returns until "here again"', () => {
    const day = morning('w1', 'w2', 'w4');
    const elder = day.issue();
    day.flag(elder, ['lowCounter']);
    const episode = day.confirm(elder);
    day.do({ type: 'AcknowledgeAlert', episodeId: episode.id }, tellerAt('w4'));
    day.minutes(2.9);
    expect(day.episode(elder.id).ended).toBeUndefined();
    day.minutes(0.2);
    expect(day.episode(elder.id).ended?.how).toBe('notFound');
    expect(day.visit(elder.id)).toMatchObject({ stage: { status: 'waiting' }, place: elder.place });
    expect(day.refusal({ type: 'ConfirmLoveWindow', ...day.on(elder) })).toBe('customer-not-found');
    day.do({ type: 'MarkHereAgain', ...day.on(elder) });
    expect(day.confirm(elder).counterId).toBe('w4');
  });

  it('[E-6] 5 min after *on the way*, and never after *arrived*', () => {
    const day = morning('w1', 'w2', 'w4');
    const elder = day.issue();
    day.flag(elder);
    const episode = day.confirm(elder);
    day.do({ type: 'AcknowledgeAlert', episodeId: episode.id }, tellerAt(episode.counterId ?? ''));
    day.minutes(2);
    day.do({ type: 'MarkOnTheWay', episodeId: episode.id });
    day.minutes(4.9);
    expect(day.episode(elder.id).ended).toBeUndefined();
    day.do({ type: 'MarkArrived', episodeId: episode.id });
    day.minutes(30);
    expect(day.episode(elder.id).ended).toBeUndefined();
  });

  it('[E-7] a teller who signs off while reserved loses the hold; it is planned again at its place', () => {
    const day = morning('w1', 'w4', 'w7');
    const elder = day.issue();
    day.flag(elder, ['lowCounter']);
    const first = day.confirm(elder).counterId ?? '';
    day.do({ type: 'SignOff' }, tellerAt(first));
    const second = first === 'w4' ? 'w7' : 'w4';
    expect(day.episode(elder.id).counterId).toBe(second);
    expect(day.visit(elder.id).stage).toMatchObject({ status: 'reserved', counterId: second });
  });

  it('[E-7] a fault at the only fitting counter queues the episode, tells managers, and holds again after the repair', () => {
    const day = morning('w1', 'w2', 'w4');
    const elder = day.issue();
    day.flag(elder, ['lowCounter']).confirm(elder);
    day.do({ type: 'ManageCounter', counterId: 'w4', to: 'faulty' });
    expect(day.episode(elder.id)).not.toHaveProperty('counterId');
    expect(Object.values(day.state.tasks).map((task) => task.kind)).toContain('noCounter');
    day.do({ type: 'ManageCounter', counterId: 'w4', to: 'repaired' });
    expect(day.episode(elder.id).counterId).toBe('w4');
    expect(Object.values(day.state.tasks).map((task) => task.kind)).not.toContain('noCounter');
  });

  it('[E-8] pausing a held counter moves the reservation where another fits, else waits for the release', () => {
    const moved = morning('w1', 'w2', 'w4');
    const anyone = moved.issue();
    moved.flag(anyone).confirm(anyone);
    expect(moved.do({ type: 'PauseCounter', reason: 'break' }, tellerAt('w4'))).toEqual({
      afterRelease: false,
    });
    expect(moved.counter('w4').pause).toBeDefined();
    expect(moved.episode(anyone.id).counterId).toBe('w1');

    const waits = morning('w1', 'w2', 'w4');
    const elder = waits.issue();
    waits.flag(elder, ['lowCounter']).confirm(elder);
    expect(waits.do({ type: 'PauseCounter', reason: 'break' }, tellerAt('w4'))).toEqual({
      afterRelease: true,
    });
    waits.serveNext('w4');
    waits.finish('w4');
    expect(waits.counter('w4').pause?.reason).toBe('break');
  });

  describe('[E-9] two flags at once', () => {
    it('with two suitable counters: both are held', () => {
      const day = morning('w1', 'w2', 'w3', 'w5', 'w4', 'w7');
      const [a, b] = [day.issue(), day.issue()];
      day.flag(a, ['lowCounter']).flag(b, ['lowCounter']);
      expect([day.confirm(a).counterId, day.confirm(b).counterId].sort()).toEqual(['w4', 'w7']);
    });

    it('with one: the first confirmed has it, the other follows by itself', () => {
      const day = morning('w1', 'w2', 'w4');
      const [a, b] = [day.issue(), day.issue()];
      day.flag(a, ['lowCounter']).flag(b, ['lowCounter']);
      day.confirm(b);
      day.confirm(a);
      expect(day.episode(b.id).counterId).toBe('w4');
      expect(day.episode(a.id)).not.toHaveProperty('counterId');
      day.serveNext('w4');
      day.finish('w4');
      expect(day.episode(a.id).counterId).toBe('w4');
    });

    it('with none: both wait, managers are told at once, and the earlier flag gets the counter that opens', () => {
      const day = morning('w1', 'w2');
      const [a, b] = [day.issue(), day.issue()];
      day.flag(a, ['lowCounter']).flag(b, ['lowCounter']);
      expect(preview(day.state, a.id, day.now)).toMatchObject({ result: { obstacle: 'noneFits' } });
      day.confirm(b);
      day.confirm(a);
      expect(Object.values(day.state.tasks).filter((task) => task.kind === 'noCounter')).toHaveLength(2);
      day.signOn('w4');
      expect(day.episode(a.id).counterId).toBe('w4');
      expect(day.episode(b.id)).not.toHaveProperty('counterId');
    });
  });

  it('[L7] the bounds: with three open counters only one is held', () => {
    const day = morning('w1', 'w2', 'w3');
    const [a, b] = [day.issue(), day.issue()];
    day.flag(a).flag(b);
    day.confirm(a);
    expect(preview(day.state, b.id, day.now)).toMatchObject({ result: { obstacle: 'bounds' } });
    day.confirm(b);
    expect(Object.values(day.state.counters).filter((counter) => counter.hold)).toHaveLength(1);
  });

  it('[L7] between two holds of one counter a protected normal is called there', () => {
    const day = new LobbyDay().open(setupWith({ minutesToProtect: 1 })).signOn('w1', 'w2', 'w4');
    for (const id of ['w1', 'w2', 'w4']) {
      day.issue();
      day.serveNext(id);
    }
    const normal = day.issue();
    const [a, b] = [day.issue(), day.issue()];
    day.flag(a, ['lowCounter']).flag(b, ['lowCounter']);
    day.confirm(a);
    day.confirm(b);
    day.minutes(2);
    day.do({ type: 'MarkOnTheWay', episodeId: day.episode(a.id).id });
    day.finish('w4');
    day.serveNext('w4');
    day.finish('w4');
    expect(day.episode(b.id)).not.toHaveProperty('counterId');
    expect(day.callNext('w4')).toBe(normal.id);
    expect(day.episode(b.id).counterId).toBe('w4');
  });

  it('[E-10] a visit with several services stays at its love window while that counter can do them', () => {
    const day = morning('w1', 'w2', 'w4');
    const { visitId } = day.do({ type: 'IssueTicket', serviceIds: ['cash', 'personal'] }) as {
      visitId: string;
    };
    day.flag({ id: visitId }).confirm({ id: visitId });
    day.serveNext('w4');
    day.finish('w4');
    expect(day.visit(visitId)).toMatchObject({
      services: ['personal'],
      stage: { status: 'reserved', counterId: 'w4' },
    });
    day.serveNext('w4');
    day.finish('w4');
    expect(day.episode(visitId).ended?.how).toBe('served');
  });

  it('[E-11] needs are revealed to managers and to the teller who has the visit, audited once per session', () => {
    const day = morning('w1', 'w2', 'w4');
    const elder = day.issue();
    day.flag(elder, ['lowCounter']).confirm(elder);
    expect(day.refusal({ type: 'RevealNeeds', ...day.on(elder) }, tellerAt('w1'))).toBe('needs-not-yours');
    expect(day.do({ type: 'RevealNeeds', ...day.on(elder) }, tellerAt('w4'))).toEqual({
      needs: ['lowCounter'],
    });
    expect(day.types()).toEqual(['NeedsRevealed']);
    day.do({ type: 'RevealNeeds', ...day.on(elder) }, tellerAt('w4'));
    expect(day.types()).toEqual([]);
  });

  it('[E-12] a teller flags only while no manager is on duty', () => {
    const day = morning('w1', 'w2', 'w4');
    const lobbyManager = actorOf('lobbyManager', 'm1');
    day.do({ type: 'StartDuty' }, lobbyManager);
    const elder = day.issue();
    const flag = { type: 'FlagPriority' as const, needs: [], consent: true };
    expect(day.refusal({ ...flag, ...day.on(elder) }, tellerAt('w1'))).toBe('forbidden');
    day.do({ type: 'EndDuty' }, lobbyManager);
    day.do({ ...flag, ...day.on(elder) }, tellerAt('w1'));
  });

  it('[W-39] a teller brings the customer only while no manager is on duty, and may then refuse a swap', () => {
    const day = morning('w1', 'w4', 'w7');
    const lobbyManager = actorOf('lobbyManager', 'm1');
    for (const id of ['w4', 'w7']) {
      day.issue();
      day.serveNext(id);
    }
    const elder = day.issue();
    const { id: episodeId, counterId: first = '' } = day.flag(elder, ['lowCounter']).confirm(elder);
    const other = first === 'w4' ? 'w7' : 'w4';
    day.do({ type: 'StartDuty' }, lobbyManager);
    for (const type of ['MarkOnTheWay', 'MarkArrived', 'RefuseSwap'] as const)
      expect(day.refusal({ type, episodeId }, tellerAt('w1'))).toBe('forbidden');
    day.do({ type: 'EndDuty' }, lobbyManager);
    day.do({ type: 'AcknowledgeAlert', episodeId }, tellerAt(first));
    day.do({ type: 'MarkOnTheWay', episodeId }, tellerAt('w1'));
    day.minutes(1.2);
    day.finish(other);
    expect(day.episode(elder.id)).toMatchObject({ counterId: other, swap: { from: first, to: other } });
    day.do({ type: 'RefuseSwap', episodeId }, tellerAt('w1'));
    expect(day.episode(elder.id).counterId).toBe(first);
    day.do({ type: 'MarkArrived', episodeId }, tellerAt('w1'));
    expect(day.episode(elder.id).arrivedAt).toBeDefined();
  });

  it('[L6] a hold never outlives the day', () => {
    const day = morning('w1', 'w2', 'w4');
    const elder = day.issue();
    day.flag(elder, ['lowCounter']).confirm(elder);
    day.do({ type: 'CloseDay', endRemaining: true });
    expect(day.episode(elder.id).ended?.how).toBe('closed');
    expect(day.visit(elder.id).stage).toMatchObject({ status: 'ended', how: 'closed' });
    expect(Object.values(day.state.counters).every((counter) => !counter.hold && !counter.teller)).toBe(true);
  });
});
