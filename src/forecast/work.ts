export interface ServiceTime {
  mean: number;
  cv: number;
}

/** Minutes of service that stand before somebody. */
export interface Work {
  mean: number;
  variance: number;
  /** Visits it is made of, each by its share. */
  visits: number;
  /** Something in it has no service time: there is no basis for an estimate. */
  unknown: boolean;
}

export const noWork = (): Work => ({ mean: 0, variance: 0, visits: 0, unknown: false });

/**
 * Adds one service, done at the counters in question with probability `share` (0–1). Mean and variance of
 * a service time thinned by that probability: p·m and p·m²(1 + cv²) − (p·m)².
 */
export function add(work: Work, time: ServiceTime | undefined, share: number): void {
  if (share <= 0) return;
  work.visits += share;
  if (!time) {
    work.unknown = true;
    return;
  }
  const mean = share * time.mean;
  work.mean += mean;
  work.variance += share * time.mean * time.mean * (1 + time.cv * time.cv) - mean * mean;
}

/** The part of `mine` that `theirs` shares, 0–1: a visit is as likely at each counter that fits it. */
export function shareOf(mine: ReadonlySet<string>, theirs: ReadonlySet<string>): number {
  if (mine.size === 0) return 0;
  let shared = 0;
  for (const counter of mine) if (theirs.has(counter)) shared += 1;
  return shared / mine.size;
}
