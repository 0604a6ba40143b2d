import type { Overflow, QuickCounter } from '../../protocol/settings.js';
import { SECOND } from '../elapsed.js';
import type { Candidate, Floor, Post } from './floor.js';
import { isProtected, keepsBand, pick, type Picked } from './pick.js';

/** Waiting visits the counter could serve [L3], before any policy. */
export const servableBy = <C extends Post, V extends Candidate>(floor: Floor<C, V>, counter: C): V[] =>
  floor.waiting.filter((visit) => floor.canServe(counter, visit));

/**
 * Capabilities that a binding need can want and that no other open counter has, as bits: in the recommended mode a
 * counter with one takes a long normal service only if nobody else could. It is kept before anybody is flagged: a
 * long service that has begun is finished, and who comes then would wait for it.
 */
export function scarceAt(floor: Pick<Floor, 'settings' | 'counters'>, counter: Post): number {
  let scarce = floor.settings.mode === 'recommended' ? counter.rare : 0;
  if (scarce === 0) return 0;
  for (const other of floor.counters) if (other !== counter && other.open) scarce &= ~other.rare;
  return scarce;
}

/** True when a normal visit of a long class must leave this counter to scarce needs: an unheld one can take it. */
const leftToScarce = <C extends Post, V extends Candidate>(
  floor: Floor<C, V>,
  counter: C,
  visit: V,
): boolean =>
  visit.long &&
  floor.counters.some(
    (other) => other !== counter && other.open && !other.held && floor.canServe(other, visit),
  );

/** Why a counter leaves visits that it could serve to others. */
export type Kept = 'scarceCounter' | 'overflow' | 'quick';

/** [P-27] Whether the first who waits for the service has waited until the counter helps with it. */
const helpsBy = <C extends Post, V extends Candidate>(
  floor: Floor<C, V>,
  { serviceId, seconds }: Overflow,
  at: number,
): boolean =>
  floor.waiting.some((visit) => visit.serviceId === serviceId && at >= visit.since + seconds * SECOND);

/** [P-28] Its service is known to take no longer than the counter takes by itself. */
export const isQuick = ({ mean }: Pick<Candidate, 'mean'>, { minutes }: QuickCounter): boolean =>
  mean !== undefined && mean <= minutes;

/**
 * The visit that an open, unheld counter calls at `at` (UTC ms), if any, and what kept it from others. No rule of the
 * counter keeps it from a flagged or protected visit.
 */
export function nextAt<C extends Post, V extends Candidate>(
  floor: Floor<C, V>,
  counter: C,
  at: number,
): { picked: Picked<V> | undefined; kept: Kept | undefined } {
  const { settings } = floor;
  let left = servableBy(floor, counter);
  let kept: Kept | undefined;
  const keep = (why: Kept, takes: (visit: V) => boolean): void => {
    const band = keepsBand(settings);
    const rest = left.filter(
      (visit) => visit.flaggedAt !== undefined || (band && isProtected(visit, settings, at)) || takes(visit),
    );
    if (rest.length < left.length) kept ??= why;
    left = rest;
  };
  if (scarceAt(floor, counter) !== 0) keep('scarceCounter', (visit) => !leftToScarce(floor, counter, visit));
  for (const overflow of settings.overflows ?? [])
    if (overflow.counterId === counter.id && !helpsBy(floor, overflow, at))
      keep('overflow', (visit) => visit.serviceId !== overflow.serviceId);
  const quick = settings.quickCounters?.find(({ counterId }) => counterId === counter.id);
  if (quick && (quick.others === 'never' || left.some((visit) => visit.place <= at && isQuick(visit, quick))))
    keep('quick', (visit) => isQuick(visit, quick));
  return { picked: pick(left, settings, floor.vipRun, at, counter.turn), kept };
}

/** Waiting normal visits in the protected band that the counter could serve. */
export const protectsAt = <C extends Post, V extends Candidate>(
  floor: Floor<C, V>,
  counter: C,
  at: number,
): boolean =>
  floor.waiting.some(
    (visit) =>
      visit.flaggedAt === undefined &&
      isProtected(visit, floor.settings, at) &&
      floor.canServe(counter, visit),
  );

/** [L8] waiting visits placed before the called one that this counter could have served. */
export const overtakenAt = <C extends Post, V extends Candidate>(
  floor: Floor<C, V>,
  counter: C,
  called: V,
): V[] =>
  floor.waiting.filter(
    (visit) => visit !== called && visit.place < called.place && floor.canServe(counter, visit),
  );

/** VIPs in a row after calling this visit there; unchanged by calls no waiting normal could have had. */
export function vipRunAfter<C extends Post, V extends Candidate>(
  floor: Floor<C, V>,
  counter: C,
  called: V,
): number {
  if (called.flaggedAt !== undefined) return floor.vipRun;
  if (called.tier === 0) return 0;
  const normalCould = floor.waiting.some(
    (visit) =>
      visit !== called && visit.tier === 0 && visit.flaggedAt === undefined && floor.canServe(counter, visit),
  );
  return normalCould ? floor.vipRun + 1 : floor.vipRun;
}

/** [L9] open, unheld counters without a visit: the VIP counter last, fewest skills first, then the longest idle. */
export const idleIn = <C extends Post>(floor: { readonly counters: readonly C[] }): C[] =>
  floor.counters
    .filter((counter) => counter.open && !counter.busy && !counter.held)
    .sort((a, b) => Number(a.vip) - Number(b.vip) || a.skills - b.skills || a.freeSince - b.freeSince);
