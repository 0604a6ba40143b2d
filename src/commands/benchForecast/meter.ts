import { readFileSync } from 'node:fs';
import { performance, type EventLoopUtilization } from 'node:perf_hooks';
import type { Asks, Basis } from '../../forecast/live/liveForecast.js';

/** What the beats of a span told: figures begun for them, or for the beat before, or none from forward runs. */
export interface Beats {
  forThis: number;
  forTheLast: number;
  none: number;
  /** Of each beat with figures: futures they rest on, and ms since the lobby that they look at. */
  runs: number[];
  ages: number[];
}

/** What a span cost the server. */
export interface Figures {
  /** Ms that a timer of the event loop came late. */
  lags: number[];
  /** Share of the time in which the event loop was at work. */
  busy: number;
  /** Cores that the whole process used, its threads with it, and of these the one thread that serves commands. */
  cores: number;
  own: number;
  /** Cores that thread wanted and did not get, because others had them. */
  starved: number;
  beats: Record<keyof Asks, Beats>;
}

const LOOK_MS = 10;
/** The public beat before is 15 s away. */
const BEAT_BEFORE_MS = 10_000;

const noBeats = (): Beats => ({ forThis: 0, forTheLast: 0, none: 0, runs: [], ages: [] });

/** Ms that the first thread of this process has run, and has waited for a core; nothing where the system does not tell. */
export function scheduled(): { ran: number; waited: number } {
  try {
    const [ran = 0, waited = 0] = readFileSync('/proc/self/schedstat', 'utf8').split(' ').map(Number);
    return { ran: ran / 1e6, waited: waited / 1e6 };
  } catch {
    return { ran: NaN, waited: NaN };
  }
}

/** Watches the process it runs in, from `begin` to `figures`. */
export class Meter {
  #beats: Figures['beats'] = { public: noBeats(), staff: noBeats() };
  #lags: number[] = [];
  #timer: NodeJS.Timeout | undefined;
  #loop: EventLoopUtilization | undefined;
  #cpu = process.cpuUsage();
  #since = performance.now();
  #scheduled = scheduled();

  begin(): void {
    this.#beats = { public: noBeats(), staff: noBeats() };
    this.#lags = [];
    this.#loop = performance.eventLoopUtilization();
    this.#cpu = process.cpuUsage();
    this.#since = performance.now();
    this.#scheduled = scheduled();
    this.#look(performance.now());
  }

  told(about: keyof Asks, basis: Basis | undefined): void {
    const beats = this.#beats[about];
    if (!basis) {
      beats.none += 1;
      return;
    }
    beats[basis.age < BEAT_BEFORE_MS ? 'forThis' : 'forTheLast'] += 1;
    beats.runs.push(basis.runs);
    beats.ages.push(basis.age);
  }

  figures(): Figures {
    clearTimeout(this.#timer);
    const { user, system } = process.cpuUsage(this.#cpu);
    const passed = performance.now() - this.#since;
    return {
      lags: this.#lags,
      busy: performance.eventLoopUtilization(this.#loop).utilization,
      cores: (user + system) / 1_000 / passed,
      own: (scheduled().ran - this.#scheduled.ran) / passed,
      starved: (scheduled().waited - this.#scheduled.waited) / passed,
      beats: this.#beats,
    };
  }

  #look(from: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const now = performance.now();
      this.#lags.push(Math.max(0, now - from - LOOK_MS));
      this.#look(now);
    }, LOOK_MS);
  }
}
