import { expectationOn } from '../forecast/live/expectationOn.js';
import { Adviser } from '../forecast/live/adviser.js';
import { MINUTE } from '../lobby/elapsed.js';
import type { LobbyState } from '../lobby/state.js';
import { usualHabits } from '../simulator/play.js';

/** A teller who is sent for, or sent away. */
export interface Errand {
  counterId: string;
  open: boolean;
  /** UTC ms */
  ready: number;
}

/**
 * Elastic counters by the advice that a live branch with the day's settings is given [P-21], followed at once: one at a
 * time, ready after as long as in the benchmark.
 */
export class ElasticStaff {
  readonly #adviser: Adviser;
  #pending: Errand | undefined;

  /** @param counterIds those that advice is followed for */
  constructor(counterIds: readonly string[]) {
    this.#adviser = new Adviser(counterIds);
  }

  /** @param at UTC ms, later than that of the look before */
  look(state: LobbyState, at: number): Errand[] {
    if (state.phase !== 'open') return [];
    const { advice } = this.#adviser.look(state, expectationOn(state, at), at);
    if (this.#pending && at < this.#pending.ready) return [];
    this.#pending = undefined;
    if (!advice) return [];
    const { to, counterId } = advice;
    const open = to === 'open';
    const errand = { counterId, open, ready: open ? at + usualHabits.readyAfter * MINUTE : at };
    if (open) this.#pending = errand;
    return [errand];
  }
}
