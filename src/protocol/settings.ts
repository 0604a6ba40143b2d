import type { AdviceStyle, CallingMode, RatioPart, ServiceClass, Text } from './vocabulary.js';

/** A line on the board. */
export interface Zone {
  id: string;
  name: Text;
  /** A room's line appears only on a screen inside that room [SPEC V-2]. */
  room: boolean;
}

export interface Service {
  id: string;
  name: Text;
  /** One capital letter in front of the number. */
  prefix: string;
  zone: string;
  class: ServiceClass;
  /** Capabilities a counter must have for it. */
  capabilities: string[];
  documents: Text;
  /** Minutes after local midnight [from, to). */
  hours: { from: number; to: number };
  /** Tickets a day; 0 = no cap. */
  cap: number;
  /** Lognormal service time: mean in minutes and coefficient of variation; absent = no basis. */
  time?: { mean: number; cv: number };
  /** What the branch's own days say instead; put in as a day opens, and never configured [P-22]. */
  learnt?: LearntTime;
}

/** A service time as the branch's past days have it, with the configured one as what was believed before. */
export interface LearntTime {
  /** Minutes. */
  mean: number;
  cv: number;
  /** How many services it rests on. */
  services: number;
}

/** Who comes on a day like this one, as the branch's past days have it, with the published day as what was believed before. */
export interface LearntArrivals {
  /** Customers in each half hour after local midnight, within the hours of the services. */
  halfHours: number[];
  /** By service, its share of what customers come for; they add up to 1. */
  services: Record<string, number>;
  /** How many days it rests on. */
  days: number;
}

export interface CounterSetup {
  id: string;
  label: Text;
  zone: string;
  equipment: string[];
  services: string[];
  vip: boolean;
  /** Carries the love-window sign always, wins ties in a plan, is closed last. */
  standing: boolean;
  elastic: boolean;
}

/** So many calls of the class in a row, in each round of the cycle. */
export interface RatioStep {
  of: RatioPart;
  calls: number;
}

/** Whoever waits for this service, in this zone or in this class goes first once one of them has waited so long. */
export interface WaitRule {
  of: 'service' | 'zone' | 'class';
  id: string;
  minutes: number;
}

/** The counter helps with the service only once the first who waits for it has waited so many seconds. */
export interface Overflow {
  counterId: string;
  serviceId: string;
  seconds: number;
}

/** The counter takes services of at most so many minutes on average; others when none of these waits, or never. */
export interface QuickCounter {
  counterId: string;
  minutes: number;
  others: 'ifNoneWaits' | 'never';
}

/** That settings by which somebody could be starved are wanted all the same [P-24]. */
export interface Acceptance {
  /** Keys of the hazards that it is for, as `hazardKey` spells them. */
  of: string[];
  reason: string;
  /** Name and UTC ms, as the server wrote them; taken from nobody. */
  by?: string;
  at?: number;
}

/** Everything the core decides with; kept in the log by DayOpened and SettingsChanged [L16]. */
export interface DaySettings {
  mode: CallingMode;
  autoCall: boolean;
  /** Slopes T of the accumulating index, minutes. */
  slopes: { normal: number; vip: number; appointment: number; special: number };
  /** Reference mean service time of the index, minutes (policy: 6.2). */
  referenceMinutes: number;
  /** B: overtakes after which a visit is protected. */
  overtakesToProtect: number;
  /** Minutes waited after which a visit is protected. */
  minutesToProtect: number;
  /** VIPs called in a row while a normal visit waits. */
  vipCap: number;
  /** All in minutes. */
  careAfter: number;
  careReminder: number;
  waitLimit: number;
  vipResponse: number;
  absentReturn: number;
  appointmentLate: number;
  pauseLimit: number;
  notFoundIdle: number;
  notFoundOnTheWay: number;
  /** All in seconds. */
  acknowledgeWithin: number;
  recallGap: number;
  undoWithin: number;
  swapRefusal: number;
  ratingFor: number;
  calls: number;
  callsBeforeNoShow: number;
  /** Swap: gain and remaining walk in minutes. */
  swapGain: number;
  swapWalk: number;
  /** Learnt walk of an escorted customer, minutes. */
  walkMinutes: number;
  /** On elastic counters; absent in what was kept before there was a choice: lean. */
  advice?: AdviceStyle;
  /** Estimates go by what the branch's own days say of service times and of who comes [P-23, P-31]; absent in what was kept before: they do. */
  learntTimes?: boolean;
  /** Appointments may be called before their time when nothing else can be. */
  earlyAppointments: boolean;
  /** Minutes after local midnight. */
  lastTicket: number;
  /** Local minute at which an untouched day closes itself. */
  closesItself: number;
  /** The cycle of the class ratio [P-25]. */
  ratio?: RatioStep[];
  /** Of the class ratio; only false switches it off. */
  protectedBand?: boolean;
  /** The first that applies is kept [P-26]. */
  waitRules?: WaitRule[];
  /** [P-27] */
  overflows?: Overflow[];
  /** [P-28] */
  quickCounters?: QuickCounter[];
  acceptance?: Acceptance;
}

/** What a branch is configured with; each change is kept as a new version. */
export interface BranchSetup {
  id: string;
  name: Text;
  timeZone: string;
  zones: Zone[];
  services: Service[];
  counters: CounterSetup[];
  settings: DaySettings;
  /** Put in as a day opens, and never configured [P-31]. */
  arrivals?: LearntArrivals;
}
