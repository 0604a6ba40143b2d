import { setTimeout as rest } from 'node:timers/promises';
import type { BranchSetup, LearntTime } from '../protocol/settings.js';
import type { EventLog, KeptDays, Logger } from '../runtime/ports.js';
import { entryOf, pagesOf } from './dayRows.js';
import { keptDay, toKeep, type LearntDay } from './keptDay.js';
import { DAYS_LEARNT_FROM, learntTimes, withLearnt } from './learnt.js';
import { learntArrivals } from './learntArrivals.js';
import { ReadDay } from './readDay.js';
import type { DayTimes } from './serviceTimes.js';

export interface LearningDeps {
  log: Pick<EventLog, 'days' | 'read'>;
  kept: KeptDays;
  logger: Logger;
  /** The branch's running day, if one runs. */
  openDay(branchId: string): string | undefined;
}

/**
 * How long services take at each branch and who comes, from its past days [P-22, P-31]. A day's log is read once, when the day is over,
 * and what it says is kept; all of it is done in the background, one day at a time. A day opens with what is known by
 * then: a log that cannot be read, or has not been, counts as no day.
 */
export class Learning {
  /** By branch and day, at most `DAYS_LEARNT_FROM`. */
  readonly #known = new Map<string, Map<string, LearntDay>>();
  /** The latest day of each branch that was found to be over. */
  readonly #over = new Map<string, string>();
  #work: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(private readonly deps: LearningDeps) {}

  /** Takes what is kept; days that nobody has read yet, as after a crash, are read in the background. */
  async start(branchIds: readonly string[]): Promise<void> {
    for (const branchId of branchIds) await this.#takeKept(branchId);
    // Only now, so that no branch waits at the start for another one's log.
    for (const branchId of branchIds) this.#later(branchId);
  }

  /** The branch's day is closed. May be said again. */
  dayOver(branchId: string, day: string): void {
    if (this.#over.get(branchId) === day) return;
    this.#over.set(branchId, day);
    this.#later(branchId);
  }

  /** The setup as that day (YYYY-MM-DD) would open with it now. */
  opening(setup: BranchSetup, day: string): BranchSetup {
    const past = this.#days(setup.id).flatMap(({ arrivals }) => arrivals ?? []);
    const arrivals = learntArrivals(setup, day, past);
    return { ...this.timed(setup), ...(arrivals && { arrivals }) };
  }

  /** The setup with how long its services take, as any day would open with it now. */
  timed(setup: BranchSetup): BranchSetup {
    return withLearnt(setup, this.#times(setup.id));
  }

  /** By service, what a day would open with now. */
  learnt(setup: BranchSetup): Record<string, LearntTime> {
    return learntTimes(setup, this.#times(setup.id));
  }

  /** Resolves once nothing is left to be read. */
  async settled(): Promise<void> {
    for (let work: Promise<void> | undefined; work !== this.#work;) {
      work = this.#work;
      await work;
    }
  }

  /** The server ends; what has not been read is read after the next start. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.settled();
  }

  /** Newest first. */
  #days(branchId: string): LearntDay[] {
    const known = [...(this.#known.get(branchId) ?? [])];
    return known.sort(([a], [b]) => (a < b ? 1 : -1)).map(([, said]) => said);
  }

  #times(branchId: string): DayTimes[] {
    return this.#days(branchId).map(({ services }) => services);
  }

  #know(branchId: string, day: string, said: LearntDay): void {
    const known = this.#known.get(branchId) ?? new Map<string, LearntDay>();
    this.#known.set(branchId, known.set(day, said));
    for (const old of [...known.keys()].sort().slice(0, -DAYS_LEARNT_FROM)) known.delete(old);
  }

  async #takeKept(branchId: string): Promise<void> {
    try {
      for (const { day, said: text } of await this.deps.kept.latest(branchId, DAYS_LEARNT_FROM)) {
        const said = keptDay(text);
        if (said) this.#know(branchId, day, said);
      }
    } catch (error) {
      this.deps.logger.warn({ branchId, error }, 'what past days say could not be read');
    }
  }

  #later(branchId: string): void {
    this.#work = this.#work.then(() => this.#readMissing(branchId));
  }

  /** Never rejects. */
  async #readMissing(branchId: string): Promise<void> {
    try {
      if (this.#closed) return;
      const days = await this.deps.log.days(branchId, DAYS_LEARNT_FROM + 1);
      const running = this.deps.openDay(branchId);
      // No more than are kept: one more would be read and dropped each time.
      for (const day of days.filter((each) => each !== running).slice(0, DAYS_LEARNT_FROM))
        if (!this.#known.get(branchId)?.has(day)) await this.#read(branchId, day);
    } catch (error) {
      this.deps.logger.warn({ branchId, error }, 'past days could not be listed');
    }
  }

  async #read(branchId: string, day: string): Promise<void> {
    try {
      const seen = new ReadDay();
      let began = performance.now();
      for await (const rows of pagesOf(this.deps.log, { branchId, day })) {
        if (this.#closed) return;
        // Needs stay sealed: nothing of what is learnt looks at one.
        for (const row of rows) seen.see(entryOf(row, null));
        // Half of the time is left to the lobbies, whose days go on.
        await rest(performance.now() - began);
        began = performance.now();
      }
      // It may have been opened while the days were listed.
      if (!seen.over) return;
      const said = seen.says();
      this.#know(branchId, day, said);
      await this.deps.kept.keep({ branchId, day }, toKeep(said));
    } catch (error) {
      this.deps.logger.warn({ branchId, day, error }, 'a past day could not be learnt from');
    }
  }
}
