import type { CallReason } from '../protocol/views.js';
import type { BranchSetup, DaySettings } from '../protocol/settings.js';
import type {
  EpisodeEnding,
  HelpPlace,
  NoticeKind,
  OverrideReason,
  PauseReason,
  PrinterFault,
  Sealed,
  SupportNeed,
  TaskKind,
  Text,
  Tier,
  VisitEnding,
} from '../protocol/vocabulary.js';
import type { Appointment } from './state.js';
import type { LocalDay } from './wall-clock.js';

/**
 * What happened, in the past tense. Events carry every figure the fold needs, so that the fold never
 * looks at a sealed field and runs the same without the day's key [L13].
 */
export type LobbyEvent =
  // day
  | ({ type: 'DayOpened'; day: string; setup: BranchSetup; appointments: Appointment[] } & LocalDay)
  | { type: 'DayClosed'; bySystem: boolean; inaccurate: boolean }
  | { type: 'SettingsChanged'; settings: Partial<DaySettings> }
  | { type: 'ServiceInterrupted'; from: number; to: number }
  | { type: 'ClockStepped'; byMs: number }
  | {
      type: 'NoticePosted';
      noticeId: string;
      kind: NoticeKind;
      title?: Text;
      text: Text;
      /** UTC ms at which it goes by itself. */
      until: number;
      by: string;
    }
  | { type: 'NoticeWithdrawn'; noticeId: string }
  | { type: 'NoticeExpired'; noticeId: string }
  // people and counters
  | { type: 'ManagerSignedOn'; staffId: string; name: string; role: 'lobbyManager' | 'branchManager' }
  | { type: 'ManagerSignedOff'; staffId: string }
  | {
      type: 'TellerSignedOn';
      counterId: string;
      staffId: string;
      name: string;
      skills: string[];
      tookOverFrom?: string;
    }
  | { type: 'TellerSignedOff'; counterId: string; staffId: string }
  | { type: 'CounterClosing'; counterId: string }
  | { type: 'CounterReopened'; counterId: string }
  | { type: 'CounterPaused'; counterId: string; reason: PauseReason; override?: OverrideReason }
  | { type: 'CounterResumed'; counterId: string }
  | { type: 'CounterPauseQueued'; counterId: string; reason: PauseReason }
  | { type: 'CounterCloseQueued'; counterId: string }
  | { type: 'CounterFaultReported'; counterId: string }
  | { type: 'CounterRepaired'; counterId: string }
  | { type: 'CounterServicesChanged'; counterId: string; serviceIds: string[] }
  // visits
  | {
      type: 'VisitIssued';
      visitId: string;
      ticket: string;
      prefix: string;
      number: number;
      serviceIds: string[];
      tier: Tier;
      appointmentCode?: string;
      appointmentAt?: number;
      place: number;
      since: number;
    }
  | { type: 'AppointmentBooked'; appointment: Appointment }
  | {
      type: 'VisitCalled';
      visitId: string;
      counterId: string;
      quiet: boolean;
      reason: CallReason;
      /** Waiting visits that this call overtook [L8]. */
      overtook: string[];
      vipRun: number;
      named?: OverrideReason;
    }
  | { type: 'VisitRecalled'; visitId: string }
  | { type: 'ServiceStarted'; visitId: string }
  | { type: 'ServiceMarkedLong'; visitId: string; minutes: number }
  | {
      type: 'ServiceFinished';
      visitId: string;
      counterId: string;
      ratingId: string;
      /** Present when another service follows. */
      next?: { place: number; moved: boolean };
    }
  | { type: 'VisitKept'; visitId: string; episodeId: string; counterId: string }
  | { type: 'VisitTransferred'; visitId: string; serviceId: string; place: number; moved: boolean }
  | { type: 'ServiceAdded'; visitId: string; serviceId: string }
  | { type: 'VisitMoved'; visitId: string; place: number; reason: OverrideReason }
  | { type: 'VisitParked'; visitId: string }
  | { type: 'VisitResumed'; visitId: string }
  | { type: 'VisitAbsent'; visitId: string }
  | { type: 'VisitReturned'; visitId: string }
  | { type: 'VisitEnded'; visitId: string; how: VisitEnding }
  | { type: 'VisitsMerged'; visitId: string; otherId: string }
  | { type: 'SpecialistCalled'; visitId: string; capabilities: Sealed<string[]> }
  | { type: 'Undone'; commandId: string; visitId: string }
  // love window
  | { type: 'PriorityFlagged'; visitId: string; needs: Sealed<SupportNeed[]> }
  | { type: 'NeedsAmended'; visitId: string; needs: Sealed<SupportNeed[]> }
  | { type: 'PriorityDeclined'; visitId: string }
  | { type: 'NeedsRevealed'; visitId: string; session: string }
  | { type: 'LoveWindowConfirmed'; episodeId: string; visitId: string }
  | { type: 'CounterHeld'; episodeId: string; visitId: string; counterId: string }
  | {
      type: 'CounterReleased';
      episodeId: string;
      visitId: string;
      counterId: string;
      because: EpisodeEnding | 'swapped' | 'unanswered' | 'pausing';
    }
  | { type: 'AlertAcknowledged'; episodeId: string; by: string }
  | { type: 'AlertUnanswered'; episodeId: string; counterId: string; recurs: boolean }
  | { type: 'EscortOnTheWay'; episodeId: string }
  | { type: 'EscortArrived'; episodeId: string }
  | { type: 'LoveWindowSwapped'; episodeId: string; from: string; to: string }
  | { type: 'SwapRefused'; episodeId: string }
  | { type: 'LoveWindowEnded'; episodeId: string; visitId: string; how: EpisodeEnding }
  | { type: 'VisitHereAgain'; visitId: string }
  // tasks and rating
  | {
      type: 'TaskRaised';
      taskId: string;
      kind: TaskKind;
      visitId?: string;
      counterId?: string;
      serviceId?: string;
      episodeId?: string;
      place?: HelpPlace;
      screen?: { id: string; name: string };
      trouble?: PrinterFault;
    }
  | { type: 'TaskReminded'; taskId: string }
  | { type: 'TaskAcknowledged'; taskId: string; by: string }
  | { type: 'TaskCleared'; taskId: string }
  /** The printer that somebody is on is in another trouble now. */
  | { type: 'TroubleChanged'; taskId: string; trouble: PrinterFault }
  | { type: 'ServiceRated'; counterId: string; ratingId: string; stars: number };

export type EventType = LobbyEvent['type'];

/** An event with the circumstances the fold may use. */
export interface Occurrence {
  event: LobbyEvent;
  at: number;
  actorId: string;
  commandId: string;
}

/** Schema version of each event written today; older ones are upcast by the log's reader. */
export const EVENT_VERSION = 1;

/**
 * Fields sealed under the day's key on their way to the log: what a customer needs must not outlive the
 * day, and the fold must not depend on it.
 */
export const sealedFields: Partial<Record<EventType, string>> = {
  PriorityFlagged: 'needs',
  NeedsAmended: 'needs',
  SpecialistCalled: 'capabilities',
};
