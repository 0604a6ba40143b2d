import { DemoClock } from '../../src/runtime/demo-clock.js';
import type { Clock } from '../../src/runtime/ports.js';

/** A clock that stands still until the test puts it forward. */
export const frozenClock = (at: number): DemoClock => new DemoClock(at, 0, () => 0);

/** A frozen clock whose wall clock the test can also set, as an operator or a time service would. */
export class SteppableClock implements Clock {
  private readonly inner: DemoClock;
  private readonly listeners = new Set<(byMs: number) => void>();
  private pending = 0;

  constructor(at: number) {
    this.inner = frozenClock(at);
  }

  now(): number {
    const by = this.pending;
    this.pending = 0;
    if (by > 0) this.inner.step(by);
    if (by !== 0) for (const listener of this.listeners) listener(by);
    return this.inner.now();
  }

  rate(): number {
    return 1;
  }

  wake(at: number, run: () => void): () => void {
    return this.inner.wake(at, run);
  }

  onStep(listener: (byMs: number) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  advance(ms: number): void {
    this.inner.step(ms);
  }

  /** As RealClock: a step forward is followed, one back is not; both are told at the next reading. */
  setWall(byMs: number): void {
    this.pending = byMs;
  }
}
