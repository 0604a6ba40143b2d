import { normalTail } from '../../lobby/remaining.js';

/**
 * Standard normal quantile, relative error about 1e-7. Source: Wichura (1988), algorithm AS 241 (PPND7), Applied
 * Statistics 37, 477–484.
 *
 * @param p in (0, 1)
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (
      (q * (((59.10937472 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179)) /
      (((67.1875636 * r + 78.757757664) * r + 17.895169469) * r + 1)
    );
  }
  const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  const x =
    r <= 5
      ? (((0.17023821103 * (r - 1.6) + 1.3067284816) * (r - 1.6) + 2.75681539) * (r - 1.6) + 1.4234372777) /
        ((0.12021132975 * (r - 1.6) + 0.7370016425) * (r - 1.6) + 1)
      : (((0.017337203997 * (r - 5) + 0.42868294337) * (r - 5) + 3.081226386) * (r - 5) + 6.657905115) /
        ((0.012258202635 * (r - 5) + 0.24197894225) * (r - 5) + 1);
  return q < 0 ? -x : x;
}

/** Below this the tail has too few digits left to be inverted. */
const FAR = 1e-9;

/**
 * A lognormal service time of this mean (minutes) and coefficient of variation that is known to exceed `elapsed`,
 * by inversion: S = exp(μ + σ·z), Φ̄(z) = u·Φ̄((ln elapsed − μ)/σ).
 *
 * @param u uniform in (0, 1]
 */
export function lognormalBeyond(mean: number, cv: number, elapsed: number, u: number): number {
  if (cv <= 0) return Math.max(mean, elapsed);
  const variance = Math.log(1 + cv * cv);
  const sigma = Math.sqrt(variance);
  const mu = Math.log(mean) - variance / 2;
  const tail = elapsed <= 0 ? 1 : normalTail((Math.log(elapsed) - mu) / sigma);
  if (tail < FAR) {
    // Far out the excess is nearly exponential with mean elapsed·σ/z, the inverse hazard.
    const z = (Math.log(elapsed) - mu) / sigma;
    return elapsed - Math.log(u) * ((elapsed * sigma) / z);
  }
  return Math.max(elapsed, Math.exp(mu - sigma * normalQuantile(Math.max(u * tail, Number.MIN_VALUE))));
}
