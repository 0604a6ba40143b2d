import type { LoveWindowPlan, StaffingChange, StaffingPreview } from '../../protocol/commands.js';
import type { MinutesRange, StaffingNote } from '../../protocol/views.js';
import { presentVisits, setupOf } from '../../lobby/lookup.js';
import type { LobbyState } from '../../lobby/state.js';
import type { Expectation } from '../ahead/expectation.js';
import type { WaitEnd } from '../ahead/future.js';
import { linesSnapshot } from '../compact/linesSnapshot.js';
import { stateSnapshot } from '../compact/stateSnapshot.js';
import type { LobbySnapshot } from '../compact/snapshot.js';
import type { Cost, Forecast, PublicLines, Scene, Waits } from '../port.js';
import { costToOthers } from '../cost.js';
import { simpleForecast } from '../simple.js';
import { changed } from './change.js';
import { Adviser } from './adviser.js';
import { expectationOn } from './expectationOn.js';
import { Learner } from './learner.js';
import { memoryFrom, textOf, type DayMemory } from './memory.js';
import type { AheadAnswer, AheadRequest, Variant } from './request.js';

/**
 * Has a request worked out where nobody waits for it.
 *
 * @param about of several unfinished requests about the same only the latest is worked out; a question is about nothing
 *   and goes first
 * @returns undefined when it was overtaken, took too long, or nothing can be worked out
 */
export type Ask = (request: AheadRequest, about?: string) => Promise<AheadAnswer[] | undefined>;

/** For the public apart from staff: how long one takes must tell nothing of the other [L14]. */
export interface Asks {
  public: Ask;
  staff: Ask;
}

/** What the figures of a beat rest on: so many futures, looked at so many ms before. */
export interface Basis {
  runs: number;
  age: number;
}

/** Figures for the next beats. */
interface Prepared {
  answer: AheadAnswer;
  /** Branch time for which they were worked out, UTC ms. */
  at: number;
  /** The public beat after which they were begun. */
  beat: number;
}

/** What is known of a branch's day; the next begins with nothing of it. */
interface Known {
  day: string;
  /** Public beats so far. */
  beat: number;
  public?: Prepared;
  staff?: Prepared;
  publicLearner: Learner;
  staffLearner: Learner;
  adviser: Adviser;
}

const RUNS = 100;
const LEAST_RUNS = 25;
/** With more people than this in the lobby a batch has fewer runs, so that it takes no longer. */
const FULL_LOBBY = 60;
/** The same futures each time: a figure moves because the lobby did, and not because the dice fell otherwise. */
const SEED = 1;

/**
 * Waits from forward runs of the calling policy [P-10], worked out by `ask` ahead of the beat that tells them. Where
 * there is nothing fresh the simple figures stand in, so that nobody waits for an estimate.
 */
export class LiveForecast implements Forecast {
  readonly #branches = new Map<string, Known>();

  /** @param onTold hears of each beat's figures what they rest on; of those by counts and means, nothing */
  constructor(
    private readonly ask: Asks,
    private readonly onTold: (about: keyof Asks, basis: Basis | undefined) => void = () => undefined,
  ) {}

  prepare(scene: Scene, audience: { public: boolean; staff: boolean }): void {
    const { branchId, lines, state, at } = scene;
    if (state.phase !== 'open') return;
    const setup = setupOf(state);
    const known = this.#known(branchId, state.day);
    const { beat } = known;
    const expectation = expectationOn(state, at);
    const work = (about: 'public' | 'staff', lobby: LobbySnapshot): void => {
      // Staff are told of visits only: newcomers would be lived through for nobody.
      const zones = about === 'public' ? zonesOf(lines) : [];
      const request = requestFor(
        [{ lobby }],
        expectation,
        zones,
        at,
        about === 'public' ? 'call' : 'service',
      );
      void this.ask[about](request, branchId).then((answers) => {
        const [answer] = answers ?? [];
        if (answer) known[about] = { answer, at, beat };
      });
    };
    if (audience.public) work('public', linesSnapshot(lines, setup.settings, at));
    if (audience.staff) work('staff', stateSnapshot(state));
  }

