import { PATIENCE_MS } from '../staff/patience.js';

/**
 * One act after the other. The view shows an act's outcome a moment before its answer arrives, so a quick hand may
 * strike the next key meanwhile: that key waits its turn instead of being lost. The same key twice is one act, and
 * a key struck long before the answer came may be meant no more: it is not done, and `forgotten` says so [W-42].
 */
export function inTurn<D extends string>(
  perform: (duty: D) => Promise<void>,
  forgotten: (duty: D) => void,
): (duty: D) => void {
  let running: D | undefined;
  let next: { duty: D; at: number } | undefined;
  const take = (duty: D): void => {
    if (running !== undefined) {
      if (duty === running) return;
      if (next !== undefined && next.duty !== duty) forgotten(next.duty);
      next = { duty, at: performance.now() };
      return;
    }
    running = duty;
    void perform(duty).finally(() => {
      const waiting = next;
      running = next = undefined;
      if (waiting === undefined) return;
      if (performance.now() - waiting.at < PATIENCE_MS) take(waiting.duty);
      else forgotten(waiting.duty);
    });
  };
  return take;
}
