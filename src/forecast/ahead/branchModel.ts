/** What a forecast expects of the people to come. Shares are of all customers, 0 … 1. */
export interface BranchModel {
  /** Customers a minute at a time (UTC ms). */
  rate(at: number): number;
  /** The most that `rate` ever gives. */
  readonly peak: number;
  /** By index of service, adding up to 1. */
  readonly services: readonly number[];
  readonly vip: number;
  readonly appointment: number;
  readonly special: number;
  readonly noShow: number;
  /** Minutes until a customer who does not come is given up. */
  readonly givenUpAfter: number;
  /** Minutes of a service without a model. */
  readonly usual: number;
  /** Minutes from the seat to the window, lognormal: everybody's, and with an escort. */
  readonly walk: { mean: number; cv: number };
  readonly escort: { mean: number; cv: number };
}
