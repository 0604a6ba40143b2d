import type { Overflow, QuickCounter, RatioStep, WaitRule } from './settings.js';
import type { AdviceStyle, CallingMode, Role, Text } from './vocabulary.js';

/** What is told of a day that has been; paths below `/api/v1/days`. Minutes are not rounded. */

/** `GET /api/v1/days`: the branch's days, newest first. */
export interface DayEntry {
  /** YYYY-MM-DD */
  day: string;
  /** False while it runs. */
  over: boolean;
}

/** Which slope a visit had: flagged, else with a tier, else booked, else none of these. */
export const visitClasses = ['special', 'vip', 'appointment', 'normal'] as const;
export type VisitClass = (typeof visitClasses)[number];

/** Could point to one customer with priority, or the day still runs: not told, nor how large it is [H-6]. */
export type Withheld = 'withheld';
export type Told = number | Withheld;

/** Waits that ended with a service, minutes. */
export interface Waits {
  count: Told;
  mean: number;
  p50: Told;
  p90: Told;
  longest: Told;
  /** Share of 15 minutes or more, 0 … 1. */
  from15: Told;
}

/** As L8 counts, among customers without priority. */
export interface Overtakes {
  /** How often a visit of this class was overtaken, at most for one service, and how many reached B. */
  times: number;
  most: number;
  protected: number;
  /** How often a call of this class overtook somebody. */
  overtook: number;
}

export interface ClassFigures {
  /** Null: nobody of this class was served. */
  waits: Waits | null;
  /** Visits that ended without a service: left, cancelled, not found, or the day was closed. */
  unserved: Told;
  /** Null: those with priority are in no overtakes that are told [H-3]. */
  overtakes: Overtakes | null;
}

/** What a person decided otherwise than the calling policy would have. */
export const otherwiseActs = [
  'calledByNumber',
  'calledBack',
  'moved',
  'transferred',
  'parked',
  'notHere',
  'lastWindow',
  'servicesChanged',
  'settingsChanged',
] as const;
export type OtherwiseAct = (typeof otherwiseActs)[number];

export interface LoveWindowFigures {
  episodes: number;
  /** Minutes that counters were held, and of these: nobody was in service there; the one it was held for was. */
  heldMinutes: Told;
  idleMinutes: Told;
  servingMinutes: Told;
  /** How they ended: with the service, or otherwise. */
  served: Told;
  notServed: Told;
  swaps: Told;
  swapsRefused: Told;
  unanswered: Told;
}

/** Settings that a branch need not have. */
type Unset = 'ratio' | 'protectedBand' | 'waitRules' | 'overflows' | 'quickCounters';

/** `GET /api/v1/days/<day>/report` */
export interface DayReport {
  day: string;
  over: boolean;
  /** UTC ms of the first and the last event that it was made from. */
  from: number;
  until: number;
  classes: Record<VisitClass, ClassFigures | Withheld>;
  /** When the day ended. */
  settings: Required<Omit<ReplaySettings, Unset>> & Pick<ReplaySettings, Unset>;
  /** What the branch had on that day, as its rules of calling name it; `elastic`: opened when needed. */
  zones: { id: string; name: Text }[];
  services: { id: string; name: Text }[];
  counters: { id: string; label: Text; services: string[]; elastic?: true }[];
  vips: { longestRun: number; cap: number; beyondCap: number };
  /** Only acts that there were. */
  otherwise: Partial<Record<OtherwiseAct, Partial<Record<Role, number>>>>;
  loveWindow: LoveWindowFigures | Withheld;
  /** Minutes that tellers were signed on, pauses included. */
  staffMinutes: number;
}
/** What a day may be played anew with; all else stays as it was that day. */
export interface ReplaySettings {
  mode?: CallingMode;
  slopes?: { normal: number; vip: number; appointment: number; special: number };
  referenceMinutes?: number;
  overtakesToProtect?: number;
  minutesToProtect?: number;
  vipCap?: number;
  walkMinutes?: number;
  swapGain?: number;
  swapWalk?: number;
  earlyAppointments?: boolean;
  ratio?: RatioStep[];
  protectedBand?: boolean;
  waitRules?: WaitRule[];
  overflows?: Overflow[];
  quickCounters?: QuickCounter[];
}

/** By which advice elastic counters are opened and closed [P-11]. */
export const elasticities = ['lean', 'early'] as const satisfies readonly AdviceStyle[];
export type Elasticity = (typeof elasticities)[number];

/** `POST /api/v1/days/<day>/replay` */
export interface ReplayRequest {
  settings: ReplaySettings;
  /** Counters that are open, or closed, from the first sign-on of the day to its end; the others are as they were. */
  open: string[];
  closed: string[];
  /** Elastic counters in neither list are opened and closed by advice; absent: as they were. */
  elasticity?: Elasticity;
}

export interface ReplayComparison {
  asItWas: DayReport;
  /** Played anew with the day's own settings and staff: how near the play comes to what happened. */
  replayed: DayReport;
  other: DayReport;
  /** False: the day's key is gone, and nobody's needs limited where they could be served. */
  needsKnown: boolean;
}
