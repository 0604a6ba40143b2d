import type { RatioStep } from '../../protocol/settings.js';
import type { Turn } from '../../protocol/views.js';
import type { RatioPart } from '../../protocol/vocabulary.js';
import { classOf } from './classes.js';
import type { Candidate } from './floor.js';

/** The ratio's cycle, one entry for each call of it. */
const cycleOf = (ratio: readonly RatioStep[]): Turn[] =>
  ratio
    .flatMap(({ of, calls }) => Array.from({ length: calls }, (_, i) => ({ of, nth: i + 1, calls })))
    .map((call, slot) => ({ ...call, slot }));

/**
 * Whose turn it is at a counter that has come to `from` in its cycle [P-25], and who of the candidates that is. An
 * empty part is skipped; undefined when none of them is in the ratio.
 */
export function turnAmong<V extends Candidate>(
  candidates: readonly V[],
  ratio: readonly RatioStep[],
  from: number,
): { turn: Turn; among: V[] } | undefined {
  const named = new Set(ratio.map(({ of }) => of));
  const parts = new Map<RatioPart, V[]>();
  for (const visit of candidates) {
    const own = classOf(visit);
    const part = named.has(own) ? own : 'rest';
    const others = parts.get(part);
    if (others) others.push(visit);
    else parts.set(part, [visit]);
  }
  const cycle = cycleOf(ratio);
  for (let step = 0; step < cycle.length; step += 1) {
    const turn = cycle[(from + step) % cycle.length];
    const among = turn && parts.get(turn.of);
    if (among) return { turn, among };
  }
  return undefined;
}
