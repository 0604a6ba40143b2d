import type { BranchSetup, LearntTime, Service } from '../protocol/settings.js';
import type { DayTimes } from './serviceTimes.js';

/** How many services the set figures are worth. */
const PRIOR_SERVICES = 20;
/** What a day counts beside the business day after it: half after six or seven of them. */
const FADING = 0.9;
/** Business days that count; the oldest is worth a twentieth of the latest. */
export const DAYS_LEARNT_FROM = 30;
/** However wrong the set minutes are, the learnt ones stay within this many times them. */
const FARTHEST = 3;
/** A coefficient of variation beyond these is no spread of a service, unless it was set so. */
const LEAST_CV = 0.1;
const MOST_CV = 2;

const within = (least: number, figure: number, most: number): number =>
  Math.min(most, Math.max(least, figure));

/**
 * Mean and spread of a lognormal service time after what the past days say. The logarithms of the minutes are normal;
 * their mean has a conjugate normal prior worth `PRIOR_SERVICES` services (Gelman et al. 2013, "Bayesian Data
 * Analysis", 2.5), their variance is pooled with the set one by the same weights. So the logarithm of the mean minutes
 * is the weighted mean of the set and the seen one, and the figure lies between both. This is not the full posterior:
 * the term of its variance that grows with the distance of both means is left out, since it would lift the figure above
 * both where they disagree. Undefined where nothing is set, as there is no prior, or nothing was seen.
 *
 * @param days newest first
 */
export function learntTime(
  { id, time }: Pick<Service, 'id' | 'time'>,
  days: readonly DayTimes[],
): LearntTime | undefined {
  if (!time) return undefined;
  let services = 0;
  let weight = 0;
  let sum = 0;
  let squares = 0;
  for (const [age, day] of days.slice(0, DAYS_LEARNT_FROM).entries()) {
    const own = Object.hasOwn(day, id) ? day[id] : undefined;
    if (!own) continue;
    const worth = FADING ** age;
    services += own.services;
    weight += worth * own.services;
    sum += worth * own.sum;
    squares += worth * own.squares;
  }
  if (services === 0) return undefined;
  const { mean, cv } = time;
  const setVariance = Math.log(1 + cv * cv);
  const seenMean = sum / weight;
  const seenVariance = Math.max(0, squares / weight - seenMean * seenMean);
  const share = weight / (weight + PRIOR_SERVICES);
  const mix = (set: number, seen: number): number => (1 - share) * set + share * seen;
  const variance = mix(setVariance, seenVariance);
  const minutes = Math.exp(mix(Math.log(mean) - setVariance / 2, seenMean) + variance / 2);
  return {
    mean: within(mean / FARTHEST, minutes, mean * FARTHEST),
    cv: within(Math.min(cv, LEAST_CV), Math.sqrt(Math.expm1(variance)), Math.max(cv, MOST_CV)),
    services,
  };
}

/** By service, of those of which anything is learnt. @param days newest first */
export const learntTimes = (
  { services }: BranchSetup,
  days: readonly DayTimes[],
): Record<string, LearntTime> =>
  Object.fromEntries(
    services.flatMap((service) => {
      const learnt = learntTime(service, days);
      return learnt ? [[service.id, learnt]] : [];
    }),
  );

/** The setup as a day opens with it [L16]. */
export function withLearnt(setup: BranchSetup, days: readonly DayTimes[]): BranchSetup {
  const learnt = learntTimes(setup, days);
  return {
    ...setup,
    services: setup.services.map((service) => {
      const own = learnt[service.id];
      return own ? { ...service, learnt: own } : service;
    }),
  };
}
