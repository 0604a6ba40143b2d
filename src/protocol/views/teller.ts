import type { PauseReason, Text } from '../vocabulary.js';
import type { Common, Keyed } from './common.js';
import type { CallReason, EpisodePhase, TaskCard, UndoOffer, VisitCard } from './staff.js';

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

/** A love window, as far as a teller sees to it who stands in for the manager [W-39]. */
export interface LobbyEpisode {
  episodeId: string;
  phase: EpisodePhase;
  escort: TellerAlert['escort'];
  /** A swap just made, until it can no longer be refused. */
  swap?: { from: Text; to: Text; until: number };
}

/** A visit of the lobby, as a teller needs it who stands in for the manager. */
export interface LobbyVisit extends VisitCard {
  order: number;
  /** The counter it is at, or that is kept for it. */
  counterId?: string;
  /** `episode` while a love window is arranged; `notFound` until staff tap "here again". */
  flag?: { at: number; episode?: LobbyEpisode; notFound?: true };
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
  /** Only longer business waits here, which is left to other windows [P-4]. */
  leftToOthers?: true;
  /**
   * Whom this counter may call by name, while it is free and calls [W-45]. Who has priority looks like anybody: the
   * list is pushed to every free window.
   */
  callable?: Keyed<
    Pick<VisitCard, 'visitId' | 'version' | 'ticket' | 'service' | 'since'> & { order: number }
  >;
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
