import type { WaitRule } from '../settings.js';
import type {
  HelpPlace,
  PrinterFault,
  RatioPart,
  ServiceClass,
  TaskKind,
  Text,
  Tier,
  VisitStatus,
} from '../vocabulary.js';

/** One call of a class ratio: the nth of so many for its part, at this place of the cycle, from 0. */
export interface Turn {
  of: RatioPart;
  nth: number;
  calls: number;
  slot: number;
}

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
    | 'ratio'
    | 'named'
    | 'resumed';
  /** Of the class ratio: whose turn it was at the counter. */
  turn?: Turn;
  /** Why it was chosen among these only: one of them had waited `longest` whole minutes, the limit or more [P-26]. */
  first?: WaitRule & { longest: number };
  /** Index figure or minutes waited, by rule. */
  figure?: number;
  /** Whole minutes in line, and the class that counted: 5 flagged, 4–2 VIP 3–1, 1 booked, 0 ordinary. */
  waited?: number;
  rank?: number;
  runnerUp?: { ticket: string; figure: number; waited?: number; rank?: number };
  /** Visits that were passed over because the counter is kept for scarce needs. */
  constraint?: 'scarceCounter' | 'overflow' | 'quick' | 'vipCap' | 'capability';
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
  /** Name of the kiosk at which help was asked, or whose printer is in trouble. */
  screen?: string;
  trouble?: PrinterFault;
  /** When it was last said again, unacknowledged as it was [K-5]. */
  againAt?: number;
  acknowledgedBy?: string;
  order: number;
}

/** Where a love window stands: waiting for a counter, its counter draining or ready, called or in service there. */
export type EpisodePhase = 'queued' | 'draining' | 'ready' | 'called' | 'serving';
