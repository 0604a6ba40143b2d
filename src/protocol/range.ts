import type { MinutesRange } from './views.js';

/** Parameters of a `…range` text: "about 6–14 min", "about 6 min", "within 3 min". */
export const rangeParams = ({ low, high }: MinutesRange): { low: number; high: number; shape: string } => ({
  low,
  high,
  shape: low === 0 ? 'within' : low === high ? 'same' : 'other',
});
