import type { ClassFigures, DayReport, ReplayComparison } from '../../../src/protocol/lookingBack.js';
import { usualSettings } from '../../../src/protocol/usualSettings.js';
import { AT, windowLabel, zoneNames } from './branch.js';

const figures = (
  [count, mean, p50, p90, longest, from15]: [number, number, number, number, number, number],
  times: number,
  overtook: number,
): ClassFigures => ({
  waits: { count, mean, p50, p90, longest, from15 },
  unserved: 3,
  overtakes: { times, most: Math.min(9, times), protected: 0, overtook },
});

const nobody: ClassFigures = {
  waits: null,
  unserved: 0,
  overtakes: { times: 0, most: 0, protected: 0, overtook: 0 },
};

/** A whole Monday of a large branch. */
export const mondayReport: DayReport = {
  day: '2026-03-02',
  over: true,
  from: AT - 5 * 3_600_000,
  until: AT + 4 * 3_600_000,
  classes: {
    special: {
      waits: { count: 14, mean: 2.8, p50: 'withheld', p90: 'withheld', longest: 'withheld', from15: 0 },
      unserved: 0,
      overtakes: null,
    },
    vip: figures([21, 3.31, 2.6, 7.4, 11.2, 0], 12, 87),
    appointment: figures([18, 3.92, 3.1, 8.8, 12.6, 0], 19, 61),
    normal: figures([233, 5.13, 3.4, 13.9, 29.6, 0.0815], 246, 129),
  },
  settings: {
    mode: 'recommended',
    slopes: usualSettings.slopes,
    referenceMinutes: 6.2,
    overtakesToProtect: 10,
    minutesToProtect: 30,
    vipCap: 2,
    walkMinutes: 1.8,
    swapGain: 0.5,
    swapWalk: 0.8,
    earlyAppointments: true,
  },
  zones: Object.entries(zoneNames).map(([id, name]) => ({ id, name })),
  services: [
    { id: 'cash', name: { zh: '现金存取', en: 'Cash deposit or withdrawal' } },
    { id: 'card', name: { zh: '开卡、换卡、补卡', en: 'New or replacement card' } },
  ],
  counters: [1, 2, 3, 4, 5, 6, 7, 8].map((n) => ({
    id: `w${String(n)}`,
    label: windowLabel(n),
    services: n < 7 ? ['cash', 'card'] : ['card'],
    ...(n > 6 && { elastic: true as const }),
  })),
  vips: { longestRun: 2, cap: 2, beyondCap: 0 },
  otherwise: {
    calledByNumber: { teller: 3 },
    moved: { lobbyManager: 1, branchManager: 1 },
    transferred: { teller: 9 },
    parked: { teller: 4 },
    notHere: { teller: 7 },
    settingsChanged: { branchManager: 1 },
  },
  loveWindow: {
    episodes: 14,
    heldMinutes: 131.4,
    idleMinutes: 28.7,
    servingMinutes: 78.2,
    served: 'withheld',
    notServed: 'withheld',
    swaps: 'withheld',
    swapsRefused: 0,
    unanswered: 0,
  },
  staffMinutes: 3_482,
};

/** A day that still runs. */
export const todaysReport: DayReport = {
  ...mondayReport,
  day: '2026-03-03',
  over: false,
  classes: { ...mondayReport.classes, special: 'withheld' },
  otherwise: {},
  loveWindow: 'withheld',
};

/** The doors are open, and nobody has come yet. */
export const nobodysDay: DayReport = {
  ...todaysReport,
  classes: {
    special: 'withheld',
    vip: nobody,
    appointment: nobody,
    normal: nobody,
  },
};

export const pastDays: Record<string, unknown> = {
  '/api/v1/days': [
    { day: '2026-03-03', over: false },
    { day: '2026-03-02', over: true },
  ],
  '/api/v1/days/2026-03-02/report': mondayReport,
  '/api/v1/days/2026-03-03/report': todaysReport,
};

const calmer = (name: 'vip' | 'normal', mean: number, p90: number, longest: number): ClassFigures => {
  const own = mondayReport.classes[name];
  if (own === 'withheld' || own.waits === null) throw new Error(`no ${name}`);
  return { ...own, waits: { ...own.waits, mean, p90, longest } };
};

export const mondayOtherwise: ReplayComparison = {
  asItWas: mondayReport,
  replayed: {
    ...mondayReport,
    classes: { ...mondayReport.classes, normal: calmer('normal', 4.9, 13.2, 28.8) },
  },
  other: {
    ...mondayReport,
    classes: {
      ...mondayReport.classes,
      vip: calmer('vip', 4.6, 10.9, 15.7),
      normal: calmer('normal', 3.1, 8.4, 17.2),
    },
    staffMinutes: 3_962,
  },
  needsKnown: false,
};
