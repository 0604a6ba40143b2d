import type { Identity } from '../identity/identity.js';

/** Commands a second, and how many may come at once after a pause. */
export interface Rate {
  perSecond: number;
  burst: number;
}

export type Rates = Record<Identity['kind'], Rate>;

export const productionRates: Rates = {
  staff: { perSecond: 10, burst: 20 },
  device: { perSecond: 2, burst: 6 },
  ticket: { perSecond: 1, burst: 4 },
};

/** Buckets that nobody has used lately are full again and need not be kept. */
const MOST_IDLE_BUCKETS = 10_000;

interface Bucket {
  left: number;
  at: number;
}

/**
 * A token bucket per session, screen and ticket, whichever door and however many connections it uses.
 * @param steady a clock in ms that never steps
 */
export class CommandLimits {
  readonly #buckets = new Map<string, Bucket>();

  constructor(
    private readonly rates: Rates = productionRates,
    private readonly steady: () => number = () => performance.now(),
  ) {}

  /** False when this message is one too many. */
  take({ credential, kind }: Identity): boolean {
    const { perSecond, burst } = this.rates[kind];
    const now = this.steady();
    const before = this.#buckets.get(credential) ?? { left: burst, at: now };
    const filled = Math.min(burst, before.left + ((now - before.at) / 1000) * perSecond);
    const enough = filled >= 1;
    this.#buckets.set(credential, { left: enough ? filled - 1 : filled, at: now });
    if (this.#buckets.size > MOST_IDLE_BUCKETS) this.#forgetFull(now);
    return enough;
  }

  #forgetFull(now: number): void {
    const slowest = Math.max(...Object.values(this.rates).map((rate) => rate.burst / rate.perSecond));
    for (const [credential, { at }] of this.#buckets)
      if (now - at > slowest * 1000) this.#buckets.delete(credential);
  }
}
