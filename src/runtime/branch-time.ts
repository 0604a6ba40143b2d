import type { Clock } from './ports.js';

/** The clock as one branch reads it, with its one alarm. */
export class BranchTime {
  /** After a restart behind the branch's last event, time goes on from that event, ms. */
  private ahead = 0;
  private alarm: { at: number; cancel: () => void } | null = null;

  constructor(private readonly clock: Clock) {}

  /** UTC ms; at or after the last event that `goOnFrom` named. */
  now(): number {
    return this.clock.now() + this.ahead;
  }

  rate(): number {
    return this.clock.rate();
  }

  /** Never lets time run back behind `last` (UTC ms). */
  goOnFrom(last: number): void {
    this.ahead = Math.max(this.ahead, last - this.clock.now());
  }

  /** A new day starts on the clock again, unless `last` (UTC ms) is still ahead of it. */
  startAnewFrom(last: number): void {
    this.ahead = Math.max(0, last - this.clock.now());
  }

  /** Sets the alarm to `at` (UTC ms), or off; the one set before is dropped. */
  wakeAt(at: number | null, run: () => void): void {
    if (this.alarm?.at === at) return;
    this.alarm?.cancel();
    this.alarm = null;
    if (at === null) return;
    const cancel = this.clock.wake(at - this.ahead, () => {
      this.alarm = null;
      run();
    });
    this.alarm = { at, cancel };
  }
}