  lines(scene: Scene): Waits {
    const { branchId, lines, state } = scene;
    const known = this.#known(branchId, state.day);
    known.beat += 1;
    learn(known.publicLearner, lines);
    const fresh = this.#fresh(known, 'public', scene.at);
    if (!fresh || state.phase !== 'open') return simpleForecast.lines(scene);
    const { answer, at } = fresh;
    const ranges = (ids: readonly { id: string }[], spreads: AheadAnswer['zones']): Waits['zones'] =>
      Object.fromEntries(
        ids.flatMap(({ id }, i) => {
          const spread = spreads[i];
          return spread ? [[id, known.publicLearner.range(spread)]] : [];
        }),
      );
    return {
      zones: ranges(lines.zones, answer.zones),
      services: ranges(lines.services, answer.services),
      visits: visitRanges(known.publicLearner, answer, at),
    };
  }

  visits(scene: Omit<Scene, 'lines'>): Record<string, MinutesRange> {
    const { branchId, state, at } = scene;
    const known = this.#known(branchId, state.day);
    for (const { id, stage } of presentVisits(state))
      if (stage.status === 'serving') known.staffLearner.ended(id, stage.at);
    known.staffLearner.keepOnly(new Set(Object.keys(state.present)));
    const fresh = this.#fresh(known, 'staff', at);
    if (!fresh || state.phase !== 'open') return simpleForecast.visits(scene);
    return visitRanges(known.staffLearner, fresh.answer, fresh.at);
  }

  /** What it knows of the latest day of each branch, for `recall` after a restart. */
  memories(): { branchId: string; memory: string }[] {
    return [...this.#branches].map(([branchId, { day, publicLearner, staffLearner, adviser }]) => {
      const memory: DayMemory = {
        day,
        public: publicLearner.memory,
        staff: staffLearner.memory,
        adviser: adviser.memory,
      };
      return { branchId, memory: textOf(memory) };
    });
  }

  /** Goes on with what was known of the branch's day; what cannot be read is nothing. */
  recall(branchId: string, memory: string): void {
    const known = memoryFrom(memory);
    if (known) this.#branches.set(branchId, knownOf(known.day, known));
  }

  staffing({ branchId, state, at }: Omit<Scene, 'lines'>): StaffingNote {
    if (state.phase !== 'open') return {};
    return this.#known(branchId, state.day).adviser.look(state, expectationOn(state, at), at);
  }

  async costToOthers(state: LobbyState, plan: LoveWindowPlan, at: number): Promise<Cost | undefined> {
    const simple = costToOthers(state, plan, at);
    if (plan.counterId === undefined || simple === undefined || simple.others === 0) return simple;
    const lobby = stateSnapshot(state);
    const ordinary = { lobby: unflagged(lobby, plan.visitId) };
    const answers = await this.#compare(state, ordinary, { lobby, confirm: plan.visitId }, at);
    const [before, after] = answers ?? [];
    if (!before || !after) return simple;
    const others = lobby.visits.filter(
      ({ id, stage, flaggedAt }) => stage === 'waiting' && flaggedAt === undefined && id !== plan.visitId,
    );
    const more = others.flatMap(({ id }) => {
      const [was, is] = [before.visits[id]?.mean, after.visits[id]?.mean];
      return was === undefined || is === undefined ? [] : [Math.max(0, is - was)];
    });
    const later = more.filter((minutes) => minutes >= NOTICEABLE);
    const mean = later.reduce((sum, minutes) => sum + minutes, 0) / Math.max(1, later.length);
    return { others: later.length, minutes: Math.round(mean * 10) / 10 };
  }

  async compare(state: LobbyState, change: StaffingChange, at: number): Promise<StaffingPreview> {
    const lobby = stateSnapshot(state);
    const zones = setupOf(state).zones.map(({ id }) => id);
    const answers = await this.#compare(state, { lobby }, { lobby: changed(state, lobby, change) }, at);
    const [before, after] = answers ?? [];
    const { staffLearner } = this.#known(state.branchId, state.day);
    return {
      zones: zones.map((zone, i) => {
        const [was, is] = [before?.zones[i], after?.zones[i]];
        return {
          zone,
          ...(was && { before: staffLearner.range(was) }),
          ...(is && { after: staffLearner.range(is) }),
        };
      }),
      waiting: waitingThen(lobby, before, after),
    };
  }

  /** Figures begun for this beat, or for the one before when those are still being worked out. */
  #fresh(known: Known, about: keyof Asks, at: number): Prepared | undefined {
    const { beat, [about]: prepared } = known;
    const fresh = prepared && beat - prepared.beat <= 2 ? prepared : undefined;
    this.onTold(about, fresh && { runs: fresh.answer.runs, age: at - fresh.at });
    return fresh;
  }

  #compare(
    state: LobbyState,
    before: Variant,
    after: Variant,
    at: number,
  ): Promise<AheadAnswer[] | undefined> {
    const zones = zonesOf(setupOf(state));
    return this.ask.staff(requestFor([before, after], expectationOn(state, at), zones, at, 'service'));
  }

  #known(branchId: string, day: string): Known {
    const kept = this.#branches.get(branchId);
    if (kept?.day === day) return kept;
    const known = knownOf(day);
    this.#branches.set(branchId, known);
    return known;
  }
}

