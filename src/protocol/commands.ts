import type { Rejection } from './codes.js';
import type { DaySettings } from './settings.js';
import type { MinutesRange } from './views/common.js';
import type {
  HelpPlace,
  NoticeKind,
  OverrideReason,
  PauseReason,
  Placement,
  Sealed,
  SupportNeed,
  Text,
  Tier,
} from './vocabulary.js';

/**
 * What a client may ask for. Actor, role, branch and a teller's own counter come from the session and
 * are in no payload. A command that acts on one visit carries the version of it that the person saw.
 */
export type Command =
  // the day
  | { type: 'OpenDay' }
  | { type: 'CloseDay'; endRemaining: boolean }
  | { type: 'ChangeSettings'; settings: Partial<DaySettings> }
  | { type: 'SetCounterServices'; counterId: string; serviceIds: string[] }
  | {
      type: 'ManageCounter';
      counterId: string;
      to: 'paused' | 'resumed' | 'closing' | 'reopened' | 'faulty' | 'repaired';
      reason?: PauseReason;
      override?: OverrideReason;
    }
  /** A manager comes on or goes off duty: help requests go to whoever is on. */
  | { type: 'StartDuty' }
  /** `staffId`: of another manager, who forgot; for the branch manager. */
  | { type: 'EndDuty'; staffId?: string }
  /** Told to everybody in both languages, for so many minutes; only a slide has a title [W-54]. */
  | { type: 'PostNotice'; kind: NoticeKind; title?: Text; text: Text; minutes: number }
  | { type: 'WithdrawNotice'; noticeId: string }
  // visits
  | { type: 'IssueTicket'; serviceIds: string[]; tier?: Tier }
  | { type: 'BookAppointment'; code: string; at: number; serviceIds: string[] }
  | { type: 'CheckIn'; code: string }
  | { type: 'RequestHelp'; place: HelpPlace; visitId?: string }
  | ({ type: 'CancelVisit' } & OnVisit)
  | ({ type: 'LeaveVisit' } & OnVisit)
  | ({ type: 'ReturnVisit' } & OnVisit)
  | ({ type: 'AddService'; serviceId: string } & OnVisit)
  | ({ type: 'MoveVisit'; placement: 'front' | 'end'; reason: OverrideReason } & OnVisit)
  | { type: 'MergeVisits'; visitId: string; version: number; otherId: string; otherVersion: number }
  | { type: 'CallSpecialist'; visitId: string; version: number; capability: string }
  | { type: 'Undo'; commandId: string }
  // a teller at the own counter
  | { type: 'SignOn'; counterId: string; takeOver?: boolean }
  | { type: 'SignOff' }
  | { type: 'CloseCounter' }
  | { type: 'PauseCounter'; reason: PauseReason }
  | { type: 'ResumeCounter' }
  | { type: 'CallNext' }
  | ({ type: 'CallVisit'; reason: OverrideReason } & OnVisit)
  | ({ type: 'Recall' } & OnVisit)
  | ({ type: 'StartService' } & OnVisit)
  | ({ type: 'FinishService'; placement?: Placement } & OnVisit)
  | ({ type: 'MarkNoShow' } & OnVisit)
  | ({ type: 'ParkVisit' } & OnVisit)
  | ({ type: 'ResumeParked' } & OnVisit)
  | ({ type: 'TransferVisit'; serviceId: string; placement: Placement } & OnVisit)
  | ({ type: 'MarkLongService'; minutes: number } & OnVisit)
  // love window
  | ({ type: 'FlagPriority'; needs: SupportNeed[]; consent: boolean } & OnVisit)
  | { type: 'FlagNewVisit'; serviceIds: string[]; tier?: Tier; needs: SupportNeed[]; consent: boolean }
  | ({ type: 'AmendNeeds'; needs: SupportNeed[]; consent: boolean } & OnVisit)
  | ({ type: 'DeclinePriority' } & OnVisit)
  | { type: 'ConfirmLoveWindow'; visitId: string; version: number; counterId?: string }
  | { type: 'AcknowledgeAlert'; episodeId: string }
  | { type: 'MarkOnTheWay'; episodeId: string }
  | { type: 'MarkArrived'; episodeId: string }
  | { type: 'RefuseSwap'; episodeId: string }
  | ({ type: 'MarkHereAgain' } & OnVisit)
  | ({ type: 'RevealNeeds' } & OnVisit)
  // tasks and rating
  | { type: 'AcknowledgeTasks'; taskIds: string[] }
  | { type: 'CompleteTask'; taskId: string }
  | { type: 'RateService'; ratingId: string; stars: 1 | 2 | 3 | 4 | 5 }
  // questions; they change nothing
  | { type: 'PreviewLoveWindow'; visitId: string }
  | ({ type: 'PreviewStaffing' } & StaffingChange);

