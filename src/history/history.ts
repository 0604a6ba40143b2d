import { reject } from '../lobby/reject.js';
import type { Rejection } from '../protocol/codes.js';
import type { DayEntry, DayReport } from '../protocol/lookingBack.js';
import type { DayKeys, EventLog, EventRow, StreamId } from '../runtime/ports.js';
import { GENESIS, checkChain, toOccurrence } from '../runtime/record.js';
import type { Link } from '../runtime/record.js';
import type { Entry } from './entry.js';
import { figuresOf } from './figures.js';
import { reportOf } from './report.js';

const DAYS_LISTED = 400;
const PAGE = 1_000;

export interface HistoryDeps {
  log: Pick<EventLog, 'days' | 'read'>;
  keys: Pick<DayKeys, 'find'>;
  /** The branch's running day, if one runs. */
  openDay(branchId: string): string | undefined;
}

/** A branch's days from their logs. Rejects with LogFailure when a log is damaged or out of reach. */
export class History {
  constructor(private readonly deps: HistoryDeps) {}

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
    return reportOf(figuresOf(rows.map((row) => entryOf(row))));
  }

  /** Every row of the day, its chain checked [G11]. */
  async #rowsOf(stream: StreamId): Promise<EventRow[]> {
    const all: EventRow[] = [];
    let link: Link | undefined;
    for (;;) {
      const rows = await this.deps.log.read(stream, all.length + 1, PAGE);
      link = checkChain(link ?? { seq: 0, hash: rows[0]?.prev ?? GENESIS }, rows);
      all.push(...rows);
      if (rows.length < PAGE) return all;
    }
  }
}

const entryOf = (row: EventRow): Entry => ({ ...toOccurrence(row, null), role: row.role });
