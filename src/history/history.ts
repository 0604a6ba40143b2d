import type { LobbyEvent } from '../lobby/events.js';
import { reject } from '../lobby/reject.js';
import { settingsProblem } from '../lobby/settings-check.js';
import type { Rejection } from '../protocol/codes.js';
import type { DayEntry, DayReport, ReplayComparison, ReplayRequest } from '../protocol/lookingBack.js';
import type { DayKeys, EventLog, EventRow, StreamId } from '../runtime/ports.js';
import { entryOf, PAGE, pagesOf } from './dayRows.js';
import { Ledger, nightOf } from './figures.js';
import { Replays } from './replays.js';
import { reportOf } from './report.js';

const DAYS_LISTED = 400;

export interface HistoryDeps {
  log: Pick<EventLog, 'days' | 'read'>;
  keys: Pick<DayKeys, 'find'>;
  /** The branch's running day, if one runs. */
  openDay(branchId: string): string | undefined;
}

/** A branch's days from their logs. Rejects with LogFailure when a log is damaged or out of reach. */
export class History {
  constructor(
    private readonly deps: HistoryDeps,
    private readonly replays = new Replays(),
  ) {}

  async days(branchId: string): Promise<DayEntry[]> {
    const running = this.deps.openDay(branchId);
    const days = await this.deps.log.days(branchId, DAYS_LISTED);
    return days.map((day) => ({ day, over: day !== running }));
  }

  /** @param day anything a caller may have sent */
  async report(branchId: string, day: string): Promise<DayReport | Rejection> {
    const rows = await this.#rowsOf({ branchId, day });
    if (rows.length === 0) return reject('unknown-day');
    // Needs stay sealed: no figure looks at one [H-1].
    const entries = rows.map((row) => entryOf(row, null));
    const ledger = new Ledger(nightOf(entries));
    for (let from = 0; from < entries.length; from += PAGE) {
      await new Promise(setImmediate);
      for (const entry of entries.slice(from, from + PAGE)) ledger.see(entry);
    }
    return reportOf(ledger.figures());
  }

  /** The day once more under the settings and with the counters asked for [H-8]. */
  async replay(branchId: string, day: string, request: ReplayRequest): Promise<ReplayComparison | Rejection> {
    if (this.replays.busy) return reject('replay-busy');
    if (day === this.deps.openDay(branchId)) return reject('day-not-over', { day });
    const rows = await this.#rowsOf({ branchId, day });
    if (rows.length === 0) return reject('unknown-day');
    const key = await this.deps.keys.find({ branchId, day });
    const entries = rows.map((row) => entryOf(row, key));
    return problemOf(entries[0]?.event, request) ?? this.replays.run({ entries, request });
  }

  /** The server ends. */
  close(): Promise<void> {
    return this.replays.close();
  }

  /** Every row of the day, its chain checked [G11]. */
  async #rowsOf(stream: StreamId): Promise<EventRow[]> {
    const all: EventRow[] = [];
    for await (const rows of pagesOf(this.deps.log, stream)) all.push(...rows);
    return all;
  }
}

/** What keeps the day from being played as asked: the live settings' own rules, and counters that are none. */
function problemOf(
  opening: LobbyEvent | undefined,
  { settings, open, closed }: ReplayRequest,
): Rejection | undefined {
  if (opening?.type !== 'DayOpened') return reject('unknown-day');
  const { setup } = opening;
  const stranger = [...open, ...closed].find((id) => !setup.counters.some((counter) => counter.id === id));
  if (stranger !== undefined) return reject('unknown-counter', { counterId: stranger });
  if (open.some((id) => closed.includes(id))) return reject('bad-settings', { field: 'open' });
  if (closed.length === setup.counters.length) return reject('bad-settings', { field: 'closed' });
  return settingsProblem({ ...setup.settings, ...settings }, setup);
}
