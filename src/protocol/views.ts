import type { DaySettings } from './settings.js';
import type {
  BindingNeed,
  CallingMode,
  HelpPlace,
  PauseReason,
  ServiceClass,
  TaskKind,
  Text,
  Tier,
  VisitEnding,
  VisitStatus,
} from './vocabulary.js';

/**
 * One view per audience. Fields without a value are absent, never null (see patch.ts); times are UTC ms;
 * collections are keyed by id and carry `order`.
 */
export const audiences = [
  'board',
  'counter',
  'rating',
  'kiosk',
  'ticket',
  'teller',
  'manager',
  'admin',
] as const;
export type Audience = (typeof audiences)[number];

export type Keyed<T> = Record<string, T>;

/** A wait as a range in whole minutes, P50 to P90; absent where there is no basis. */
export interface MinutesRange {
  low: number;
  high: number;
}

export type DayPhase = 'closed' | 'open' | 'ticketsEnded';

interface Common {
  branch: Text;
  timeZone: string;
  /** Business date YYYY-MM-DD; absent before the first day is opened. */
  day?: string;
  phase: DayPhase;
  /** Set in demo mode: every page says so. */
  demo?: true;
}

// ── public: functions of public facts only [L14] ────────────────────────────

export type PublicCounterStatus = 'open' | 'paused' | 'closed';

/** One public call; love-window visits are fetched quietly and never stand here. */
export interface PublicCall {
  ticket: string;
  counter: Text;
  zone: string;
  at: number;
  /** 1 for the first call, 2 and more for recalls: announce again when it grows. */
  round: number;
  /** Nobody has come to the window yet. */
  calling?: true;
}

export interface BoardView extends Common {
  /** Newest first, at most 8, one row per visit. */
  calls: PublicCall[];
  zones: Keyed<{
    name: Text;
    order: number;
    waiting: number;
    minutes?: MinutesRange;
    /** No open window takes its services now. */
    unserved?: true;
  }>;
  counters: Keyed<{ label: Text; order: number; zone: string; status: PublicCounterStatus }>;
  /** "Some windows are giving priority service"; changes on the board's own beat. */
  priorityNotice?: true;
}

export interface KioskView extends Common {
  services: Keyed<{
    name: Text;
    order: number;
    class: ServiceClass;
    documents: Text;
    waiting: number;
    minutes?: MinutesRange;
    /** Absent: tickets are given. */
    closed?: 'hours' | 'cap' | 'tickets';
    /** Tickets are given, but no staffed counter takes it. */
    unstaffed?: true;
  }>;
  /** True while the kiosk may give tickets. */
  issuing: boolean;
}

export interface TicketView extends Common {
  ticket: string;
  visitId: string;
  version: number;
  service: Text;
  services: Text[];
  status: VisitStatus;
  ending?: VisitEnding;
  /** Public count of visits placed before this one; while waiting only. */
  ahead?: number;
  minutes?: MinutesRange;
  /** Where to go, once called. A love-window customer reads it here too. */
  counter?: Text;
  calledAt?: number;
  round?: number;
  issuedAt: number;
  helpAsked?: true;
  /** The customer's own cancel can be undone until then, with the id of that command. */
  undo?: { commandId: string; until: number };
}

// ── at a counter ────────────────────────────────────────────────────────────

export type SignStatus = 'closed' | 'paused' | 'loveWindow' | 'called' | 'serving' | 'free';

export interface CounterView extends Common {
  counterId: string;
  label: Text;
  status: SignStatus;
  /** The standing love window always carries its sign. */
  standing: boolean;
  /** A love window runs here while somebody called aloud is still at the counter. */
  loveWindow?: true;
  /** Normal visit called or in service; never a love-window visit. */
  ticket?: string;
  /** Latest ending at this counter, so the sign can say goodbye for a moment. */
  servedAt?: number;
  /** Room of the branch the counter stands in. */
  zone: Text;
  services: Text[];
}

export interface RatingView extends Common {
  counterId: string;
  label: Text;
  /** Asked by the system at each finish. */
  ask?: { ratingId: string; ticket: string; until: number };
  thanked?: { ratingId: string };
}

// ── staff ───────────────────────────────────────────────────────────────────

