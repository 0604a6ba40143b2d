import { PATIENCE_MS } from '../staff/acts.js';
import type { Duty } from './duties.js';

/**
 * One act after the other. The view shows an act's outcome a moment before its answer arrives, so a quick hand may
 * strike the next key meanwhile: that key waits its turn instead of being lost. The same key twice is one act, and
 * a key struck long ago, while the answer kept everybody waiting, is forgotten.
 */
export function inTurn(perform: (duty: Duty) => Promise<void>): (duty: Duty) => void {
  let running: Duty | undefined;
  let next: Duty | undefined;
  const take = (duty: Duty): void => {
    if (running !== undefined) {
      if (duty !== running) next = duty;
      return;
    }
    running = duty;
    const began = performance.now();
    void perform(duty).finally(() => {
      const waiting = next;
      running = next = undefined;
      if (waiting !== undefined && performance.now() - began < PATIENCE_MS) take(waiting);
    });
  };
  return take;
}
