import type { MinutesRange } from './views.js';

/** Parameters of a `…range` text: "about 6–14 min", "about 6 min", "within 3 min". */
export const rangeParams = ({ low, high }: MinutesRange): { low: number; high: number; shape: string } => ({
  low,
  high,
  shape: low === 0 ? 'within' : low === high ? 'same' : 'other',
});

const BUSY_FROM = 5;
/**
 * Nobody waits before this customer, and yet it will take a while: the windows are at work for others. "Nobody
 * waiting" or "you are next" beside such a range would puzzle [W-28].
 * @param minutes the expected wait, whole minutes
 */
export const windowsBusy = (minutes: MinutesRange | undefined): boolean =>
  minutes !== undefined && minutes.low >= BUSY_FROM;
