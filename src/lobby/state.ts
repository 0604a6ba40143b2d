import type { CallReason } from '../protocol/views.js';
import type { BranchSetup } from '../protocol/settings.js';
import type {
  EpisodeEnding,
  HelpPlace,
  NoticeKind,
  PauseReason,
  PrinterFault,
  Sealed,
  SupportNeed,
  TaskKind,
  Text,
  Tier,
  VisitEnding,
} from '../protocol/vocabulary.js';
import type { LocalDay } from './wall-clock.js';

/**
 * The fold of one branch's business day. Plain JSON throughout, so that a snapshot is
 * `JSON.stringify(state)` and two folds can be compared. Times are UTC ms of branch time.
 * `evolve` advances it in place; nobody else writes to it.
 */
export interface LobbyState extends LocalDay {
  branchId: string;
  /** Business date YYYY-MM-DD; '' before the first day. */
  day: string;
  phase: 'none' | 'open' | 'closed';
  /** Time of the last event. */
  at: number;
  /** The setup this day decides with [L16]; null before DayOpened. */
  setup: BranchSetup | null;
  visits: Record<string, Visit>;
  /** Ids of visits that have not ended, so that nothing scans the finished ones. */
  present: Record<string, true>;
  counters: Record<string, Counter>;
  episodes: Record<string, Episode>;
  /** Ids of episodes that have not ended. */
  running: Record<string, true>;
  tasks: Record<string, Task>;
  appointments: Record<string, Appointment>;
  managers: Record<string, { name: string; role: 'lobbyManager' | 'branchManager' }>;
  /** Last number given per prefix, and tickets given per service. */
  numbers: Record<string, number>;
  issuedOf: Record<string, number>;
  /** VIPs called in a row that a waiting normal visit could have had. */
  vipRun: number;
  counts: { issued: number } & Record<VisitEnding, number>;
  /** Latest public calls, newest first, one per visit, at most 8: what the boards show. */
  calls: PublicCallMade[];
  /** Notices that stand now, in the order in which they were posted, and how many the day has had. */
  notices: Record<string, Notice>;
  noticesPosted: number;
  /** Latest undoable act per actor. */
  undo: Record<string, UndoSlot>;
  /** Sessions that have seen a visit's needs: `visitId/session`. */
  revealed: Record<string, true>;
  /** Times nobody was served because the server was down; long timers leave them out. */
  outages: { from: number; to: number }[];
}

export interface Visit {
  id: string;
  ticket: string;
  /** Grows with every event about this visit. */
  version: number;
  tier: Tier;
  appointmentAt?: number;
  arrivedAt: number;
  /** Present service first, then those to come. */
  services: string[];
  /** First-asked owner 首问负责制. */
  owner?: string;
  flag?: Flag;
  /** Capabilities of specialists called for this visit. */
  specialists: Sealed<string[]>;
  /** Order in the line: arrival, appointment time, or where a placement put it. */
  place: number;
  /** An event moved it in the line or brought it back there, so L10 no longer compares it. */
  moved?: true;
  /** When the wait for the present service began. */
  since: number;
  overtaken: number;
  helpAsked?: true;
  /** Present service's care, wait-limit and VIP tasks raised so far. */
  told: TaskKind[];
  stage: Stage;
}

export type Stage =
  | { status: 'waiting' }
  | { status: 'reserved'; counterId: string; episodeId: string }
  | {
      status: 'called';
      counterId: string;
      at: number;
      calls: number;
      lastCallAt: number;
      quiet: boolean;
      reason: CallReason;
    }
  | {
      status: 'serving';
      counterId: string;
      calledAt: number;
      at: number;
      quiet: boolean;
      reason: CallReason;
      long?: { minutes: number; at: number };
    }
  | { status: 'parked'; counterId: string; at: number }
  | { status: 'absent'; counterId: string; at: number }
  | { status: 'ended'; how: VisitEnding; at: number };