/** A counter opened, closed, or set to take these services. */
export interface StaffingChange {
  counterId: string;
  to: 'open' | 'closed' | 'services';
  /** With `services` only. */
  serviceIds?: string[];
}

interface OnVisit {
  visitId: string;
  version: number;
}

/** What changes nothing and is answered from what is shown. */
export type Question = CommandOf<'PreviewLoveWindow' | 'PreviewStaffing'>;

export type CommandType = Command['type'];
export type CommandOf<T extends CommandType> = Extract<Command, { type: T }>;

/**
 * A command on its way. `id` is made once per tap, 1–64 of `A-Z a-z 0-9 _ -`; repeating it repeats the
 * first answer. `day` is the business date the sender sees (YYYY-MM-DD); only OpenDay may omit it.
 */
export interface CommandMessage {
  id: string;
  day?: string;
  command: Command;
}

export interface TicketIssued {
  visitId: string;
  ticket: string;
  /** Public count of visits placed before it. */
  ahead: number;
  /** 128-bit token of the ticket's page, 32 hex digits; added by the door that issued it. */
  token?: string;
}

/** "W2, about 2 min; 14 others wait 0.6 min longer" */
export interface LoveWindowPlan {
  visitId: string;
  /** Of the visit that was previewed; the confirmation names it. Absent in a confirmation's own answer. */
  version?: number;
  /** Absent: no suitable counter can be held now. */
  counterId?: string;
  label?: Text;
  /** Minutes until the counter is expected free; absent without a basis, and when its service is `lasting`. */
  minutes?: number;
  /** Its service has lasted longer than nine in ten like it [W-91]. */
  lasting?: true;
  /** How many others wait longer, and by how many minutes each on average. Absent: no basis. */
  cost?: { others: number; minutes: number };
  /** Why there is no counter: none open fits, all that fit are held, or the bounds of L7. */
  obstacle?: 'noneFits' | 'allHeld' | 'bounds';
}

/** Waits as things stand and as they would be; a figure without a basis is absent. */
export interface StaffingPreview {
  /** For an ordinary customer who comes now, P50 to P90. */
  zones: { zone: string; before?: MinutesRange; after?: MinutesRange }[];
  waiting: {
    /** Who waits now and has an estimate either way, with their mean wait from now, minutes. */
    people: number;
    before?: number;
    after?: number;
    /** Who waits now and has no estimate, mostly because no open window could serve them. */
    unserved?: { before: number; after: number };
  };
}

export interface CommandResults {
  IssueTicket: TicketIssued;
  CheckIn: TicketIssued;
  FlagNewVisit: TicketIssued;
  CallNext: { visitId: string; ticket: string };
  CallVisit: { visitId: string; ticket: string };
  ResumeParked: { called: boolean };
  SignOn: { tookOver: boolean; visitId?: string };
  PauseCounter: { afterRelease: boolean };
  CloseCounter: { afterCurrent: boolean };
  ManageCounter: { afterRelease: boolean };
  ConfirmLoveWindow: { plan: LoveWindowPlan; episodeId: string; changed: boolean };
  RevealNeeds: { needs: Sealed<SupportNeed[]> };
  PreviewLoveWindow: LoveWindowPlan;
  PreviewStaffing: StaffingPreview;
  PostNotice: { noticeId: string };
  OpenDay: { day: string };
}

export type ResultOf<T extends CommandType> = T extends keyof CommandResults
  ? CommandResults[T]
  : Record<never, never>;

export interface Accepted<T extends CommandType = CommandType> {
  ok: true;
  /** Last event's place in the day's stream once this command was durable; 0 for screens and phones [L14]. */
  seq: number;
  result: ResultOf<T>;
}

export type Ack<T extends CommandType = CommandType> = Accepted<T> | Rejection;