const knownOf = (day: string, memory?: DayMemory): Known => ({
  day,
  beat: 0,
  publicLearner: new Learner(memory?.public),
  staffLearner: new Learner(memory?.staff),
  adviser: new Adviser(undefined, memory?.adviser),
});

/** The lobby in which this visit waits like anybody else. */
const unflagged = (lobby: LobbySnapshot, visitId: string): LobbySnapshot => ({
  ...lobby,
  visits: lobby.visits.map(({ flaggedAt, ...visit }) => {
    if (visit.id === visitId) return { ...visit, needs: 0 };
    return flaggedAt === undefined ? visit : { ...visit, flaggedAt };
  }),
});

/** Minutes from which a longer wait counts as one. */
const NOTICEABLE = 0.1;

/** Waits end, for the public, with the call. */
function learn(learner: Learner, lines: PublicLines): void {
  for (const { call } of lines.counters) if (call) learner.ended(call.visitId, call.at);
  learner.keepOnly(new Set(lines.waiting.map(({ visitId }) => visitId)));
}

const visitRanges = (learner: Learner, { visits }: AheadAnswer, at: number): Record<string, MinutesRange> =>
  Object.fromEntries(Object.entries(visits).map(([id, spread]) => [id, learner.range(spread, at, id)]));

function requestFor(
  variants: Variant[],
  expectation: Expectation,
  zones: number[][],
  at: number,
  waitEnd: WaitEnd,
): AheadRequest {
  const people = variants[0]?.lobby.visits.length ?? 0;
  const runs = Math.floor((RUNS * FULL_LOBBY) / Math.max(FULL_LOBBY, people) / variants.length);
  return { variants, expectation, zones, at, runs: Math.max(LEAST_RUNS, runs), seed: SEED, waitEnd };
}

/** Services by index, for each zone. */
const zonesOf = ({
  zones,
  services,
}: {
  zones: readonly { id: string }[];
  services: readonly { zone: string }[];
}): number[][] =>
  zones.map(({ id }) => services.flatMap(({ zone }, service) => (zone === id ? [service] : [])));

/** What the change does to those who wait now: means are over whoever has an estimate either way. */
function waitingThen(
  lobby: LobbySnapshot,
  before: AheadAnswer | undefined,
  after: AheadAnswer | undefined,
): StaffingPreview['waiting'] {
  const waits = lobby.visits
    .filter(({ stage }) => stage === 'waiting')
    .map(({ id }) => ({ was: before?.visits[id]?.mean, is: after?.visits[id]?.mean }));
  const both = waits.flatMap(({ was, is }) => (was === undefined || is === undefined ? [] : [{ was, is }]));
  const mean = (minutes: readonly number[]): number =>
    Math.round((10 * minutes.reduce((sum, each) => sum + each, 0)) / minutes.length) / 10;
  const without = (of: 'was' | 'is'): number => waits.filter((wait) => wait[of] === undefined).length;
  return {
    people: both.length,
    ...(both.length > 0 && {
      before: mean(both.map(({ was }) => was)),
      after: mean(both.map(({ is }) => is)),
    }),
    ...(before && after && { unserved: { before: without('was'), after: without('is') } }),
  };
}
