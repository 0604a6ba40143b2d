import { MINUTE } from './elapsed.js';
import { presentService, settingsOf, visitOf } from './lookup.js';
import { expectedTime } from './service-time.js';
import type { Counter, LobbyState } from './state.js';

/**
 * Upper tail of the standard normal, 1 − Φ(z), absolute error < 1.5e-7 for z ≥ 0.
 * Source: Abramowitz & Stegun (1964), formula 7.1.26 for erf, with erf(x) = 2Φ(x√2) − 1.
 */
export function normalTail(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const poly =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const upper = 0.5 * poly * Math.exp(-x * x);
  return z >= 0 ? upper : 1 - upper;
}

/**
 * Expected remaining minutes of a lognormal service of mean `mean` minutes and coefficient of variation
 * `cv` that has run `elapsed` minutes: E[S − e | S > e] = m·Φ̄(z − σ)/Φ̄(z) − e with z = (ln e − μ)/σ,
 * σ² = ln(1 + cv²), μ = ln m − σ²/2. Never negative; in the far tail, where the quotient loses its
 * digits, the asymptote e·σ/z (hazard of the lognormal) is used.
 */
export function lognormalRemaining(mean: number, cv: number, elapsed: number): number {
  if (elapsed <= 0) return mean;
  if (cv <= 0) return Math.max(0, mean - elapsed);
  const sigma = Math.sqrt(Math.log(1 + cv * cv));
  const mu = Math.log(mean) - (sigma * sigma) / 2;
  const z = (Math.log(elapsed) - mu) / sigma;
  if (z > 4) return (elapsed * sigma) / z;
  return Math.max(0, (mean * normalTail(z - sigma)) / normalTail(z) - elapsed);
}

/** The standard normal's 90th percentile. */
const Z90 = 1.2815515655;

/** Minutes that nine in ten lognormal services of this mean and coefficient of variation are done within. */
export function lognormalP90(mean: number, cv: number): number {
  const sigma = Math.sqrt(Math.log(1 + cv * cv));
  return mean * Math.exp(sigma * Z90 - (sigma * sigma) / 2);
}

/**
 * Minutes until the counter is expected free at `at` (UTC ms): 0 when it has no visit, undefined when
 * its service has no model and the teller set no "long service" mark, so that there is no basis.
 */
export function expectedRemaining(state: LobbyState, counter: Counter, at: number): number | undefined {
  if (!counter.visitId) return 0;
  const visit = visitOf(state, counter.visitId);
  const stage = visit.stage;
  if (stage.status !== 'called' && stage.status !== 'serving') return 0;
  const model = expectedTime(presentService(state, visit), settingsOf(state));
  const elapsed = stage.status === 'serving' ? (at - stage.at) / MINUTE : 0;
  if (stage.status === 'serving' && stage.long) {
    const marked = (stage.long.at + stage.long.minutes * MINUTE - at) / MINUTE;
    if (marked > 0) return marked;
  }
  return model && lognormalRemaining(model.mean, model.cv, elapsed);
}

/**
 * The service at this counter has lasted longer than nine in ten like it at `at` (UTC ms), and its teller has not said
 * how much longer it takes. False without a basis.
 */
export function isLasting(state: LobbyState, counter: Counter, at: number): boolean {
  const visit = counter.visitId === undefined ? undefined : visitOf(state, counter.visitId);
  if (visit?.stage.status !== 'serving') return false;
  const { at: since, long } = visit.stage;
  if (long && long.at + long.minutes * MINUTE > at) return false;
  const model = expectedTime(presentService(state, visit), settingsOf(state));
  return model !== undefined && at - since >= lognormalP90(model.mean, model.cv) * MINUTE;
}
