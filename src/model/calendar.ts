import type { DayKind } from '../protocol/roster.js';
import { weekdayFactor, weekdayOf } from './arrivals.js';
import holidays from './holidays.json' with { type: 'json' };

/** What a date is to a branch. */
export interface CalendarDay {
  /** YYYY-MM-DD */
  day: string;
  kind: DayKind;
  /** Monday to Friday, or a weekend day that is worked in return for a holiday; no holiday. */
  working: boolean;
  /** False: no calendar of holidays is known for the date and the one after it, where the branch is. */
  known: boolean;
}

interface Year {
  off: string[][];
  worked: string[];
}
const years: Partial<Record<string, Year>> = holidays.years;

const DAY_MS = 86_400_000;

/** The date so many days later. */
export const daysAfter = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);

const yearOf = (day: string): Year | undefined => years[day.slice(0, 4)];
const isOff = (day: string): boolean =>
  yearOf(day)?.off.some(([from = '', to = '']) => from <= day && day <= to) ?? false;
const isWeekend = (day: string): boolean => weekdayOf(day) % 6 === 0;

/** Pensions are paid out from the 15th, wages towards the month's end. */
function kindByDate(day: string): DayKind {
  const date = Number(day.slice(8));
  if (date >= 15 && date <= 20) return 'pension';
  return date >= 25 && date <= 30 ? 'pay' : 'ordinary';
}

/** @param timeZone of the branch: the holidays are those of mainland China, and count nowhere else */
export function calendarDay(day: string, timeZone: string): CalendarDay {
  const next = daysAfter(day, 1);
  const here = holidays.timeZones.includes(timeZone);
  const known = here && yearOf(day) !== undefined && yearOf(next) !== undefined;
  if (here && isOff(day)) return { day, kind: 'holiday', working: false, known };
  const working = !isWeekend(day) || (here && (yearOf(day)?.worked.includes(day) ?? false));
  const kind = here && working && isOff(next) ? 'eve' : kindByDate(day);
  return { day, kind, working, known };
}

const SUNDAY = 0;
/**
 * Customers of the date against the mean of Monday to Friday, by the published week. It has no holidays: one counts as
 * a Sunday, and a weekend day that is worked as a working day like others.
 */
export function weekFactor({ day, kind, working }: CalendarDay): number {
  if (kind === 'holiday') return weekdayFactor(SUNDAY);
  return working && isWeekend(day) ? 1 : weekdayFactor(weekdayOf(day));
}
