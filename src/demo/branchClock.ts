interface Alarm {
  at: number;
  run: () => void;
}

/** Longest real wait between two looks; a timer can't be set for longer than 24 days anyway. */
const LONGEST_MS = 60_000;

/**
 * Branch time as the server's beats tell it, so that players keep pace with a clock that is run faster, frozen or
 * put forward. Frozen, it uses no timer at all.
 */
export class BranchClock {
  readonly #alarms = new Set<Alarm>();
  #at = 0;
  #heardAt = 0;
  #rate = 0;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(private readonly steady: () => number = () => performance.now()) {}

  /** UTC ms; 0 before the first beat. */
  now(): number {
    return this.#at + (this.steady() - this.#heardAt) * this.#rate;
  }

  rate(): number {
    return this.#rate;
  }

  /** False until a first beat has told the time. */
  get known(): boolean {
    return this.#at > 0;
  }

  /** @param rate branch seconds per real second; absent: as it was */
  hear(at: number, rate = this.#rate): void {
    this.#at = at;
    this.#heardAt = this.steady();
    this.#rate = rate;
    this.#arm();
  }

  /** Calls `run` once when branch time has reached `at` (UTC ms), never before this returns; gives back how to cancel. */
  wake(at: number, run: () => void): () => void {
    const alarm = { at, run };
    this.#alarms.add(alarm);
    this.#arm();
    return () => {
      this.#alarms.delete(alarm);
    };
  }

  /** Nothing rings any more. */
  stop(): void {
    this.#stopped = true;
    this.#alarms.clear();
    clearTimeout(this.#timer);
  }

  #arm(): void {
    clearTimeout(this.#timer);
    if (this.#stopped) return;
    if (this.#rate === 0) {
      // What is due already, such as after a step of a frozen clock, still rings.
      if (this.#first() <= this.now()) this.#timer = setTimeout(() => this.#ring(), 0);
      return;
    }
    const first = this.#first();
    if (first === Infinity) return;
    const delay = Math.max(0, Math.ceil((first - this.now()) / this.#rate));
    this.#timer = setTimeout(() => this.#ring(), Math.min(delay, LONGEST_MS));
  }

  #first(): number {
    let first = Infinity;
    for (const { at } of this.#alarms) first = Math.min(first, at);
    return first;
  }

  #ring(): void {
    const now = this.now();
    const due = [...this.#alarms].filter(({ at }) => at <= now).sort((a, b) => a.at - b.at);
    for (const alarm of due) if (this.#alarms.delete(alarm)) alarm.run();
    this.#arm();
  }
}
