import type { BindingNeed, CallingMode, PauseReason, ServiceClass, Text } from '../vocabulary.js';
import type { Common, Keyed, MinutesRange, PublicNotice } from './common.js';
import type { EpisodePhase, TaskCard, UndoOffer, VisitCard } from './staff.js';

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
  /** Expected minutes until it is free, from now; absent without a basis, and when its service is `lasting`. */
  freeAt?: number;
  /** Its service has lasted longer than nine in ten like it [W-91]. */
  lasting?: true;
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
  /** The service that it waits for has lasted longer than nine in ten like it [W-91]. */
  lasting?: true;
  /** Not found by then: the hold ends. */
  notFoundAt?: number;
  swap?: { from: Text; to: Text; until: number };
  obstacle?: 'noneFits' | 'allHeld' | 'bounds';
}

export interface NoticeCard extends PublicNotice {
  at: number;
  /** It goes by itself then. */
  until: number;
  by: string;
}

/** An elastic counter to open or close. Figures are whole minutes of work for each open counter. */
export interface StaffingAdvice {
  to: 'open' | 'close';
  counterId: string;
  /** Since when it stands, UTC ms. */
  since: number;
  /** The most that is expected: as things are, or with the counter closed. */
  work: number;
  /** The same with the counter opened. */
  after?: number;
}

/** What came of advice that was followed. */
export interface StaffingOutcome {
  to: 'open' | 'close';
  counterId: string;
  /** When it was followed, UTC ms. */
  at: number;
  /** Expected without the opening, or with the closing, and the most that was then seen. */
  expected: number;
  seen: number;
}

export interface StaffingNote {
  advice?: StaffingAdvice;
  outcome?: StaffingOutcome;
}

export interface ManagerView extends Common {
  me: { id: string; name: string };
  /** The reader is on duty: StartDuty was said, EndDuty not yet. */
  onDuty?: true;
  /** A branch manager, who may take the others off duty [K-4]. */
  mayEndDuty?: true;
  /** An auditor, who may look and act on nothing [W-86]. */
  readOnly?: true;
  /** Managers on duty, the reader too; with none, help requests go to the tellers [K-2]. */
  duty: Keyed<{ name: string; order: number }>;
  visits: Keyed<ManagerVisit>;
  counters: Keyed<ManagerCounter>;
  episodes: Keyed<ManagerEpisode>;
  tasks: Keyed<TaskCard>;
  notices: Keyed<NoticeCard>;
  zones: Keyed<{ name: Text; order: number; waiting: number; minutes?: MinutesRange }>;
  services: Keyed<{ name: Text; order: number; class: ServiceClass; prefix: string; capabilities: string[] }>;
  appointments: Keyed<{ code: string; at: number; service: Text; order: number; visitId?: string }>;
  /** Needs that only one open counter, or none, can cover now. */
  scarce: Keyed<{ counters: number }>;
  /** Services that somebody waits for and every open counter leaves to others; absent where there are none [P-32]. */
  leftOver?: string[];
  counts: { issued: number; waiting: number; served: number; absent: number };
  limits: { careAfter: number; waitLimit: number; vipResponse: number };
  mode: CallingMode;
  /** Minute of the day from which a day that is opened gives no ticket; only while none is open. */
  lastTicket?: number;
  /** What the coming half hour asks for, and what the last advice did [P-21]. */
  staffing?: StaffingNote;
  undo?: UndoOffer;
}
