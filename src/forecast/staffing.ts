import type { Floor } from '../lobby/choice/floor.js';
import type { AdviceStyle } from '../protocol/vocabulary.js';

/** Minutes of work per counter above and below which advice is given, and how far it looks ahead. */
export interface AdviceLimits {
  openAbove: number;
  openWithin: number;
  closeBelow: number;
  closeWithin: number;
  /** Minutes a counter stays open at least. */
  openAtLeast: number;
}

/** Opens early, for short waits. */
export const forecastLimits: AdviceLimits = {
  openAbove: 11.2,
  openWithin: 25,
  closeBelow: 6.5,
  closeWithin: 30,
  openAtLeast: 30,
};

/** Opens as late as the waits allow. */
export const leanLimits: AdviceLimits = { ...forecastLimits, openAbove: 15.6, closeBelow: 9 };

/** @returns undefined for a branch that wants no advice */
export function adviceLimits(style: AdviceStyle = 'lean'): AdviceLimits | undefined {
  switch (style) {
    case 'off':
      return undefined;
    case 'lean':
      return leanLimits;
    case 'early':
      return forecastLimits;
  }
}

/** How unlike days of the same kind are: coefficient of variation of their customers. */
export const DAY_SPREAD = 0.15;

/**
 * How busy the day is against what was expected of it, by who has come so far: mean of a gamma distribution around 1
 * with that spread, after a Poisson count (Gelman et al. 2013, "Bayesian Data Analysis", ch. 2.6). In the morning it
 * is 1, later what the day shows.
 *
 * @param come customers so far
 * @param expected customers until now on a day like others
 */
export function dayFactor(come: number, expected: number): number {
  const prior = 1 / (DAY_SPREAD * DAY_SPREAD);
  return (prior + come) / (prior + expected);
}

/** Customers a minute, `ahead` minutes from now. */
export type Arrivals = (ahead: number) => number;

/**
 * Minutes of work in the lobby: what waits, by its mean, and what is left of the services that run. A service
 * without a model counts as the usual minutes, and so does a visit that a counter is held for.
 *
 * @param reserved visits with a counter held for them, not called yet
 * @param usual mean minutes that a customer takes a counter, walk included
 */
export function workNow(floor: Floor, reserved: number, usual: number, at: number): number {
  let work = reserved * usual;
  for (const { mean } of floor.waiting) work += mean ?? usual;
  for (const counter of floor.counters) if (counter.busy) work += floor.remaining(counter, at) ?? usual;
  return work;
}

/**
 * The most work per counter (minutes) that lies before `counters` within the next `horizon` minutes:
 * V(h + dt) = max(0, V(h) + λ(t + h)·m̄·dt − c·dt), v = V/c, dt = 1 min. A fluid balance (Newell 1982,
 * "Applications of Queueing Theory", ch. 2).
 */
export function peakAhead(
  work: number,
  counters: number,
  horizon: number,
  usual: number,
  arrivals: Arrivals,
): number {
  let peak = work / counters;
  for (let ahead = 0, left = work; ahead < horizon; ahead += 1) {
    left = Math.max(0, left + arrivals(ahead) * usual - counters);
    peak = Math.max(peak, left / counters);
  }
  return peak;
}

/**
 * What the next minutes ask for: one counter more, one less, or neither.
 *
 * @param counters open or asked for
 */
export function adviceFor(
  work: number,
  counters: number,
  usual: number,
  arrivals: Arrivals,
  limits: AdviceLimits,
): { advice: 'open' | 'close' | 'none'; peak: number } {
  const peak = peakAhead(work, counters, limits.openWithin, usual, arrivals);
  if (peak > limits.openAbove) return { advice: 'open', peak };
  if (counters < 2) return { advice: 'none', peak };
  const fewer = peakAhead(work, counters - 1, limits.closeWithin, usual, arrivals);
  return fewer < limits.closeBelow ? { advice: 'close', peak: fewer } : { advice: 'none', peak };
}
