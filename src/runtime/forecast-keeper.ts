import type { KeptForecasts, Logger } from './ports.js';

/** Who knows something of branches' days that should outlive the process; `LiveForecast` does. */
interface Knowing {
  memories(): { branchId: string; memory: string }[];
  recall(branchId: string, memory: string): void;
}

/** Has a forecast go on after a restart where it was [P-17, P-21]. Never rejects: estimates are no reason not to serve. */
export class ForecastKeeper {
  readonly #kept = new Map<string, string>();

  constructor(
    private readonly forecast: Knowing,
    private readonly store: KeptForecasts,
    private readonly logger: Logger,
  ) {}

  /** Before the first beat: what was kept would otherwise come upon a day that is already known. */
  async start(): Promise<void> {
    try {
      for (const { branchId, memory } of await this.store.all()) {
        this.#kept.set(branchId, memory);
        this.forecast.recall(branchId, memory);
      }
    } catch (error) {
      this.logger.warn({ error }, 'what the forecast knew could not be read');
    }
  }

  /** Writes what has changed, all of it at once. What cannot be written now is written the next time. */
  async keep(): Promise<void> {
    const fresh = this.forecast
      .memories()
      .filter(({ branchId, memory }) => this.#kept.get(branchId) !== memory);
    if (fresh.length === 0) return;
    try {
      await this.store.keep(fresh);
      for (const { branchId, memory } of fresh) this.#kept.set(branchId, memory);
    } catch (error) {
      this.logger.warn({ error }, 'what the forecast knows could not be kept');
    }
  }
}
