import { rosterOf } from '../forecast/roster/roster.js';
import type { PastDay } from '../forecast/roster/arrivals.js';
import { reject } from '../lobby/reject.js';
import { calendarDay, daysAfter, type CalendarDay } from '../model/calendar.js';
import { weekdayOf } from '../model/arrivals.js';
import type { Rejection } from '../protocol/codes.js';
import type { Roster } from '../protocol/roster.js';
import type { BranchSetup } from '../protocol/settings.js';
import { businessDay } from '../runtime/business-day.js';
import type { EventLog } from '../runtime/ports.js';
import { checkChain, toOccurrence } from '../runtime/record.js';
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
  /** A day that is over does not change: it is read once. By branch and day; null: it tells nothing. */
  readonly #read = new Map<string, PastDay | null>();

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
    const running = this.deps.openDay(branchId);
    const days = await this.deps.log.days(branchId, DAYS_BACK);
    const past: PastDay[] = [];
    for (const day of days)
      if (day !== running) {
        const found = await this.#pastDay(branchId, day);
        if (found) past.push(found);
      }
    return past;
  }

  async #pastDay(branchId: string, day: string): Promise<PastDay | null> {
    const name = JSON.stringify([branchId, day]);
    const known = this.#read.get(name);
    if (known !== undefined) return known;
    const rows = await this.deps.log.readOf({ branchId, day }, arrivalEvents);
    // What lies between them was not read, so each row answers for itself alone.
    for (const row of rows) checkChain({ seq: row.seq - 1, hash: row.prev }, [row]);
    const found = pastDayOf(rows.map((row) => toOccurrence(row, null))) ?? null;
    this.#read.set(name, found);
    return found;
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
