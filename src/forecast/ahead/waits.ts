import { chanceOf } from '../../model/chance.js';
import type { CompactLobby } from '../compact/lobby.js';
import type { CompactVisit } from '../compact/things.js';
import type { BranchModel } from './branchModel.js';
import { Future } from './future.js';

/** Quantiles of one visit's wait from now to the start of service, minutes. */
export interface WaitAhead {
  visit: CompactVisit;
  p10: number;
  p50: number;
  p90: number;
}

/**
 * Waits of everybody who is expected at a counter, from `runs` ways the next hours may go. One batch gives all of
 * them. A visit that in more than half of the runs was not served within the horizon has none.
 *
 * @param at branch time, UTC ms
 * @param seed the same seed gives the same futures
 */
export function waitsAhead(
  lobby: CompactLobby,
  model: BranchModel,
  at: number,
  runs: number,
  seed: number,
): WaitAhead[] {
  const visits = lobby.expected();
  const waits = visits.map(() => new Float64Array(runs));
  const one = new Float64Array(visits.length);
  for (let run = 0; run < runs; run += 1) {
    one.fill(Infinity);
    new Future(lobby, model, chanceOf(seed + run), at, one).live();
    for (const [i, each] of waits.entries()) each[run] = one[i] ?? Infinity;
  }
  return visits.flatMap((visit, i) => {
    const own = waits[i]?.sort();
    const quantile = (p: number): number => own?.[Math.max(0, Math.ceil(p * runs) - 1)] ?? Infinity;
    const p50 = quantile(0.5);
    return Number.isFinite(p50) ? [{ visit, p10: quantile(0.1), p50, p90: quantile(0.9) }] : [];
  });
}
