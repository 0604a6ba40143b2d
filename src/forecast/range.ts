import type { MinutesRange } from '../protocol/views.js';

/** Standard normal quantile of 0.9. */
const Z90 = 1.2816;

/**
 * Quantile of a gamma variable of this mean and variance at the standard normal quantile `z`, by the
 * cube-root approximation: with shape k = mean²/variance, q = mean · (1 − 1/(9k) + z/(3√k))³. Within 3 %
 * for k ≥ 1 at P50 and P90. Source: Wilson & Hilferty (1931), PNAS 17, 684–688.
 */
function gammaQuantile(mean: number, variance: number, z: number): number {
  if (variance <= 0 || mean <= 0) return mean;
  const shape = (mean * mean) / variance;
  const root = 1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape));
  return mean * Math.max(0, root) ** 3;
}

/** What a gamma variable of this mean and variance exceeds one time in ten. */
export const busyQuantile = (mean: number, variance: number): number => gammaQuantile(mean, variance, Z90);

/**
 * The wait as a range, P50 to P90, in whole minutes; a sum of service times is taken as gamma
 * distributed. Never below 1 minute, the upper end always above the lower; undefined unless both figures
 * are finite and not negative.
 */
export function rangeOf(mean: number, variance: number): MinutesRange | undefined {
  if (!Number.isFinite(mean) || !Number.isFinite(variance) || mean < 0 || variance < 0) return undefined;
  const low = Math.max(1, Math.round(gammaQuantile(mean, variance, 0)));
  const high = Math.max(low + 1, Math.round(gammaQuantile(mean, variance, Z90)));
  return Number.isFinite(high) ? { low, high } : undefined;
}
