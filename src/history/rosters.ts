import { rosterOf } from '../forecast/roster/roster.js';
import type { PastDay } from '../forecast/roster/arrivals.js';
import type { Occurrence } from '../lobby/events.js';
import { reject } from '../lobby/reject.js';
import { calendarDay, daysAfter, type CalendarDay } from '../model/calendar.js';
import { weekdayOf } from '../model/arrivals.js';
import type { Rejection } from '../protocol/codes.js';
import type { Roster } from '../protocol/roster.js';
import type { BranchSetup } from '../protocol/settings.js';
import { businessDay } from '../runtime/business-day.js';
import type { EventLog, StreamId } from '../runtime/ports.js';
import { checkChain, toOccurrence } from '../runtime/record.js';
import { PAGE } from './dayRows.js';
import { arrivalEvents, pastDayOf } from './pastDay.js';

const DAYS_AHEAD = 14;
/** Business days that are looked at, about four months. */
const DAYS_BACK = 90;

export interface RostersDeps {
  log: Pick<EventLog, 'days' | 'readOf'>;
  /** The branch's running day, if one runs. */
  openDay(branchId: string): string | undefined;
  /** With which the next day will open. */
  setupOf(branchId: string): BranchSetup;
  /** Branch time, UTC ms. */
  now(branchId: string): number;
}

/** What a branch's coming days need, from its days that are over. Rejects with LogFailure, as History does. */
export class Rosters {
  /** A day that is over does not change: it is read once, as long as it counts. By branch and day; null: it tells nothing. */
  readonly #read = new Map<string, Map<string, Promise<PastDay | null>>>();

  constructor(private readonly deps: RostersDeps) {}

  /** @param asked anything a caller may have sent; absent: the next business day */
  async roster(branchId: string, asked?: string): Promise<Roster | Rejection> {
    const setup = this.deps.setupOf(branchId);
    const today = businessDay(this.deps.now(branchId), setup.timeZone).day;
    const choices = Array.from({ length: DAYS_AHEAD }, (_, i) =>
      calendarDay(daysAfter(today, i + 1), setup.timeZone),
    );
    if (asked !== undefined && !choices.some(({ day }) => day === asked))
      return reject('day-not-ahead', { from: daysAfter(today, 1), until: daysAfter(today, DAYS_AHEAD) });
    const past = await this.#past(branchId);
    return { ...rosterOf(setup, asked ?? nextOf(choices, past), past), choices };
  }

  async #past(branchId: string): Promise<PastDay[]> {
    const listed = await this.deps.log.days(branchId, DAYS_BACK + 1);
    const running = this.deps.openDay(branchId);
    const days = listed.filter((day) => day !== running).slice(0, DAYS_BACK);
    const read = this.#read.get(branchId) ?? new Map<string, Promise<PastDay | null>>();
    this.#read.set(branchId, read);
    for (const day of read.keys()) if (!days.includes(day)) read.delete(day);
    const past: PastDay[] = [];
    for (const day of days) {
      const reading = read.get(day) ?? this.#pastDay({ branchId, day }, read);
      read.set(day, reading);
      const found = await reading;
      if (found) past.push(found);
    }
    return past;
  }

  /** Forgotten again in `read` where the day is not over, or its log could not be had. */
  async #pastDay(stream: StreamId, read: Map<string, unknown>): Promise<PastDay | null> {
    let over = false;
    try {
      const rows = await this.deps.log.readOf(stream, arrivalEvents);
      const entries: Occurrence[] = [];
      for (let from = 0; from < rows.length; from += PAGE) {
        await new Promise(setImmediate);
        for (const row of rows.slice(from, from + PAGE)) {
          // What lies between them was not read, so each row answers for itself alone.
          checkChain({ seq: row.seq - 1, hash: row.prev }, [row]);
          entries.push(toOccurrence(row, null));
        }
      }
      over = entries.some(({ event }) => event.type === 'DayClosed');
      return (over && pastDayOf(entries)) || null;
    } finally {
      if (!over) read.delete(stream.day);
    }
  }
}

/** The next date that is no holiday, and a working day or a weekday on which the branch has been open. */
function nextOf(choices: readonly CalendarDay[], past: readonly PastDay[]): string {
  const usual = new Set(past.map(({ day }) => weekdayOf(day)));
  const next = choices.find(
    ({ day, kind, working }) => working || (kind !== 'holiday' && usual.has(weekdayOf(day))),
  );
  return (next ?? choices[0])?.day ?? '';
}
