import type { BranchSetup } from '../../protocol/settings.js';
import { calendarDay, weekFactor, type CalendarDay } from '../../model/calendar.js';
import { PRIOR_SHARES } from '../ahead/expectation.js';
import { publishedHalfHours, publishedShares } from '../ahead/published.js';
import { busyQuantile } from '../range.js';
import { DAY_SPREAD } from '../staffing.js';

/** A day that the branch has had, by half hours after local midnight. */
export interface PastDay {
  /** YYYY-MM-DD */
  day: string;
  came: number[];
  /** For what part of the half hour a ticket could be had, 0 … 1; only what came in it was counted. */
  open: number[];
  /** Who took a ticket, and how often each service was asked for. */
  customers: number;
  services: Record<string, number>;
}

export interface ExpectedArrivals {
  /** Customers of each half hour if tickets were given all through it: the mean, and on one day in ten. */
  mean: number[];
  busy: number[];
  days: number;
  like: number;
}

/** So many days the published branch counts for against the branch's own, and these against those like the one asked for. */
export const PRIOR_DAYS = 5;

interface Weighed {
  past: PastDay;
  at: CalendarDay;
}

/**
 * Customers of a half hour after `days` were seen: gamma prior worth PRIOR_DAYS days, Poisson counts, each day in
 * proportion to its weekday and to the part of the half hour in which tickets were given (Gelman et al. 2013, "Bayesian
 * Data Analysis", ch. 2.6). A half hour in which nobody could come teaches nothing.
 *
 * @returns mean on a day whose weekday factor is 1, and the gamma's shape
 */
function learnt(prior: readonly number[], days: readonly Weighed[]): { mean: number; shape: number }[] {
  return prior.map((expected, i) => {
    let shape = PRIOR_DAYS * expected;
    let rate = PRIOR_DAYS;
    for (const { past, at } of days) {
      shape += past.came[i] ?? 0;
      rate += (past.open[i] ?? 0) * weekFactor(at);
    }
    return { mean: shape / rate, shape };
  });
}

const isLike = (one: CalendarDay, other: CalendarDay): boolean =>
  one.kind === other.kind && one.working === other.working;

/**
 * Who is expected on a day: the published day scaled to the branch's counters is the prior of the branch's own days,
 * and what comes of these the prior of those like the one asked for. A busy day differs from the mean by as much as
 * days of one kind do, and by how little is known.
 *
 * @param past at most one of each date
 * @param counters of the branch that aren't elastic
 */
export function expectedArrivals(
  day: CalendarDay,
  past: readonly Weighed[],
  counters: number,
): ExpectedArrivals {
  const like = past.filter(({ at }) => isLike(at, day));
  const others = past.filter(({ at }) => !isLike(at, day));
  const usual = learnt(publishedHalfHours(counters), others).map(({ mean }) => mean);
  const halves = learnt(usual, like);
  const factor = weekFactor(day);
  return {
    mean: halves.map(({ mean }) => mean * factor),
    busy: halves.map(({ mean, shape }) =>
      shape === 0 ? 0 : busyQuantile(mean * factor, (mean * factor) ** 2 * (DAY_SPREAD ** 2 + 1 / shape)),
    ),
    days: past.length,
    like: like.length,
  };
}

/** The same for a day of a branch that opens with this setup. @param day YYYY-MM-DD */
export function arrivalsOn(
  { counters, timeZone }: Pick<BranchSetup, 'counters' | 'timeZone'>,
  day: string,
  past: readonly PastDay[],
): ExpectedArrivals {
  const weighed = past.map((each) => ({ past: each, at: calendarDay(each.day, timeZone) }));
  return expectedArrivals(
    calendarDay(day, timeZone),
    weighed,
    counters.filter(({ elastic }) => !elastic).length,
  );
}

/**
 * How often a customer asks for each service: Dirichlet around the published shares, as for the rest of a running day.
 * Whoever came for a service that there is no longer says nothing of the others.
 */
export function servicesEach(ids: readonly string[], past: readonly PastDay[]): number[] {
  const shares = publishedShares(ids);
  const asked = new Map(ids.map((id) => [id, 0]));
  let customers = 0;
  for (const day of past) {
    let all = 0;
    let known = 0;
    for (const [id, times] of Object.entries(day.services)) {
      const before = asked.get(id);
      all += times;
      if (before === undefined) continue;
      known += times;
      asked.set(id, before + times);
    }
    if (all > 0) customers += (day.customers * known) / all;
  }
  return ids.map(
    (id, i) => (PRIOR_SHARES * (shares[i] ?? 0) + (asked.get(id) ?? 0)) / (PRIOR_SHARES + customers),
  );
}
