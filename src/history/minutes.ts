import { MINUTE } from '../lobby/elapsed.js';
import type { LobbyState } from '../lobby/state.js';

interface Running {
  staffed: number;
  /** The same when the latest customer went. */
  staffedAtWork: number;
  held: number;
  idle: number;
  serving: number;
}

const none = (): Running => ({ staffed: 0, staffedAtWork: 0, held: 0, idle: 0, serving: 0 });

/**
 * Minutes of counters, summed over whole intervals. Who was forgotten and signed off by the night's closing counts
 * until the counter's latest customer; a hold that only that closing ended counts nothing, for nobody knows how long
 * it was one.
 */
export class CounterMinutes {
  staff = 0;
  holds = 0;
  held = 0;
  idle = 0;
  serving = 0;
  readonly #running = new Map<string, Running>();

  /** Time passes in the lobby until `at` (UTC ms), with nothing happening. */
  pass(state: LobbyState, at: number): void {
    const minutes = (at - state.at) / MINUTE;
    for (const id in state.counters) {
      const counter = state.counters[id];
      if (!counter) continue;
      const running = this.#of(id);
      const visit = counter.visitId === undefined ? undefined : state.visits[counter.visitId];
      if (counter.teller) running.staffed += minutes;
      if (visit) running.staffedAtWork = running.staffed;
      if (!counter.hold) continue;
      running.held += minutes;
      if (visit?.stage.status !== 'serving') running.idle += minutes;
      else if (visit.flag?.episodeId === counter.hold.episodeId) running.serving += minutes;
    }
  }

  signedOff(counterId: string, forgotten: boolean): void {
    const running = this.#of(counterId);
    this.staff += forgotten ? running.staffedAtWork : running.staffed;
    running.staffed = 0;
    running.staffedAtWork = 0;
  }

  released(counterId: string, forgotten: boolean): void {
    const running = this.#of(counterId);
    if (!forgotten) {
      if (running.held > 0) this.holds += 1;
      this.held += running.held;
      this.idle += running.idle;
      this.serving += running.serving;
    }
    running.held = 0;
    running.idle = 0;
    running.serving = 0;
  }

  /** The day goes on: what runs counts so far. */
  stop(): void {
    for (const id of this.#running.keys()) {
      this.signedOff(id, false);
      this.released(id, false);
    }
  }

  #of(counterId: string): Running {
    const running = this.#running.get(counterId) ?? none();
    this.#running.set(counterId, running);
    return running;
  }
}
