import type { DaySettings, Overflow, QuickCounter } from '../../protocol/settings.js';
import { SECOND } from '../elapsed.js';
import type { Candidate, Floor, Post } from './floor.js';
import { keepsBand } from '../../protocol/starvation.js';
import { isProtected, pick, type Picked } from './pick.js';

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

/** Why a counter leaves visits that it could serve to others. */
export type Kept = 'scarceCounter' | 'overflow' | 'quick';

/** [P-27] Whether the first who waits for the service has waited until the counter helps with it. */
const helpsBy = <C extends Post, V extends Candidate>(
  floor: Floor<C, V>,
  { serviceId, seconds }: Overflow,
  at: number,
): boolean =>
  floor.waiting.some((visit) => visit.serviceId === serviceId && at >= visit.since + seconds * SECOND);

/** [P-27] Whether the counter's delay for the visit's service, if it has one, is over. */
const helps = <C extends Post, V extends Candidate>(
  floor: Floor<C, V>,
  counter: C,
  visit: V,
  at: number,
): boolean =>
  !floor.settings.overflows?.some(
    (each) =>
      each.counterId === counter.id && each.serviceId === visit.serviceId && !helpsBy(floor, each, at),
  );

/** [P-28] Its service is known to take no longer than the counter takes by itself. */
const isQuick = ({ mean }: Pick<Candidate, 'mean'>, { minutes }: QuickCounter): boolean =>
  mean !== undefined && mean <= minutes;

const quickRuleOf = ({ quickCounters }: DaySettings, counterId: string): QuickCounter | undefined =>
  quickCounters?.find((each) => each.counterId === counterId);

/** [P-28] False at a quick counter that never takes such a service: its customers need another. */
export function takesAtAll(
  settings: DaySettings,
  counterId: string,
  service: Pick<Candidate, 'mean'>,
): boolean {
  const quick = quickRuleOf(settings, counterId);
  return quick?.others !== 'never' || isQuick(service, quick);
}

/** [P-28] Whether the counter takes the visit now, given whom else it could call. */
function takesBeside<C extends Post, V extends Candidate>(
  { settings }: Floor<C, V>,
  counter: C,
  visit: V,
  others: () => readonly V[],
  at: number,
): boolean {
  const quick = quickRuleOf(settings, counter.id);
  if (!quick || isQuick(visit, quick)) return true;
  return quick.others !== 'never' && !others().some((each) => each.place <= at && isQuick(each, quick));
}

/** No rule of a counter keeps it from these. */
const isExempt = (visit: Candidate, settings: DaySettings, at: number): boolean =>
  visit.flaggedAt !== undefined || (keepsBand(settings) && isProtected(visit, settings, at));

/** Whether the counter can serve the visit and its own rules let it do so now [P-27, P-28]. */
function takes<C extends Post, V extends Candidate>(
  floor: Floor<C, V>,
  counter: C,
  visit: V,
  at: number,
): boolean {
  if (!floor.canServe(counter, visit)) return false;
  const helpsWith = (each: V): boolean =>
    isExempt(each, floor.settings, at) || helps(floor, counter, each, at);
  const others = (): V[] => servableBy(floor, counter).filter(helpsWith);
  return helpsWith(visit) && takesBeside(floor, counter, visit, others, at);
}

/** True when a normal visit of a long class must leave this counter to scarce needs: an unheld one that isn't kept takes it. */
const leftToScarce = <C extends Post, V extends Candidate>(
  floor: Floor<C, V>,
  counter: C,
  visit: V,
  at: number,
): boolean =>
  visit.long &&
  floor.counters.some(
    (other) =>
      other !== counter &&
      other.open &&
      !other.held &&
      takes(floor, other, visit, at) &&
      // Two that are both kept would leave it to each other.
      scarceAt(floor, other) === 0,
  );

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
  const keep = (why: Kept, mayCall: (visit: V) => boolean): void => {
    const rest = left.filter((visit) => isExempt(visit, settings, at) || mayCall(visit));
    if (rest.length < left.length) kept ??= why;
    left = rest;
  };
  if (scarceAt(floor, counter) !== 0)
    keep('scarceCounter', (visit) => !leftToScarce(floor, counter, visit, at));
  if (settings.overflows?.length) keep('overflow', (visit) => helps(floor, counter, visit, at));
  if (settings.quickCounters?.length)
    keep('quick', (visit) => takesBeside(floor, counter, visit, () => left, at));
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
