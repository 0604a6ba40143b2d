import type { PastDay } from '../../../src/forecast/roster/arrivals.js';
import { rosterOf } from '../../../src/forecast/roster/roster.js';
import { branchTemplate } from '../../../src/lobby/template.js';
import { calendarDay, daysAfter, weekFactor } from '../../../src/model/calendar.js';
import type { Roster } from '../../../src/protocol/roster.js';

const TODAY = '2026-03-03';
const at = (day: string) => calendarDay(day, branchTemplate.timeZone);
const choices = Array.from({ length: 14 }, (_, i) => at(daysAfter(TODAY, i + 1)));

/** By half hour from 08:00 on: a lively branch, and so lively around ten on pension days that no windows are enough. */
const usualHalves = [6, 8, 24, 25, 28, 26, 22, 20, 15, 12, 13, 16, 27, 28, 26, 22, 15, 12, 9, 6];
const pensionHalves = [20, 26, 58, 64, 56, 44, 30, 24, 14, 11, 13, 16, 26, 27, 26, 21, 15, 12, 9, 6];

function dayOf(day: string): PastDay {
  const halves = at(day).kind === 'pension' ? pensionHalves : usualHalves;
  const by = (of: (half: number) => number): number[] =>
    Array.from({ length: 48 }, (_, half) => (halves[half - 16] === undefined ? 0 : of(half - 16)));
  const came = by((half) => Math.round((halves[half] ?? 0) * weekFactor(at(day))));
  return { day, came, open: by(() => 1), customers: came.reduce((a, b) => a + b, 0), services: {} };
}
const past = Array.from({ length: 60 }, (_, i) => daysAfter(TODAY, i - 60))
  .filter((day) => at(day).working)
  .map(dayOf);

/** A branch that has had no day yet. */
export const firstRoster: Roster = { ...rosterOf(branchTemplate, '2026-03-04', []), choices };
/** A pension day after two months. */
export const pensionRoster: Roster = { ...rosterOf(branchTemplate, '2026-03-16', past), choices };
/** A year whose holidays nobody knows yet, at a branch with one window. */
export const unknownRoster: Roster = {
  ...rosterOf({ ...branchTemplate, counters: branchTemplate.counters.slice(0, 1) }, '2026-03-05', []),
  choices,
  known: false,
};

export const rosters: Record<string, unknown> = {
  '/api/v1/roster': firstRoster,
  '/api/v1/roster/2026-03-04': firstRoster,
  '/api/v1/roster/2026-03-05': unknownRoster,
  '/api/v1/roster/2026-03-16': pensionRoster,
};
