import type { Clock } from './ports.js';

interface Alarm {
  at: number;
  run: () => void;
}

/**
 * A clock that can be run faster, frozen and put forward, for the demo and for tests. Frozen, it uses no
 * real timer at all. Alarms ring in the order of their times, each at its own time.
 */
export class DemoClock implements Clock {
  private readonly alarms = new Set<Alarm>();
  private base: number;
  private elapsedAtBase: number;
  private timer: NodeJS.Timeout | undefined;

  /** Starts at `start` (UTC ms), `rate` branch seconds per real second (≥ 0; 0 = frozen). */
  constructor(
    start: number,
    private speed: number,
    private readonly elapsed: () => number = () => performance.now(),
  ) {
    this.base = start;
    this.elapsedAtBase = elapsed();
  }

  now(): number {
    return Math.floor(this.base + (this.elapsed() - this.elapsedAtBase) * this.speed);
  }

  rate(): number {
    return this.speed;
  }

  /** Runs at another speed from now on; throws RangeError below 0. */
  setRate(rate: number): void {
    if (!(rate >= 0 && Number.isFinite(rate))) throw new RangeError('rate must be 0 or more');
    this.settle(this.now());
    this.speed = rate;
    this.arm();
  }

  /** Puts the clock forward by `ms` (≥ 0) and rings every alarm on the way; throws RangeError below 0. */
  step(ms: number): void {
    if (!(ms >= 0 && Number.isFinite(ms))) throw new RangeError('the clock only goes forward');
    const end = this.now() + ms;
    for (let next = this.earliest(); next && next.at <= end; next = this.earliest()) {
      this.settle(Math.max(next.at, this.now()));
      this.ring(next);
    }
    this.settle(Math.max(end, this.now()));
    this.arm();
  }

  wake(at: number, run: () => void): () => void {
    const alarm = { at, run };
    this.alarms.add(alarm);
    this.arm();
    return () => {
      this.alarms.delete(alarm);
      this.arm();
    };
  }

  /** A demo's jumps are meant: its alarms are to ring, so they are no steps of a wall clock. */
  onStep(): () => void {
    return () => undefined;
  }

  private settle(at: number): void {
    this.base = at;
    this.elapsedAtBase = this.elapsed();
  }

  private earliest(): Alarm | undefined {
    let first: Alarm | undefined;
    for (const alarm of this.alarms) if (!first || alarm.at < first.at) first = alarm;
    return first;
  }

  private ring(alarm: Alarm): void {
    this.alarms.delete(alarm);
    alarm.run();
  }

  private arm(): void {
    clearTimeout(this.timer);
    const next = this.earliest();
    if (!next || this.speed === 0) return;
    const delay = Math.min(Math.max(0, Math.ceil((next.at - this.now()) / this.speed)), 60_000);
    this.timer = setTimeout(() => this.ringDue(), delay);
  }

  private ringDue(): void {
    const now = this.now();
    for (let next = this.earliest(); next && next.at <= now; next = this.earliest()) this.ring(next);
    this.arm();
  }
}