/** Why a visit is next; figures recompute from the log. */
export interface CallReason {
  rule:
    | 'reserved'
    | 'protectedOvertaken'
    | 'protectedWaited'
    | 'index'
    | 'vipCap'
    | 'fifo'
    | 'priority'
    | 'named'
    | 'resumed';
  /** Index figure or minutes waited, by rule. */
  figure?: number;
  /** Whole minutes in line, and the class that counted: 5 flagged, 4–2 VIP 3–1, 1 booked, 0 ordinary. */
  waited?: number;
  rank?: number;
  runnerUp?: { ticket: string; figure: number; waited?: number; rank?: number };
  /** Visits that were passed over because the counter is kept for scarce needs. */
  constraint?: 'scarceCounter' | 'vipCap' | 'capability';
}

export interface VisitCard {
  visitId: string;
  version: number;
  ticket: string;
  tier: Tier;
  appointmentAt?: number;
  /** A flag, never a need. */
  priority?: true;
  service: { id: string; name: Text; class: ServiceClass };
  /** Services still to come after this one. */
  more: Text[];
  issuedAt: number;
  /** The wait's begin for the present service. */
  since: number;
  status: VisitStatus;
}

export interface TellerAlert {
  episodeId: string;
  visitId: string;
  version: number;
  ticket: string;
  since: number;
  /** Acknowledge by then, or the lobby plans again. */
  due: number;
  acknowledged?: true;
  /** True while the present service still runs. */
  draining?: true;
  escort: 'none' | 'onTheWay' | 'arrived';
  /** There is something to prepare: ask RevealNeeds. */
  prepare?: true;
}

export interface UndoOffer {
  commandId: string;
  act: 'flag' | 'noShow' | 'cancel' | 'park' | 'finish';
  ticket: string;
  until: number;
}

export interface TaskCard {
  taskId: string;
  kind: TaskKind;
  at: number;
  visitId?: string;
  ticket?: string;
  counterId?: string;
  counter?: Text;
  service?: Text;
  place?: HelpPlace;
  /** Name of the kiosk at which help was asked. */
  screen?: string;
  acknowledgedBy?: string;
  order: number;
}

/** Where a love window stands: waiting for a counter, its counter draining or ready, called or in service there. */
export type EpisodePhase = 'queued' | 'draining' | 'ready' | 'called' | 'serving';

/** A visit of the lobby, as a teller needs it who stands in for the manager. */
export interface LobbyVisit extends VisitCard {
  order: number;
  /** The counter it is at, or that is kept for it. */
  counterId?: string;
  /** `phase` while a love window is arranged; `notFound` until staff tap "here again". */
  flag?: { at: number; phase?: EpisodePhase; notFound?: true };
  helpAsked?: true;
}

export interface TellerView extends Common {
  me: { id: string; name: string };
  /** Absent until signed on. */
  counter?: {
    counterId: string;
    label: Text;
    zone: Text;
    services: Keyed<{ name: Text; order: number }>;
    closing?: true;
    paused?: { reason: PauseReason; since: number };
    /** A pause or closing that waits for the love window to end. */
    pauseAfter?: PauseReason;
    closeAfter?: true;
    held?: true;
    faulty?: true;
  };
  /** Called or in service here. */
  current?: VisitCard & {
    calls: number;
    recallFrom?: number;
    noShowFrom?: number;
    startedAt?: number;
    /** Marked to take that much longer, minutes from `longAt`. */
    long?: { minutes: number; at: number };
    reason?: CallReason;
    quiet?: true;
  };
  next?: { visitId: string; ticket: string; service: Text; reason: CallReason };
  alert?: TellerAlert;
  /** "A priority service runs at another window", without a word about whom. */
  othersHelping?: true;
  waiting: Keyed<{ name: Text; order: number; count: number; longestSince?: number }>;
  parked: Keyed<VisitCard & { mine?: true; order: number }>;
  absent: Keyed<VisitCard & { until: number; order: number }>;
  /** Counters to sign on to. */
  counters: Keyed<{ label: Text; order: number; teller?: string; faulty?: true }>;
  /** Help requests reach tellers only while no manager is signed on. */
  tasks: Keyed<TaskCard>;
  /** No manager is on duty: tellers flag, preview and confirm themselves. */
  mayFlag?: true;
  /** While `mayFlag`: visits that wait, that have a flag, or for whom help was asked [W-44]. */
  lobby?: Keyed<LobbyVisit>;
  services: Keyed<{ name: Text; order: number }>;
  undo?: UndoOffer;
}

