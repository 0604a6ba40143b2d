/** How fast the interval moves, and how slowly what was seen is forgotten. */
const GAMMA = 0.04;
/** One bad hour, a standstill or an alarm, must not colour the rest of a day: so far it goes and no farther. */
const MOST_RATIO = 1.6;
const MOST_WIDE = 2;
const DECAY = 0.98;
/** As many minutes as expected count for: a ratio of a few waits is mostly chance. */
const PRIOR = 200;

/** What was learnt so far, as plain data. */
export interface CalibrationMemory {
  seen: number;
  predicted: number;
  low: number;
  high: number;
}

/**
 * Learns from each wait that ends how the forecasts were off: the ratio of seen to predicted minutes, Σy/Σp with a
 * decay and drawn towards 1, and multipliers that keep 10 % of the waits below the interval and 10 % above it, a ← a + γ(1{y > hi} − 0.1)
 * (adaptive conformal inference: Gibbs, Candès 2021).
 */
export class Calibration {
  #seen: number;
  #predicted: number;
  #low: number;
  #high: number;

  constructor(
    { seen, predicted, low, high }: CalibrationMemory = { seen: 0, predicted: 0, low: 1, high: 1 },
  ) {
    this.#seen = seen;
    this.#predicted = predicted;
    this.#low = low;
    this.#high = high;
  }

  get memory(): CalibrationMemory {
    return { seen: this.#seen, predicted: this.#predicted, low: this.#low, high: this.#high };
  }

  /** The forecast as it should be told, in minutes. */
  adjust({ p10, p50, p90 }: { p10: number; p50: number; p90: number }): {
    low: number;
    middle: number;
    high: number;
  } {
    const ratio = (PRIOR + this.#seen) / (PRIOR + this.#predicted);
    const middle = p50 * ratio;
    return {
      low: Math.min(middle, p10 * ratio * this.#low),
      middle,
      high: Math.max(middle, p90 * ratio * this.#high),
    };
  }

  /** @param told what `adjust` gave when the forecast was made; `minutes` is what became of it */
  learn(raw: { p50: number }, told: { low: number; high: number }, minutes: number): void {
    this.#seen = DECAY * this.#seen + minutes;
    this.#predicted = DECAY * this.#predicted + raw.p50;
    const expected = PRIOR + this.#predicted;
    const bounded = Math.min(MOST_RATIO * expected, Math.max(expected / MOST_RATIO, PRIOR + this.#seen));
    this.#seen = bounded - PRIOR;
    this.#high = Math.min(
      MOST_WIDE,
      Math.max(0.2, this.#high + GAMMA * ((minutes > told.high ? 1 : 0) - 0.1)),
    );
    this.#low = Math.min(5, Math.max(0, this.#low - GAMMA * ((minutes < told.low ? 1 : 0) - 0.1)));
  }
}
