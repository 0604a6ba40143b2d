import type { Clock } from './ports.js';

/** A wall-clock step above this is told; smaller ones are the network's time service at work. */
const STEP_MS = 5_000;
/** setTimeout turns anything above 2^31 - 1 ms into 1 ms. */
const LONGEST_TIMEOUT_MS = 2_000_000_000;

/**
 * Branch time from the machine's clocks. It advances with the monotonic clock. A step of the wall clock
 * forward is followed (a suspended machine, a late time service); a step back is not: branch time goes on
 * from where it is, ahead of the wall, and a later step forward only makes that up.
 */
export class RealClock implements Clock {
  private readonly listeners = new Set<(byMs: number) => void>();
  private wallAtBase: number;
  private elapsedAtBase: number;
  /** How far branch time is ahead of the wall after steps back, ms. */
  private ahead = 0;

  /** `wall` is UTC ms, `elapsed` monotonic ms; both can be given for tests. */
  constructor(
    private readonly wall: () => number = Date.now,
    private readonly elapsed: () => number = () => performance.now(),
  ) {
    this.wallAtBase = wall();
    this.elapsedAtBase = elapsed();
  }

  now(): number {
    const wall = this.wall();
    const elapsed = this.elapsed();
    const expected = this.wallAtBase + (elapsed - this.elapsedAtBase);
    const step = wall - expected;
    if (Math.abs(step) <= STEP_MS) return Math.floor(expected + this.ahead);
    this.ahead = Math.max(0, this.ahead - step);
    this.wallAtBase = wall;
    this.elapsedAtBase = elapsed;
    for (const listener of this.listeners) listener(Math.round(step));
    return Math.floor(wall + this.ahead);
  }

  rate(): number {
    return 1;
  }

  wake(at: number, run: () => void): () => void {
    let timer: NodeJS.Timeout;
    const wait = () => {
      const delay = at - this.now();
      if (delay <= 0) run();
      else timer = setTimeout(wait, Math.min(Math.ceil(delay), LONGEST_TIMEOUT_MS));
    };
    timer = setTimeout(wait, Math.min(Math.max(0, Math.ceil(at - this.now())), LONGEST_TIMEOUT_MS));
    return () => {
      clearTimeout(timer);
    };
  }

  onStep(listener: (byMs: number) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
