import type { Visit } from '../lobby/state.js';
import type { VisitClass, Waits } from '../protocol/lookingBack.js';

/** The slope that a visit has now [P-1], as the report's class. */
export const classOf = ({ flag, tier, appointmentAt }: Visit): VisitClass =>
  flag ? 'special' : tier > 0 ? 'vip' : appointmentAt === undefined ? 'normal' : 'appointment';

/** Nearest-rank quantile of sorted values, p in (0, 1]. */
const quantile = (sorted: readonly number[], p: number): number =>
  sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? 0;

/** A threshold is reached at ≥. */
const LONG_MINUTES = 15;
export const isLong = (minutes: number): boolean => minutes >= LONG_MINUTES;

/** @param minutes of each wait, in any order */
export function waitsOf(minutes: readonly number[]): Record<keyof Waits, number> | null {
  if (minutes.length === 0) return null;
  const sorted = [...minutes].sort((a, b) => a - b);
  return {
    count: sorted.length,
    mean: sorted.reduce((sum, each) => sum + each, 0) / sorted.length,
    p50: quantile(sorted, 0.5),
    p90: quantile(sorted, 0.9),
    longest: sorted.at(-1) ?? 0,
    from15: sorted.filter(isLong).length / sorted.length,
  };
}
