/** ms */
const MINUTE = 60_000;

/** The zone's clocks are moved once between the day's midnight and its end: summer time begins or ends. */
export interface ClockChange {
  /** UTC ms. */
  at: number;
  /** How far the clocks jump: 60 forward in spring, −60 back in autumn. */
  byMinutes: number;
}

export interface LocalDay {
  /** UTC ms of the local midnight with which the date begins. */
  midnight: number;
  /** Absent on all but two days a year. */
  change?: ClockChange;
}

/** What the clocks on the branch's walls show at `at` (UTC ms), minutes after local midnight. */
export const minuteAt = ({ midnight, change }: LocalDay, at: number): number =>
  (at - midnight) / MINUTE + (change !== undefined && at >= change.at ? change.byMinutes : 0);

/**
 * When the clocks on the branch's walls show that minute of the day (UTC ms). A minute that is skipped is the change
 * itself; of one that comes twice it is the first [D-13].
 * @param minute after local midnight as the clocks show it; 1440 and above: in the night that follows
 */
export function instantOf({ midnight, change }: LocalDay, minute: number): number {
  const at = midnight + minute * MINUTE;
  if (change === undefined || at < change.at) return at;
  return Math.max(change.at, at - change.byMinutes * MINUTE);
}
