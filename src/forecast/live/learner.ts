import type { MinutesRange } from '../../protocol/views.js';
import { MINUTE } from '../../lobby/elapsed.js';
import { Calibration, type CalibrationMemory } from '../ahead/calibration.js';
import type { Spread } from '../ahead/waits.js';

interface Told {
  at: number;
  raw: Spread;
  low: number;
  high: number;
}

/** Turns forecasts into ranges as a branch has shown them to come true, and learns from each wait that ends. */
export class Learner {
  readonly #calibration: Calibration;
  /** By visit: the first forecast it was given. */
  readonly #told = new Map<string, Told>();

  constructor(memory?: CalibrationMemory) {
    this.#calibration = new Calibration(memory);
  }

  /** Without who waits: while nobody was served, no forecast could come true. */
  get memory(): CalibrationMemory {
    return this.#calibration.memory;
  }

  /**
   * P50 to P90 as whole minutes, never below 1 and never without width.
   *
   * @param at when the forecast was made, UTC ms
   */
  range(raw: Spread, at?: number, visitId?: string): MinutesRange {
    const { low, middle, high } = this.#calibration.adjust(raw);
    if (at !== undefined && visitId !== undefined && !this.#told.has(visitId))
      this.#told.set(visitId, { at, raw, low, high });
    const from = Math.max(1, Math.round(middle));
    return { low: from, high: Math.max(from + 1, Math.round(high)) };
  }

  /** The visit's wait ended at `at`, UTC ms. */
  ended(visitId: string, at: number): void {
    const told = this.#told.get(visitId);
    this.#told.delete(visitId);
    if (told && at >= told.at) this.#calibration.learn(told.raw, told, (at - told.at) / MINUTE);
  }

  /** Nobody else is waited for any more. */
  keepOnly(visitIds: ReadonlySet<string>): void {
    for (const visitId of this.#told.keys()) if (!visitIds.has(visitId)) this.#told.delete(visitId);
  }
}
