import { forecastLimits, leanLimits } from '../../forecast/staffing.js';
import { hourlyRates, weekdayFactor } from '../../model/arrivals.js';
import type { DaySettings } from '../../protocol/settings.js';
import { branchTemplate } from '../../lobby/template.js';
import { advised, fixedHours, reactive, withoutElastic } from '../elasticity.js';
import type { Habits } from '../play.js';
import type { Staffing } from '../staff.js';

/** A way to run the branch, from calls to elastic counters. */
export interface Policy {
  id: PolicyId;
  name: string;
  settings: Partial<DaySettings>;
  special: Habits['special'];
  /** Staffing of one day; advice knows the profile and the weekday, not the day's own luck. */
  staffing: (weekday: number, load: number) => Staffing;
}

export type PolicyId = 'a' | 'b' | 'c' | 'cReactive' | 'cStatic' | 'd' | 'eLean' | 'eForecast';

const perHour = new Map(hourlyRates());

/** Customers a minute that the branch expects at a minute after midnight. */
export const expected =
  (weekday: number, load: number) =>
  (minute: number): number =>
    (load * weekdayFactor(weekday) * (perHour.get(Math.floor(minute / 60)) ?? 0)) / 60;

const byHand = { byHandAt: branchTemplate.counters.findIndex(({ standing }) => standing) };
const priority = { mode: 'strictPriority' } as const;
const none = (): Staffing => withoutElastic;

export const policies: readonly Policy[] = [
  { id: 'a', name: 'FIFO', settings: { mode: 'strictFifo' }, special: 'noPriority', staffing: none },
  { id: 'b', name: 'strict priority', settings: priority, special: 'flag', staffing: none },
  { id: 'c', name: 'manual love window', settings: priority, special: byHand, staffing: none },
  {
    id: 'cReactive',
    name: 'manual, counters opened late',
    settings: priority,
    special: byHand,
    staffing: () => reactive,
  },
  {
    id: 'cStatic',
    name: 'manual, counters at set hours',
    settings: priority,
    special: byHand,
    staffing: fixedHours,
  },
  { id: 'd', name: 'recommended', settings: {}, special: 'loveWindow', staffing: none },
  {
    id: 'eLean',
    name: 'recommended, lean advice',
    settings: {},
    special: 'loveWindow',
    staffing: (weekday, load) => advised(leanLimits, expected(weekday, load)),
  },
  {
    id: 'eForecast',
    name: 'recommended, early advice',
    settings: {},
    special: 'loveWindow',
    staffing: (weekday, load) => advised(forecastLimits, expected(weekday, load)),
  },
];