export interface Flag {
  at: number;
  by: string;
  needs: Sealed<SupportNeed[]>;
  episodeId?: string;
  /** The last hold ended because nobody came; no new hold until staff tap "here again". */
  notFound?: true;
}

export interface Counter {
  id: string;
  version: number;
  /** Services called here now; changed by rebalancing. */
  services: string[];
  teller?: { id: string; name: string; skills: string[]; since: number };
  closing?: true;
  pause?: { reason: PauseReason; since: number };
  /** A pause or closing that waits for the hold to end. */
  pauseAfter?: PauseReason;
  closeAfter?: true;
  faulty?: true;
  visitId?: string;
  hold?: { episodeId: string; since: number };
  /** A hold has ended here and no normal visit was called since [L7]. */
  owesNormal?: true;
  /** Where its next call stands in the cycle of the class ratio [P-25]; absent at the beginning. */
  turn?: number;
  /** Free since: no visit, staffed. */
  freeSince: number;
  /** Latest finish here, asked for by the rating pad. */
  rating?: { id: string; ticket: string; until: number; stars?: number };
  /** Of this day: finishes for which a rating was asked, and those that were rated. */
  ratings: { asked: number; answered: number };
  servedAt?: number;
  longPauseTold?: true;
}

export interface Episode {
  id: string;
  visitId: string;
  /** UTC ms of the confirmation. */
  at: number;
  /** Absent while no counter could be held. */
  counterId?: string;
  /** Counters whose teller did not answer in this episode. */
  unanswered: string[];
  alertAt: number;
  acknowledgedBy?: string;
  /** Nobody suitable answered; the alert recurs and a manager may acknowledge. */
  recurring?: true;
  onTheWayAt?: number;
  arrivedAt?: number;
  /** Latest moment since which the held counter has been free with the visit not called. */
  readyAt?: number;
  swap?: { from: string; to: string; at: number; refused?: true };
  ended?: { how: EpisodeEnding; at: number };
}

export interface Task {
  id: string;
  kind: TaskKind;
  at: number;
  remindedAt: number;
  /** Set by each reminder; an outage moves `remindedAt` and not this. */
  againAt?: number;
  visitId?: string;
  counterId?: string;
  serviceId?: string;
  episodeId?: string;
  place?: HelpPlace;
  /** The kiosk at which help was asked, or whose printer is in trouble. */
  screen?: { id: string; name: string };
  trouble?: PrinterFault;
  acknowledgedBy?: string;
}

export interface Appointment {
  code: string;
  at: number;
  serviceIds: string[];
  visitId?: string;
}

export interface Notice {
  id: string;
  kind: NoticeKind;
  title?: Text;
  text: Text;
  at: number;
  until: number;
  /** Name of who posted it; for staff. */
  by: string;
}

export interface PublicCallMade {
  visitId: string;
  ticket: string;
  counterId: string;
  /** Zone of the service called for. */
  zone: string;
  at: number;
  round: number;
  /** Somebody came to this call. */
  came?: true;
  /** When it was given up, until the visit is back in the line. */
  missedAt?: number;
}

export interface UndoSlot {
  commandId: string;
  act: 'flag' | 'noShow' | 'cancel' | 'park' | 'finish';
  at: number;
  visitBefore: Visit;
  /** Versions right after the act: anything newer means that something followed. */
  visitVersion: number;
  counter?: { id: string; version: number };
}

/** State before the branch's first event of a day. */
export function emptyState(branchId: string): LobbyState {
  return {
    branchId,
    day: '',
    phase: 'none',
    at: 0,
    midnight: 0,
    setup: null,
    visits: {},
    present: {},
    counters: {},
    episodes: {},
    running: {},
    tasks: {},
    appointments: {},
    managers: {},
    numbers: {},
    issuedOf: {},
    vipRun: 0,
    counts: { issued: 0, served: 0, left: 0, cancelled: 0, absent: 0, closed: 0, merged: 0 },
    calls: [],
    notices: {},
    noticesPosted: 0,
    undo: {},
    revealed: {},
    outages: [],
  };
}
