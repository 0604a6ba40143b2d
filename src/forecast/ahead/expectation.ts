import { weekdayFactor, weekdayOf } from '../../model/arrivals.js';
import { MINUTE } from '../../lobby/elapsed.js';
import type { LearntArrivals } from '../../protocol/settings.js';
import type { BranchModel } from './branchModel.js';
import { HALF_HOUR, publishedBranch, publishedHalfHours, publishedShares } from './published.js';

/** Who is expected for the rest of a day, as plain data. */
export interface Expectation {
  /** Local midnight, UTC ms. */
  midnight: number;
  /** Customers a minute, by half hour after it. */
  rates: number[];
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
  /** Who comes to this branch on such a day, where its own days say so. */
  learnt?: LearntArrivals | undefined;
}

/** As many customers as the day that was expected counts for until today's own tickets count for more. */
const PRIOR_CUSTOMERS = 30;
export const PRIOR_SHARES = 50;

/**
 * What the rest of the day is expected to bring: the branch's own day, or else the published one of that weekday scaled
 * to its counters, corrected by today's tickets. The factor is the mean of a gamma whose prior is worth 30 customers, the
 * shares those of a Dirichlet whose prior is worth 50 (conjugate to Poisson and multinomial counts).
 *
 * @param at branch time, UTC ms
 */
export function expectationOf(
  { midnight, day, serviceIds, issued, counters, lastTicket, learnt }: SoFar,
  at: number,
): Expectation {
  const size = weekdayFactor(weekdayOf(day));
  const usual = learnt?.halfHours ?? publishedHalfHours(counters).map((customers) => customers * size);
  const shares = learnt ? serviceIds.map((id) => learnt.services[id] ?? 0) : publishedShares(serviceIds);
  const given = serviceIds.map((id) => issued[id] ?? 0);
  const tickets = given.reduce((sum, count) => sum + count, 0);
  const expected = expectedUntil(usual, (at - midnight) / MINUTE);
  const factor = (PRIOR_CUSTOMERS + tickets) / (PRIOR_CUSTOMERS + expected);
  return {
    midnight,
    rates: usual.map((customers, half) => (customers / HALF_HOUR) * factor * partUntil(lastTicket, half)),
    services: given.map((count, i) => (PRIOR_SHARES * (shares[i] ?? 0) + count) / (PRIOR_SHARES + tickets)),
  };
}

/** The part of a half hour that lies before `minute` of the day, 0 … 1. */
const partUntil = (minute: number, half: number): number =>
  Math.min(1, Math.max(0, minute / HALF_HOUR - half));

/** Customers expected until `minute` of the day. */
const expectedUntil = (halfHours: readonly number[], minute: number): number =>
  halfHours.reduce((sum, customers, half) => sum + customers * partUntil(minute, half), 0);

/** Customers a minute at a time (UTC ms). */
export const rateAt = ({ midnight, rates }: Expectation, at: number): number =>
  rates[Math.floor((at - midnight) / MINUTE / HALF_HOUR)] ?? 0;

/** The expectation as forward runs ask for it. */
export const branchModelOf = (expectation: Expectation): BranchModel => ({
  ...publishedBranch,
  services: expectation.services,
  rate: (at) => rateAt(expectation, at),
  peak: Math.max(...expectation.rates),
});