export interface ManagerVisit extends VisitCard {
  order: number;
  counterId?: string;
  /** Where the flag stands, if there is one. */
  flag?: { at: number; episodeId?: string; notFound?: true };
  protected?: true;
  overtaken: number;
  minutes?: MinutesRange;
  until?: number;
  helpAsked?: true;
  specialist?: true;
}

export interface ManagerCounter {
  label: Text;
  order: number;
  zone: string;
  status: 'closed' | 'open' | 'closing' | 'paused' | 'faulty';
  held?: true;
  standing?: true;
  vip?: true;
  elastic?: true;
  teller?: string;
  pause?: { reason: PauseReason; since: number };
  pauseAfter?: true;
  closeAfter?: true;
  current?: { visitId: string; ticket: string; since: number; status: 'called' | 'serving'; quiet?: true };
  /** Expected minutes until it is free, from now; absent without a basis. */
  freeAt?: number;
  services: string[];
  /** Services its equipment and teller allow at all. */
  possible: string[];
  /** Needs that no other open counter covers. */
  only?: BindingNeed[];
}

export interface ManagerEpisode {
  episodeId: string;
  visitId: string;
  version: number;
  ticket: string;
  order: number;
  since: number;
  /** Absent while it waits for a counter. */
  counterId?: string;
  counter?: Text;
  phase: EpisodePhase;
  acknowledged?: true;
  due?: number;
  /** Nobody answered; a manager may acknowledge. */
  unanswered?: true;
  escort: 'none' | 'onTheWay' | 'arrived';
  freeAt?: number;
  /** Not found by then: the hold ends. */
  notFoundAt?: number;
  swap?: { from: Text; to: Text; until: number };
  obstacle?: 'noneFits' | 'allHeld' | 'bounds';
}

export interface ManagerView extends Common {
  me: { id: string; name: string };
  /** The reader is on duty: StartDuty was said, EndDuty not yet. */
  onDuty?: true;
  /** Managers on duty, the reader too; with none, help requests go to the tellers [K-2]. */
  duty: Keyed<{ name: string; order: number }>;
  visits: Keyed<ManagerVisit>;
  counters: Keyed<ManagerCounter>;
  episodes: Keyed<ManagerEpisode>;
  tasks: Keyed<TaskCard>;
  zones: Keyed<{ name: Text; order: number; waiting: number; minutes?: MinutesRange }>;
  services: Keyed<{ name: Text; order: number; class: ServiceClass; prefix: string; capabilities: string[] }>;
  appointments: Keyed<{ code: string; at: number; service: Text; order: number; visitId?: string }>;
  /** Needs that only one open counter, or none, can cover now. */
  scarce: Keyed<{ counters: number }>;
  counts: { issued: number; waiting: number; served: number; absent: number };
  limits: { careAfter: number; waitLimit: number; vipResponse: number };
  mode: CallingMode;
  undo?: UndoOffer;
}

export interface AdminView extends Common {
  me: { id: string; name: string };
  settings?: DaySettings;
  zones: Keyed<{ name: Text; order: number; room: boolean }>;
  services: Keyed<{
    name: Text;
    order: number;
    prefix: string;
    class: ServiceClass;
    hours: { from: number; to: number };
    cap: number;
    capabilities: string[];
  }>;
  counters: Keyed<{ label: Text; order: number; equipment: string[]; services: string[]; open: boolean }>;
  /** Support needs a configured branch can't cover, or only at one counter. */
  warnings: Keyed<{ counters: number }>;
  counts: { issued: number; waiting: number; served: number; left: number; absent: number };
}

export interface ViewOf {
  board: BoardView;
  counter: CounterView;
  rating: RatingView;
  kiosk: KioskView;
  ticket: TicketView;
  teller: TellerView;
  manager: ManagerView;
  admin: AdminView;
}
