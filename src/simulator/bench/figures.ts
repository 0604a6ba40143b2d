import type { Customer } from '../../model/arrivals.js';
import type { Played } from '../play.js';

export type Segment = 'normal' | 'vip' | 'appointment' | 'special';

export const segmentOf = ({ special, tier, booked }: Customer): Segment =>
  special ? 'special' : tier > 0 ? 'vip' : booked !== undefined ? 'appointment' : 'normal';

/** Sums of one day, so that days can be compared in pairs. */
export interface DayFigures {
  normals: number;
  /** Minutes from the arrival to the start of service, summed over the normal visits. */
  waited: number;
  over15: number;
  heldIdle: number;
  elasticMinutes: number;
  openings: number;
}

/** What a policy did in a cell: sums by day, and every wait by segment. */
export interface CellFigures {
  days: DayFigures[];
  /** Minutes, by segment, of everybody who was served. */
  waits: Record<Segment, number[]>;
  /** Waits of specials with a binding need. */
  binding: number[];
  /** Overtakes of each visit, love windows counted. */
  passed: number[];
}

export const noFigures = (): CellFigures => ({
  days: [],
  waits: { normal: [], vip: [], appointment: [], special: [] },
  binding: [],
  passed: [],
});

export function addDay(figures: CellFigures, customers: readonly Customer[], played: Played): void {
  const day: DayFigures = {
    normals: 0,
    waited: 0,
    over15: 0,
    heldIdle: played.heldIdle,
    elasticMinutes: played.elasticMinutes,
    openings: played.openings,
  };
  for (const [i, { arrivedAt, startedAt, passed }] of played.rows.entries()) {
    const customer = customers[i];
    if (!customer) continue;
    if (passed !== undefined) figures.passed.push(passed);
    if (startedAt === undefined) continue;
    const wait = startedAt - arrivedAt;
    const segment = segmentOf(customer);
    figures.waits[segment].push(wait);
    // One need is always one of care: more are binding.
    if (customer.special && customer.special.needs.length > 1) figures.binding.push(wait);
    if (segment !== 'normal') continue;
    day.normals += 1;
    day.waited += wait;
    if (wait > 15) day.over15 += 1;
  }
  figures.days.push(day);
}

/** Nearest-rank quantile, p in (0, 1]; NaN of nothing. */
export function quantile(values: readonly number[], p: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? NaN;
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

export const share = (values: readonly number[], holds: (value: number) => boolean): number =>
  values.filter(holds).length / values.length;

/** A relative change with its 95 % confidence interval, as shares: −0.25 is a quarter less. */
export interface Change {
  change: number;
  low: number;
  high: number;
}

/**
 * Change of a ratio of sums between two policies on the same days: R = (Σx/Σn) / (Σy/Σm), where n and m count
 * visits. Days are independent, so its variance is that of the mean of the days' linearised residuals (delta
 * method; Cochran 1977, "Sampling Techniques", ch. 6).
 */
export function pairedChange(
  ours: readonly (readonly [sum: number, count: number])[],
  theirs: readonly (readonly [sum: number, count: number])[],
): Change {
  const days = ours.length;
  const total = (pairs: readonly (readonly [number, number])[], at: 0 | 1): number =>
    pairs.reduce((sum, pair) => sum + pair[at], 0);
  const [x, n, y, m] = [total(ours, 0), total(ours, 1), total(theirs, 0), total(theirs, 1)];
  const ratio = x / n / (y / m);
  const residuals = ours.map(([xd, nd], d) => {
    const [yd, md] = theirs[d] ?? [0, 0];
    return ratio * days * (xd / x - nd / n - yd / y + md / m);
  });
  const variance = residuals.reduce((sum, each) => sum + each * each, 0) / (days * (days - 1));
  const half = 1.96 * Math.sqrt(variance);
  return { change: ratio - 1, low: ratio - 1 - half, high: ratio - 1 + half };
}

/** Half of the 95 % confidence interval of Σx/Σn over independent days, by the same residuals. */
export function halfInterval(pairs: readonly (readonly [sum: number, count: number])[]): number {
  const [sum, count] = pairs.reduce(([x, n], [xd, nd]) => [x + xd, n + nd], [0, 0]);
  const squares = pairs.reduce((all, [xd, nd]) => all + (xd - (nd * sum) / count) ** 2, 0);
  return (1.96 * Math.sqrt(squares)) / count;
}
