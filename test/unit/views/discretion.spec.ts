import * as fc from 'fast-check';
import type { Actor, CoreCommand } from '../../../src/lobby/input.js';
import { presentVisits, publiclyWaiting, visitOf } from '../../../src/lobby/lookup.js';
import type { Visit } from '../../../src/lobby/state.js';
import { LobbyDay, manager, setupWith, tellerAt } from '../../support/lobby.js';
import { on } from './choosing.js';
import { moves } from './moves.js';
import { Seen } from './seen.js';
import { Twins, type Tally } from './twins.js';

/** Chance of this run; set SEED to run one again, shrunk and with its tally, and RUNS for more of it. */
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));

describe('[L14] a public view is a function of public facts only', () => {
  it(`equal public facts give equal bytes and equal frames, whatever flags and holds there are (SEED=${String(seed)})`, () => {
    const tally: Tally = { steps: 0, holds: 0, quietServices: 0, swaps: 0, frames: 0, parted: 0 };
    fc.assert(
      fc.property(moves(160), (script) => {
        // A short walk, so that swaps come.
        new Twins(tally, { walkMinutes: 0.5 }).run(script);
      }),
      { seed, numRuns: Number(process.env['RUNS'] ?? 60), endOnFailure: process.env['SEED'] === undefined },
    );
    if (process.env['SEED']) console.log(tally);
    // A run in which nothing discreet happened would prove nothing.
    expect(tally.holds).toBeGreaterThan(100);
    expect(tally.quietServices).toBeGreaterThan(20);
    expect(tally.swaps).toBeGreaterThan(0);
    expect(tally.frames).toBeGreaterThan(1000);
  });

  it('a flag taken back on who was called aloud and is absent looks like a customer who came back and left', () => {
    const tally: Tally = { steps: 0, holds: 0, quietServices: 0, swaps: 0, frames: 0, parted: 0 };
    const twins = new Twins(tally);
    const step = (command: CoreCommand, actor: Actor = tellerAt('w1')): void => {
      const { length } = twins.steps;
      twins.step({ command, actor });
      expect(twins.steps.length).toBeGreaterThan(length);
    };
    const visit = (id: string): Visit => visitOf(twins.real.state, id);
    const here = (): { visitId: string; version: number } =>
      on(visit(twins.real.state.counters['w1']?.visitId ?? ''));
    step({ type: 'FinishService', ...here(), placement: 'end' });
    const other = [...presentVisits(twins.real.state)].find((each) => publiclyWaiting(each) && !each.flag);
    const visitId = other?.id ?? '';
    step({ type: 'CallVisit', ...on(visit(visitId)), reason: 'other' });
    twins.wait(21_000);
    step({ type: 'Recall', ...here() });
    step({ type: 'MarkNoShow', ...here() });
    step({ type: 'FlagPriority', ...on(visit(visitId)), needs: [], consent: true }, manager);
    expect(visit(visitId).stage.status).toBe('waiting');
    step({ type: 'Undo', commandId: twins.real.state.undo[manager.id]?.commandId ?? '' }, manager);
    expect(visit(visitId).stage.status).toBe('absent');
    expect(twins.plain.state.visits[visitId]?.stage).toMatchObject({ status: 'ended', how: 'left' });
    twins.beat();
    expect(tally.parted).toBe(0);
  });
});

/** Four counters in service, three visits waiting, and a look at everything public after each step. */
class Morning {
  readonly day = new LobbyDay().open(setupWith({ walkMinutes: 0.5 })).signOn('w1', 'w2', 'w3', 'w4');
  readonly seen = new Seen(this.day);
  readonly inService = ['w1', 'w2', 'w3', 'w4'].map((counterId) => {
    // The fourth has the only low counter and leaves long services to the others [P-4].
    this.day.issue(counterId === 'w4' ? 'personal' : 'personalComplex');
    this.day.serveNext(counterId);
    return counterId;
  });
  readonly elder = this.day.issue('personalComplex');
  readonly others = [this.day.issue('personalComplex'), this.day.issue()];

