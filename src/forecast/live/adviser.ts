import type { StaffingAdvice, StaffingNote, StaffingOutcome } from '../../protocol/views.js';
import { isOpen } from '../../lobby/capability.js';
import { MINUTE } from '../../lobby/elapsed.js';
import { floorOf } from '../../lobby/floor-of.js';
import { counters, presentVisits, settingsOf, setupOf } from '../../lobby/lookup.js';
import type { LobbyState } from '../../lobby/state.js';
import { rateAt, type Expectation } from '../ahead/expectation.js';
import { minutesAtCounter } from '../ahead/minutes.js';
import { adviceFor, adviceLimits, peakAhead, workNow } from '../staffing.js';
import type { AdviceLimits, Arrivals } from '../staffing.js';

/** Advice stays until what it rests on has moved by this part of its bound: it would flicker else. */
const STEADY = 0.15;
/** Minutes for which what a followed advice did stays to be read. */
const TOLD_FOR = 30;

/** What came of advice that was followed, while its horizon runs. */
interface Followed extends Omit<StaffingOutcome, 'seen'> {
  until: number;
  worst: number;
}

/** What a look leaves for the next, as plain data: a server that starts again goes on with it. */
export interface AdviserMemory {
  advice?: StaffingAdvice | undefined;
  /** Counters that were open at the look before. */
  openThen: number;
  followed?: Followed | undefined;
  outcome?: { told: StaffingOutcome; until: number } | undefined;
}

/**
 * Advice to open or close an elastic counter, by the work that the coming half hour brings [P-21], and afterwards what
 * it really did.
 */
export class Adviser {
  readonly #memory: AdviserMemory;

  /** @param only counters that it may advise on; absent: every elastic one */
  constructor(
    private readonly only?: readonly string[],
    memory: AdviserMemory = { openThen: 0 },
  ) {
    this.#memory = memory;
  }

  get memory(): AdviserMemory {
    return this.#memory;
  }

  /** @param at branch time of an open day, UTC ms; not before that of the look before */
  look(state: LobbyState, expectation: Expectation, at: number): StaffingNote {
    const limits = adviceLimits(settingsOf(state).advice);
    if (!limits) {
      this.#memory.advice = undefined;
      this.#memory.followed = undefined;
      return {};
    }
    const floor = floorOf(state);
    const open = floor.counters.filter((counter) => counter.open).length;
    const usual = usualMinutes(state, expectation);
    const reserved = [...presentVisits(state)].filter(({ stage }) => stage.status === 'reserved').length;
    const work = workNow(floor, reserved, usual, at);
    this.#follow(open, work, limits, at);
    const arrivals: Arrivals = (ahead) => rateAt(expectation, at + ahead * MINUTE);
    this.#memory.advice =
      open === 0 ? undefined : this.#adviseOn(state, { work, open, usual, arrivals, limits }, at);
    this.#memory.openThen = open;
    return {
      ...(this.#memory.advice && { advice: this.#memory.advice }),
      ...(this.#memory.outcome && { outcome: this.#memory.outcome.told }),
    };
  }

  /** Advice that was followed is watched to the end of the time it looked ahead. */
  #follow(open: number, work: number, limits: AdviceLimits, at: number): void {
    const given = this.#memory.advice;
    const taken =
      given && (given.to === 'open' ? open > this.#memory.openThen : open < this.#memory.openThen);
    if (taken) {
      const within = given.to === 'open' ? limits.openWithin : limits.closeWithin;
      const { to, counterId, work: expected } = given;
      this.#memory.followed = { to, counterId, at, expected, until: at + within * MINUTE, worst: 0 };
      this.#memory.advice = undefined;
    }
    if (this.#memory.outcome && at >= this.#memory.outcome.until) this.#memory.outcome = undefined;
    const followed = this.#memory.followed;
    if (!followed) return;
    followed.worst = Math.max(followed.worst, work / Math.max(1, open));
    if (at < followed.until) return;
    const { to, counterId, at: since, expected, worst } = followed;
    const told = { to, counterId, at: since, expected, seen: Math.round(worst) };
    this.#memory.outcome = { told, until: at + TOLD_FOR * MINUTE };
    this.#memory.followed = undefined;
  }

  #adviseOn(
    state: LobbyState,
    now: { work: number; open: number; usual: number; arrivals: Arrivals; limits: AdviceLimits },
    at: number,
  ): StaffingAdvice | undefined {
    const { work, open, usual, arrivals, limits } = now;
    const { openAbove, closeBelow } = limits;
    const standing = this.#memory.advice?.to;
    const steady = {
      ...limits,
      openAbove: standing === 'open' ? openAbove * (1 - STEADY) : openAbove,
      closeBelow: standing === 'close' ? closeBelow * (1 + STEADY) : closeBelow,
    };
    const { advice, peak } = adviceFor(work, open, usual, arrivals, steady);
    if (advice === 'none') return undefined;
    const elastic = elasticOf(state).filter((id) => this.only?.includes(id) ?? true);
    const counterId = advice === 'open' ? toOpen(state, elastic) : toClose(state, elastic, limits, at);
    if (counterId === undefined) return undefined;
    const after =
      advice === 'open' ? peakAhead(work, open + 1, limits.openWithin, usual, arrivals) : undefined;
    return {
      to: advice,
      counterId,
      since: standing === advice ? (this.#memory.advice?.since ?? at) : at,
      work: Math.round(peak),
      ...(after !== undefined && { after: Math.round(after) }),
    };
  }
}

const elasticOf = (state: LobbyState): string[] =>
  setupOf(state).counters.flatMap(({ id, elastic }) => (elastic ? [id] : []));

/** The first elastic counter that could be opened. */
function toOpen(state: LobbyState, elastic: readonly string[]): string | undefined {
  const closed = new Set(
    [...counters(state)].filter(({ teller, faulty }) => !teller && !faulty).map(({ id }) => id),
  );
  return elastic.find((id) => closed.has(id));
}

/** The last elastic counter that has been open long enough and is kept for nobody. */
function toClose(
  state: LobbyState,
  elastic: readonly string[],
  limits: AdviceLimits,
  at: number,
): string | undefined {
  const long = new Set(
    [...counters(state)]
      .filter(
        (counter) =>
          isOpen(counter) &&
          !counter.hold &&
          !counter.closeAfter &&
          at - (counter.teller?.since ?? at) >= limits.openAtLeast * MINUTE,
      )
      .map(({ id }) => id),
  );
  return elastic.findLast((id) => long.has(id));
}

const usualMinutes = (state: LobbyState, { services }: Expectation): number =>
  minutesAtCounter(setupOf(state).services, services, settingsOf(state));
