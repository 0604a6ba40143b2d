/** What a coming day is to a branch: eve of a holiday before pension day (15th–20th) before pay day (25th–30th). */
export const dayKinds = ['ordinary', 'pension', 'pay', 'eve', 'holiday'] as const;
export type DayKind = (typeof dayKinds)[number];

export interface ComingDay {
  /** YYYY-MM-DD */
  day: string;
  kind: DayKind;
  /** Neither a weekend nor a holiday; a weekend day worked in return for one is a working day. */
  working: boolean;
  /** False: the holidays of that time are not known. */
  known: boolean;
}

/**
 * Windows for half an hour: the fewest with which at most 5 % wait longer than 15 min, which may be more than there
 * are; or, where work comes faster than all windows can do it or still stands from before, the minutes that a newcomer
 * waits at worst with every window open.
 */
export type Need = { rule: 'steady'; counters: number } | { rule: 'overload'; waits: number };

/** A half hour in which tickets are given, or the part of one. Nothing is rounded. */
export interface RosterSlot {
  /** Minutes after local midnight [from, until). */
  from: number;
  until: number;
  /** Customers expected, and on a busy day such as comes once in ten. */
  arrivals: number;
  arrivalsBusy: number;
  /** Minutes of work that the expected customers bring. */
  work: number;
  needed: Need;
  neededBusy: Need;
}

/** `GET /api/v1/roster` for the next business day, `GET /api/v1/roster/<day>` for one of its choices. */
export interface Roster extends ComingDay {
  /** Every day that can be asked for. */
  choices: ComingDay[];
  /** Windows of the branch, and how many of them are elastic. */
  counters: number;
  elastic: number;
  /** Minutes that a customer takes a window on average, walk included. */
  minutesEach: number;
  basis: {
    /** Days of this branch that it rests on, and how many of them were like this one. */
    days: number;
    like: number;
    /** As many days the published branch counts for. */
    priorDays: number;
  };
  slots: RosterSlot[];
}
