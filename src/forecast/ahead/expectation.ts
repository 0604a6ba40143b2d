import { hourlyRates, weekdayFactor, weekdayOf } from '../../model/arrivals.js';
import { MINUTE } from '../../lobby/elapsed.js';
import type { BranchModel } from './branchModel.js';
import { publishedBranch, publishedShares } from './published.js';

/** Who is expected for the rest of a day, as plain data. */
export interface Expectation {
  /** Local midnight, UTC ms. */
  midnight: number;
  /** Customers a minute, by hour of the day. */
  hourly: number[];
  /** Shares of all customers by index of service, adding up to 1. */
  services: number[];
}

/** What is known of a day so far. */
export interface SoFar {
  midnight: number;
  /** Business date, YYYY-MM-DD. */
  day: string;
  serviceIds: readonly string[];
  /** Tickets given today, by service. */
  issued: Readonly<Record<string, number>>;
  /** Counters of the branch that aren't elastic. */
  counters: number;
  /** Minute after midnight from which nobody gets a ticket. */
  lastTicket: number;
}

/** As many customers as the published day counts for until today's own tickets count for more. */
const PRIOR_CUSTOMERS = 30;
export const PRIOR_SHARES = 50;
/** Counters of the published branch that are open all day. */
export const PUBLISHED_COUNTERS = 6;

/**
 * What the rest of the day is expected to bring: the published day of that weekday, scaled to the branch's counters,
 * corrected by today's tickets. The factor is the mean of a gamma whose prior is worth 30 customers, the shares those
 * of a Dirichlet whose prior is worth 50 (conjugate to Poisson and multinomial counts).
 *
 * @param at branch time, UTC ms
 */
export function expectationOf(
  { midnight, day, serviceIds, issued, counters, lastTicket }: SoFar,
  at: number,
): Expectation {
  const size = (counters / PUBLISHED_COUNTERS) * weekdayFactor(weekdayOf(day));
  const usual = Array.from({ length: 24 }, () => 0);
  for (const [hour, customers] of hourlyRates()) usual[hour] = (customers * size) / 60;
  const given = serviceIds.map((id) => issued[id] ?? 0);
  const tickets = given.reduce((sum, count) => sum + count, 0);
  const expected = expectedUntil(usual, (at - midnight) / MINUTE);
  const factor = (PRIOR_CUSTOMERS + tickets) / (PRIOR_CUSTOMERS + expected);
  const shares = publishedShares(serviceIds);
  return {
    midnight,
    hourly: usual.map(
      (rate, hour) => rate * factor * Math.min(1, Math.max(0, (lastTicket - 60 * hour) / 60)),
    ),
    services: given.map((count, i) => (PRIOR_SHARES * (shares[i] ?? 0) + count) / (PRIOR_SHARES + tickets)),
  };
}

/** Customers expected until `minute` of the day. */
const expectedUntil = (hourly: readonly number[], minute: number): number =>
  hourly.reduce((sum, rate, hour) => sum + rate * Math.min(60, Math.max(0, minute - 60 * hour)), 0);

/** The expectation as forward runs ask for it. */
export const branchModelOf = ({ midnight, hourly, services }: Expectation): BranchModel => ({
  ...publishedBranch,
  services,
  rate: (at) => hourly[Math.floor((at - midnight) / MINUTE / 60)] ?? 0,
  peak: Math.max(...hourly),
});