  constructor() {
    this.seen.beat();
  }

  /** Bytes of every public view but the elder's own phone. */
  bytes(): string {
    const phones = [...this.others].map(({ id }) => this.seen.view('ticket', id));
    return JSON.stringify([this.seen.view('board'), this.seen.view('kiosk'), ...phones]);
  }

  /** Runs an act that must have done something, and nothing that the public sees. */
  unseen(act: () => unknown): this {
    const before = this.bytes();
    const events = this.day.log.length;
    act();
    expect(this.day.log.length).toBeGreaterThan(events);
    expect(this.bytes()).toBe(before);
    return this;
  }
}

describe('[L14] by itself sends no public frame:', () => {
  const on = (morning: Morning): { visitId: string; version: number } => morning.day.on(morning.elder);

  it('flag, change of needs, hold, acknowledgement, reveal, decline', () => {
    const morning = new Morning();
    const { day, elder } = morning;
    morning
      .unseen(() => day.flag(elder))
      .unseen(() =>
        day.do({ type: 'AmendNeeds', ...on(morning), needs: ['lowCounter', 'seat'], consent: true }),
      )
      .unseen(() => day.confirm(elder))
      .unseen(() => day.do({ type: 'AcknowledgeAlert', episodeId: day.episode(elder.id).id }, tellerAt('w4')))
      .unseen(() => day.do({ type: 'RevealNeeds', ...on(morning) }, tellerAt('w4')))
      .unseen(() => day.do({ type: 'DeclinePriority', ...on(morning) }));
  });

  it('an alert that nobody answers, the way to the counter, a swap and its refusal', () => {
    const morning = new Morning();
    const { day, elder } = morning;
    day.flag(elder);
    const episode = day.confirm(elder);
    const first = episode.counterId;
    day.do(
      { type: 'MarkLongService', ...day.on({ id: day.counter(first ?? '').visitId ?? '' }), minutes: 20 },
      tellerAt(first ?? ''),
    );
    morning.unseen(() => day.do({ type: 'MarkOnTheWay', episodeId: episode.id }));
    expect(day.types()).toContain('LoveWindowSwapped');
    morning
      .unseen(() => day.do({ type: 'RefuseSwap', episodeId: episode.id }))
      .unseen(() => day.seconds(31))
      .unseen(() => day.do({ type: 'MarkArrived', episodeId: episode.id }));
  });

  it('a quiet call, its recall, and a customer who is not found', () => {
    const morning = new Morning();
    const { day, elder } = morning;
    day.flag(elder);
    const { counterId = '' } = day.confirm(elder);
    day.finish(counterId);
    const own = (): { visitId: string; version: number } => day.on(elder);
    morning
      .unseen(() => day.callNext(counterId))
      .unseen(() => {
        day.seconds(21);
        day.do({ type: 'Recall', ...own() }, tellerAt(counterId));
      })
      .unseen(() => day.do({ type: 'MarkNoShow', ...own() }, tellerAt(counterId)))
      .unseen(() => day.do({ type: 'MarkHereAgain', ...own() }));
  });

  it('the recall of somebody fetched discreetly who had been called aloud and missed it', () => {
    const morning = new Morning();
    const { day, elder } = morning;
    const own = (): { visitId: string; version: number } => day.on(elder);
    const recall = (counterId: string): void => {
      day.seconds(21);
      day.do({ type: 'Recall', ...own() }, tellerAt(counterId));
    };
    day.finish('w1');
    day.callNext('w1');
    recall('w1');
    day.do({ type: 'MarkNoShow', ...own() }, tellerAt('w1'));
    day.do({ type: 'ReturnVisit', ...own() });
    day.flag(elder);
    const { counterId = '' } = day.confirm(elder);
    morning.unseen(() => day.callNext(counterId)).unseen(() => recall(counterId));
  });

  it('the mere passing of time between two beats', () => {
    const morning = new Morning();
    morning.day.flag(morning.elder).confirm(morning.elder);
    morning.unseen(() => morning.day.minutes(16));
  });
});
