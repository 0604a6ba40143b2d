import { forecastLimits, leanLimits } from '../../forecast/staffing.js';
import { hourlyRates, minutesPerCustomer, weekdayFactor, type Crowd } from '../../model/arrivals.js';
import type { DaySettings } from '../../protocol/settings.js';
import { branchTemplate } from '../../lobby/template.js';
import { advised, fixedHours, reactive, withoutElastic, type Expected } from '../elasticity.js';
import type { Habits } from '../play.js';
import type { Staffing } from '../staff.js';

/** A way to run the branch, from calls to elastic counters. */
export interface Policy {
  id: PolicyId;
  name: string;
  settings: Partial<DaySettings>;
  special: Habits['special'];
  /** Staffing of one day; advice knows the profile and the weekday, not the day's own luck. */
  staffing: (weekday: number, cell: Crowd) => Staffing;
}

export type PolicyId = 'a' | 'b' | 'c' | 'cReactive' | 'cStatic' | 'd' | 'eLean' | 'eForecast';

const hours = hourlyRates();
const perHour = new Map(hours);
/** Customers before each full hour. */
const before = new Map(
  hours.map(([hour]) => [hour, hours.reduce((sum, [of, count]) => (of < hour ? sum + count : sum), 0)]),
);
const all = hours.reduce((sum, [, count]) => sum + count, 0);

/** What the branch expects of a weekday: the profile, not the day's own luck. */
export function expected(weekday: number, { load, specialShare }: Crowd): Expected {
  const factor = load * weekdayFactor(weekday);
  return {
    rate: (minute) => (factor * (perHour.get(Math.floor(minute / 60)) ?? 0)) / 60,
    until(minute) {
      const hour = Math.floor(minute / 60);
      const part = (minute - 60 * hour) / 60;
      return factor * ((before.get(hour) ?? all) + part * (perHour.get(hour) ?? 0));
    },
    usual: minutesPerCustomer(specialShare),
  };
}

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
    staffing: (weekday, cell) => advised(leanLimits, expected(weekday, cell)),
  },
  {
    id: 'eForecast',
    name: 'recommended, early advice',
    settings: {},
    special: 'loveWindow',
    staffing: (weekday, cell) => advised(forecastLimits, expected(weekday, cell)),
  },
];
