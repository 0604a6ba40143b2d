import { MINUTE } from '../elapsed.js';
import type { Candidate, Floor, Post } from './floor.js';
import { protectsAt, scarceAt } from './next.js';

export type Obstacle = 'noneFits' | 'allHeld' | 'bounds';

/** An episode as far as a swap asks about it. */
export interface Escort {
  readonly onTheWayAt?: number | undefined;
  readonly arrivedAt?: number | undefined;
  readonly swap?: unknown;
  /** Counters whose teller did not answer. */
  readonly unanswered: readonly string[];
}

/** [L7] whether one more hold may begin: held < max(1, ⌊open/3⌋), and one stays for normals of two or more. */
function mayHoldOneMore(floor: Pick<Floor, 'counters'>): boolean {
  let open = 0;
  let openHeld = 0;
  let held = 0;
  for (const counter of floor.counters) {
    if (counter.held) held += 1;
    if (!counter.open) continue;
    open += 1;
    if (counter.held) openHeld += 1;
  }
  if (held >= Math.max(1, Math.floor(open / 3))) return false;
  return open < 2 || open - openHeld - 1 >= 1;
}

/** [L7] between two holds of one counter a protected normal is called there first. */
const owesNormalNow = <C extends Post, V extends Candidate>(
  floor: Floor<C, V>,
  counter: C,
  at: number,
): boolean => counter.owesNormal && protectsAt(floor, counter, at);

/** Counters that fit a flagged visit: all its remaining services if one can, else the present one. */
export function fitting<C extends Post, V extends Candidate>(floor: Floor<C, V>, visit: V): C[] {
  const forAll = floor.counters.filter((counter) => counter.open && floor.canServeAll(counter, visit));
  return forAll.length > 0
    ? forAll
    : floor.counters.filter((counter) => counter.open && floor.canServe(counter, visit));
}

/** True when a tie (idle counters) goes to `a`: the standing love window, not the VIP counter, the fewest skills. */
const winsTie = (a: Post, b: Post): boolean => {
  if (a.standing !== b.standing) return a.standing;
  if (a.vip !== b.vip) return b.vip;
  return a.skills + a.services < b.skills + b.services;
};

/**
 * [P-33] Minutes by which a counter counts as free later for a love window. The only one with a capability that a
 * binding need can want leaves long business to another that is free within the usual walk of it: whoever is
 * escorted hardly notices, and who comes next with that need would wait for the long service to end. Whoever has the
 * need fits no other counter.
 */
const spared = <C extends Post, V extends Candidate>(floor: Floor<C, V>, counter: C, visit: V): number =>
  visit.long && scarceAt(floor, counter) !== 0 ? floor.settings.walkMinutes : 0;

/** Minutes by which counters are compared for a visit's love window; Infinity without a basis. */
const comparable = <C extends Post, V extends Candidate>(
  floor: Floor<C, V>,
  counter: C,
  visit: V,
  at: number,
): number => (floor.remaining(counter, at) ?? Infinity) + spared(floor, counter, visit);

/**
 * The counter for a love window: staffed, not closing, not held, capable, expected free soonest. Source: domain
 * and calling policy, "Love window": start = max(R, walk), choose min E[R]; scarce counters are spared [P-33].
 *
 * @param without counters whose teller did not answer in this episode
 * @param moving the episode leaves a counter it holds, so the bounds are not asked again
 */
export function holdFor<C extends Post, V extends Candidate>(
  floor: Floor<C, V>,
  visit: V,
  at: number,
  without: readonly string[] = [],
  moving = false,
): { counter: C; minutes: number | undefined } | { obstacle: Obstacle } {
  const able = fitting(floor, visit).filter((counter) => !without.includes(counter.id));
  if (able.length === 0) return { obstacle: 'noneFits' };
  const unheld = able.filter((counter) => !counter.held);
  if (unheld.length === 0) return { obstacle: 'allHeld' };
  const free = unheld.filter((counter) => !owesNormalNow(floor, counter, at));
  const [first, ...others] = free;
  if (!first || (!moving && !mayHoldOneMore(floor))) return { obstacle: 'bounds' };
  let counter = first;
  let soonest = comparable(floor, first, visit, at);
  for (const other of others) {
    const minutes = comparable(floor, other, visit, at);
    if (minutes < soonest || (minutes === soonest && winsTie(other, counter))) {
      counter = other;
      soonest = minutes;
    }
  }
  return { counter, minutes: floor.remaining(counter, at) };
}

/** Minutes of the escort's learnt walk that are left at `at`; the whole walk before the tap. */
export function walkLeft(escort: Escort, walkMinutes: number, at: number): number {
  if (escort.arrivedAt !== undefined) return 0;
  if (escort.onTheWayAt === undefined) return walkMinutes;
  return Math.max(0, walkMinutes - (at - escort.onTheWayAt) / MINUTE);
}

/**
 * The counter that the episode of a reserved visit should move to: suitable, free sooner by more than the set
 * gain, with little of the walk left; once per episode, never after *arrived*. Undefined: stay.
 */
export function swapFor<C extends Post, V extends Candidate>(
  floor: Floor<C, V>,
  visit: V,
  escort: Escort,
  held: C,
  at: number,
): C | undefined {
  const { swapGain, swapWalk, walkMinutes } = floor.settings;
  if (escort.swap !== undefined || escort.arrivedAt !== undefined || escort.onTheWayAt === undefined)
    return undefined;
  if (walkLeft(escort, walkMinutes, at) > swapWalk) return undefined;
  let better: C | undefined;
  // The held one as it is: a window that stands ready is not left for one that is busy.
  let soonest = (floor.remaining(held, at) ?? Infinity) - swapGain;
  for (const counter of fitting(floor, visit)) {
    if (counter.held || escort.unanswered.includes(counter.id) || owesNormalNow(floor, counter, at)) continue;
    const minutes = comparable(floor, counter, visit, at);
    if (minutes < soonest) {
      better = counter;
      soonest = minutes;
    }
  }
  return better;
}
