import branchDay from '../../model/branch-day.json' with { type: 'json' };
import { usualSettings } from '../../protocol/usualSettings.js';
import { hourlyRates } from '../../model/arrivals.js';
import type { BranchModel } from './branchModel.js';

const { assumptions } = branchDay;
const {
  segments,
  walkMinutes,
  lines,
  serviceClassShares: shares,
  foreignExchangeShare: foreign,
} = assumptions;

/** Shares of the template's services in the published model. */
const byService: Record<string, number> = (() => {
  const company = lines.corporate;
  const own = 1 - company;
  const cash = lines.cash * (1 - foreign);
  const other = (own - lines.cash) * (1 - foreign);
  return {
    cash: cash * shares.personal.immediate,
    cashComplex: cash * (1 - shares.personal.immediate),
    personal: other * shares.personal.immediate,
    personalComplex: other * shares.personal.complex,
    personalApproval: other * shares.personal.approval,
    foreignExchange: own * foreign,
    corporate: company * shares.corporate.immediate,
    corporateComplex: company * shares.corporate.complex,
    corporateApproval: company * shares.corporate.approval,
  };
})();

/** Of the published branch: everything that no day's count says. */
export const publishedBranch = {
  vip: segments.vip,
  appointment: segments.appointment,
  special: segments.special,
  noShow: assumptions.noShowShare,
  givenUpAfter: assumptions.noShowCostMinutes,
  usual: usualSettings.referenceMinutes,
  walk: walkMinutes.normal,
  escort: walkMinutes.special,
} satisfies Partial<BranchModel>;

/**
 * Shares of all customers in the published branch, adding up to 1: those of the services it names, or all alike
 * where none is named.
 */
export function publishedShares(serviceIds: readonly string[]): number[] {
  const known = serviceIds.map((id) => byService[id] ?? 0);
  const sum = known.reduce((total, share) => total + share, 0);
  return known.map((share) => (sum > 0 ? share / sum : 1 / serviceIds.length));
}

export const HALF_HOURS = 48;
/** Minutes. */
export const HALF_HOUR = 30;
/** Counters of the published branch that are open all day. */
const PUBLISHED_COUNTERS = 6;

/** Customers in each half hour after midnight of the published day, for a branch with that many counters open all day. */
export function publishedHalfHours(counters: number): number[] {
  const halves = Array.from({ length: HALF_HOURS }, () => 0);
  for (const [hour, customers] of hourlyRates())
    for (const half of [2 * hour, 2 * hour + 1])
      halves[half] = (customers * counters) / PUBLISHED_COUNTERS / 2;
  return halves;
}

/**
 * A branch of which nothing is known yet, as the published day has it.
 *
 * @param rate customers a minute at a time (UTC ms), at most `peak`
 */
export const publishedModel = (
  serviceIds: readonly string[],
  rate: (at: number) => number,
  peak: number,
): BranchModel => ({ ...publishedBranch, services: publishedShares(serviceIds), rate, peak });
