import * as fc from 'fast-check';
import { decide } from '../../../src/lobby/decide.js';
import { emptyState } from '../../../src/lobby/state.js';
import { viewFor } from '../../../src/views/view.js';
import { LobbyDay, DAY, kiosk, manager, MIDNIGHT, setupWith, system, tellerAt } from '../../support/lobby.js';
import { actOf, moves } from './moves.js';
import { branchWithRoom, Seen } from './seen.js';

const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));

function morning(...counters: string[]): Seen {
  return new Seen(new LobbyDay().open(setupWith()).signOn(...counters));
}

describe('The teller', () => {
  it('sees counters to sign on to, then the own one with the line', () => {
    const seen = morning('w1');
    expect(seen.view('teller', 't9')).toMatchObject({
      counters: { w1: { teller: 't1' }, w2: { order: 1 } },
      mayFlag: true,
    });
    expect(seen.view('teller', 't9').counter).toBeUndefined();
    const first = seen.day.issue();
    seen.day.issue();
    const view = seen.view('teller', 't1');
    expect(view).toMatchObject({
      me: { id: 't1', name: 't1' },
      counter: { counterId: 'w1', label: { en: 'Window 1' }, zone: { en: 'Cash' } },
      waiting: { cash: { count: 2, longestSince: first.since }, corporate: { count: 0 } },
    });
    expect(Object.keys(view.counter?.services ?? {})).toEqual([
      'cash',
      'cashComplex',
      'personal',
      'personalComplex',
      'personalApproval',
    ]);
  });

  it('sees from when to recall and to mark a no-show', () => {
    const seen = morning('w1');
    const visit = seen.day.issue();
    seen.day.callNext('w1');
    const current = () => seen.view('teller', 't1').current;
    const called = seen.day.now;
    expect(current()).toMatchObject({ calls: 1, recallFrom: called + 20_000, reason: { rule: 'index' } });
    expect(current()?.noShowFrom).toBeUndefined();
    for (let i = 0; i < 2; i += 1) {
      seen.day.seconds(20);
      seen.day.do({ type: 'Recall', ...seen.day.on(visit) }, tellerAt('w1'));
    }
    expect(current()?.calls).toBe(3);
    expect(current()?.recallFrom).toBeUndefined();
    expect(seen.day.refusal({ type: 'Recall', ...seen.day.on(visit) }, tellerAt('w1'))).toBe('recall-limit');
    expect(current()?.noShowFrom).toBeLessThanOrEqual(seen.day.now);
    seen.day.do({ type: 'MarkNoShow', ...seen.day.on(visit) }, tellerAt('w1'), 'tap');
    const view = seen.view('teller', 't1');
    expect(view.absent[visit.id]).toMatchObject({ ticket: visit.ticket, until: seen.day.now + 30 * 60_000 });
    expect(view.undo).toMatchObject({ act: 'noShow', commandId: 'tap', ticket: visit.ticket });
    seen.day.seconds(11);
    expect(seen.view('teller', 't1').undo).toBeUndefined();
  });

  it('[W-45] sees whom the free window may call by name: who waits and fits, as long as it calls', () => {
    const seen = morning('w1', 'w2');
    const callable = () => Object.keys(seen.view('teller', 't1').callable ?? {});
    const [first, second] = [seen.day.issue(), seen.day.issue()];
    seen.day.issue('corporate');
    expect(callable()).toEqual([first.id, second.id]);
    expect(seen.view('teller', 't1').callable?.[second.id]).toMatchObject({
      version: second.version,
      ticket: second.ticket,
    });
    const call = { type: 'CallVisit' as const, ...seen.day.on(second), reason: 'personal' as const };
    seen.day.do(call, tellerAt('w1'));
    expect(seen.view('teller', 't1').callable).toBeUndefined();
    seen.day.do({ type: 'ParkVisit', ...seen.day.on(second) }, tellerAt('w1'));
    expect(callable()).toEqual([first.id]);
    seen.day.do({ type: 'PauseCounter', reason: 'break' }, tellerAt('w1'));
    expect(seen.view('teller', 't1').callable).toBeUndefined();
  });

  it('[W-45] sees in that list who has a tier or priority like anybody else', () => {
    const seen = morning('w1', 'w2');
    const { day } = seen;
    const [anybody, flagged, vip] = [day.issue(), day.issue(), day.issue('cash', 2)];
    day.do({ type: 'FlagPriority', ...day.on(flagged), needs: ['seat'], consent: true }, manager);
    const list = seen.view('teller', 't1').callable ?? {};
    expect(Object.keys(list).sort()).toEqual([anybody.id, flagged.id, vip.id].sort());
    for (const entry of Object.values(list))
      expect(Object.keys(entry)).toEqual(Object.keys(list[anybody.id]!));
    expect(Object.keys(list[anybody.id]!)).toEqual([
      'visitId',
      'version',
      'ticket',
      'service',
      'since',
      'order',
    ]);
  });

  it('[P-4] sees that what waits is left to other windows, and is told so when calling', () => {
    const seen = morning('w1', 'w4');
    const { day } = seen;
    expect(seen.view('teller', 't4').leftToOthers).toBeUndefined();
    day.issue('personalComplex');
    expect(seen.view('teller', 't4')).toMatchObject({ leftToOthers: true });
    expect(seen.view('teller', 't4').next).toBeUndefined();
    expect(seen.view('teller', 't1').leftToOthers).toBeUndefined();
    day.issue('personal');
    expect(seen.view('teller', 't4').leftToOthers).toBeUndefined();
    expect(seen.view('teller', 't4').next).toBeDefined();
  });

  it('is alerted to prepare, not why; the others learn only that help is given elsewhere', () => {
    const seen = morning('w1', 'w2', 'w4');
    seen.day.do({ type: 'StartDuty' });
    seen.day.issue();
    seen.day.serveNext('w4');
    const elder = seen.day.issue();
    seen.day.flag(elder, ['lowCounter', 'seat']);
    const episode = seen.day.confirm(elder);
    const view = seen.view('teller', 't4');
    expect(view.alert).toEqual({
      episodeId: episode.id,
      visitId: elder.id,
      version: seen.day.visit(elder.id).version,
      ticket: elder.ticket,
      since: seen.day.now,
      due: seen.day.now + 30_000,
      draining: true,
      escort: 'none',
      prepare: true,
    });
    expect(view.counter?.held).toBe(true);
    expect(view.othersHelping).toBeUndefined();
    const other = seen.view('teller', 't1');
    expect([other.alert, other.othersHelping]).toEqual([undefined, true]);
    expect(JSON.stringify(other)).not.toContain(elder.ticket);
    seen.day.do({ type: 'AcknowledgeAlert', episodeId: episode.id }, tellerAt('w4'));
    seen.day.do({ type: 'MarkOnTheWay', episodeId: episode.id });
    seen.day.finish('w4');
    expect(seen.view('teller', 't4')).toMatchObject({
      alert: { acknowledged: true, escort: 'onTheWay' },
      next: { visitId: elder.id, reason: { rule: 'reserved' } },
    });
    seen.day.callNext('w4');
    expect(seen.view('teller', 't4')).toMatchObject({
      current: { visitId: elder.id, quiet: true, priority: true },
    });
    expect(seen.view('teller', 't4').alert).toBeUndefined();
  });

  it('has nothing to prepare where no need was told', () => {
    const seen = morning('w1', 'w2', 'w4');
    const elder = seen.day.issue();
    seen.day.flag(elder);
    const { counterId = '' } = seen.day.confirm(elder);
    expect(seen.view('teller', counterId.replace('w', 't')).alert?.prepare).toBeUndefined();
  });

  it('sees help requests only while no manager is on duty', () => {
    const seen = morning('w1');
    const visit = seen.day.issue();
    seen.day.do({ type: 'RequestHelp', place: 'kiosk', visitId: visit.id }, kiosk);
    expect(Object.values(seen.view('teller', 't1').tasks)).toMatchObject([
      { kind: 'help', ticket: visit.ticket, place: 'kiosk' },
    ]);
    seen.day.do({ type: 'StartDuty' });
    expect(seen.view('teller', 't1').tasks).toEqual({});
    expect(seen.view('teller', 't1').mayFlag).toBeUndefined();
    expect(Object.values(seen.view('manager', 'manager').tasks)).toHaveLength(1);
  });

  it('[K-6] sees a kiosk’s printer in trouble only while no manager is on duty, and what the trouble is', () => {
    const seen = morning('w1');
    const screen = { id: 'k1', name: '正门取号机' };
    seen.day.do({ type: 'RecordPrinter', screen, trouble: 'paperOut' }, system);
    const [task] = Object.values(seen.view('teller', 't1').tasks);
    expect(task).toMatchObject({ kind: 'printer', screen: '正门取号机', trouble: 'paperOut' });
    seen.day.do({ type: 'AcknowledgeTasks', taskIds: [task!.taskId] }, tellerAt('w1'));
    expect(Object.values(seen.view('teller', 't1').tasks)).toMatchObject([{ acknowledgedBy: 't1' }]);
    seen.day.do({ type: 'StartDuty' });
    expect(seen.view('teller', 't1').tasks).toEqual({});
    expect(Object.values(seen.view('manager', 'manager').tasks)).toHaveLength(1);
  });

  describe('[W-44] while no manager is on duty, the lobby', () => {
    const lobbyOf = (seen: Seen) => seen.view('teller', 't1').lobby;

    it('is who waits, with the request for help, never with a need', () => {
      const seen = morning('w1', 'w2', 'w4');
      const served = seen.day.issue();
      seen.day.serveNext('w2');
      const plain = seen.day.issue();
      const elder = seen.day.issue();
      seen.day.do({ type: 'RequestHelp', place: 'phone', visitId: elder.id }, kiosk);
      expect(lobbyOf(seen)?.[elder.id]).toMatchObject({ ticket: elder.ticket, helpAsked: true });
      expect(Object.keys(lobbyOf(seen) ?? {})).toEqual([plain.id, elder.id]);
      expect(lobbyOf(seen)).not.toHaveProperty(served.id);
      seen.day.flag(elder, ['signLanguage', 'lowCounter']);
      expect(lobbyOf(seen)?.[elder.id]).toMatchObject({
        version: seen.day.visit(elder.id).version,
        priority: true,
        flag: { at: seen.day.now },
      });
      expect(JSON.stringify(seen.view('teller', 't1'))).not.toMatch(/signLanguage|lowCounter|needs/);
    });

    it('says where each love window stands, also of a flagged visit that waits no more', () => {
      const seen = morning('w1', 'w2', 'w4');
      seen.day.issue();
      seen.day.serveNext('w4');
      const elder = seen.day.issue();
      seen.day.flag(elder, ['lowCounter']);
      expect(lobbyOf(seen)?.[elder.id]?.flag).toEqual({ at: seen.day.now });
      seen.day.confirm(elder);
      expect(lobbyOf(seen)?.[elder.id]).toMatchObject({
        status: 'reserved',
        counterId: 'w4',
        flag: { episode: { phase: 'draining', escort: 'none' } },
      });
      seen.day.finish('w4');
      expect(lobbyOf(seen)?.[elder.id]?.flag?.episode?.phase).toBe('ready');
      seen.day.seconds(181);
      expect(lobbyOf(seen)?.[elder.id]).toMatchObject({ status: 'waiting', flag: { notFound: true } });
      expect(lobbyOf(seen)?.[elder.id]?.flag?.episode?.phase).toBeUndefined();
      seen.day.do({ type: 'MarkHereAgain', ...seen.day.on(elder) }, tellerAt('w1'));
      expect(lobbyOf(seen)?.[elder.id]?.flag?.notFound).toBeUndefined();
      seen.day.confirm(elder);
      seen.day.callNext('w4');
      expect(lobbyOf(seen)?.[elder.id]).toMatchObject({
        status: 'called',
        flag: { episode: { phase: 'called' } },
      });
    });

    it('has who asked for help also while they are set aside', () => {
      const seen = morning('w1');
      const visit = seen.day.issue();
      seen.day.serveNext('w1');
      seen.day.do({ type: 'ParkVisit', ...seen.day.on(visit) }, tellerAt('w1'));
      expect(lobbyOf(seen)).toEqual({});
      seen.day.do({ type: 'RequestHelp', place: 'phone', visitId: visit.id }, kiosk);
      expect(lobbyOf(seen)?.[visit.id]).toMatchObject({ status: 'parked', helpAsked: true });
    });

    it('[W-39] says how far the escort is, and a swap while it can be refused', () => {
      const seen = morning('w1', 'w4', 'w7');
      for (const counterId of ['w4', 'w7']) {
        seen.day.issue();
        seen.day.serveNext(counterId);
      }
      const elder = seen.day.issue();
      const { id: episodeId, counterId: first = '' } = seen.day.flag(elder, ['lowCounter']).confirm(elder);
      const other = first === 'w4' ? 'w7' : 'w4';
      const episode = () => lobbyOf(seen)?.[elder.id]?.flag?.episode;
      expect(episode()).toEqual({ episodeId, phase: 'draining', escort: 'none' });
      seen.day.do({ type: 'AcknowledgeAlert', episodeId }, tellerAt(first));
      seen.day.do({ type: 'MarkOnTheWay', episodeId }, tellerAt('w1'));
      seen.day.minutes(1.2);
      seen.day.finish(other);
      expect(episode()).toMatchObject({
        escort: 'onTheWay',
        swap: {
          from: seen.day.state.setup?.counters.find(({ id }) => id === first)?.label,
          until: seen.day.now + 10_000,
        },
      });
      seen.day.seconds(11);
      expect(episode()).not.toHaveProperty('swap');
    });

    it('is gone once a manager is on duty, and there again after', () => {
      const seen = morning('w1');
      seen.day.issue();
      expect(lobbyOf(seen)).toBeDefined();
      seen.day.do({ type: 'StartDuty' });
      expect(seen.view('teller', 't1')).not.toHaveProperty('lobby');
      seen.day.do({ type: 'EndDuty' });
      expect(lobbyOf(seen)).toBeDefined();
    });
  });

  it('sees who is parked, and which of them here', () => {
    const seen = morning('w1', 'w2');
    const visit = seen.day.issue();
    seen.day.callNext('w1');
    seen.day.do({ type: 'ParkVisit', ...seen.day.on(visit) }, tellerAt('w1'));
    expect(seen.view('teller', 't1').parked[visit.id]).toMatchObject({ ticket: visit.ticket, mine: true });
    expect(seen.view('teller', 't2').parked[visit.id]?.mine).toBeUndefined();
  });

  it(`"next" is what CallNext would return at that moment (SEED=${String(seed)})`, () => {
    let compared = 0;
    fc.assert(
      fc.property(moves(60), (script) => {
        const state = emptyState('main');
        let at = MIDNIGHT + 9 * 60 * 60_000;
        const run = (act: Parameters<typeof decide>[1]['command'], actor = manager) =>
          decide(state, { command: act, actor, at: (at += 1), id: `c${String(at)}`, seed: String(at) });
        run(
          { type: 'BeginDay', day: DAY, midnight: MIDNIGHT, setup: branchWithRoom(), appointments: [] },
          system,
        );
        for (const counterId of ['w1', 'w3', 'w4', 'w5'])
          run({ type: 'SignOn', counterId }, tellerAt(counterId));
        for (const move of script) {
          const act = actOf(state, move);
          if (act) run(act.command, act.actor);
          at += (move.b % 20) * 1000;
        }
        for (const { id, teller } of Object.values(state.counters)) {
          if (!teller) continue;
          const { next } = viewFor('teller', state, { now: at, key: teller.id, demo: false });
          const answer = decide(structuredClone(state), {
            command: { type: 'CallNext' },
            actor: tellerAt(id),
            at,
            id: 'probe',
            seed: 'probe',
          });
          expect(next && { visitId: next.visitId, ticket: next.ticket }).toEqual(
            answer.ok ? answer.result : undefined,
          );
          if (next) compared += 1;
        }
      }),
      { seed, numRuns: 60 },
    );
    expect(compared).toBeGreaterThan(20);
  });
});
