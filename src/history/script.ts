import type { Appointment } from '../lobby/state.js';
import type { LocalDay } from '../lobby/wall-clock.js';
import type { BranchSetup, DaySettings } from '../protocol/settings.js';
import type { PauseReason, Placement, SupportNeed, Tier } from '../protocol/vocabulary.js';

/** What people did on a day, whatever the policy was: the part of the log that a replay keeps. All spans are ms. */
export interface Script extends LocalDay {
  day: string;
  /** UTC ms of the opening. */
  from: number;
  setup: BranchSetup;
  appointments: Appointment[];
  guests: Guest[];
  /** In the order of their times (UTC ms). */
  acts: { at: number; act: Act }[];
  /** Closed by hand then (UTC ms). */
  closedAt?: number;
  /** Nobody closed it. */
  untilNight: boolean;
  needsKnown: boolean;
  /** For whoever the log does not tell how long: of a service, a walk to the window, and a teller's pauses before a call. */
  usualService: Record<string, number>;
  usualWalk: number;
  usualReaction: number;
  usualTurn: number;
}

/** What staff did with counters and settings. */
export type Act =
  | { type: 'staff'; counterId: string; teller: { id: string; skills: string[] } | undefined }
  | { type: 'pause'; counterId: string; reason: PauseReason | undefined }
  | { type: 'fault'; counterId: string; faulty: boolean }
  | { type: 'services'; counterId: string; serviceIds: string[] }
  | { type: 'settings'; settings: Partial<DaySettings> };

export interface Guest {
  visitId: string;
  /** UTC ms. */
  at: number;
  serviceIds: string[];
  tier: Tier;
  /** Of a booking. */
  code?: string;
  /** More than one where a flag was declined and another set. */
  flags: GuestFlag[];
  /** What came of each call. */
  stays: Stay[];
  /** Left without another call, so long after the last wait had begun. */
  patience?: number;
}

export interface GuestFlag {
  /** UTC ms. */
  at: number;
  needs: SupportNeed[];
  /** Met at the door: ticket and flag in one. */
  atDoor: boolean;
  /** From the flag. */
  declinedAfter?: number;
  /** Love windows that were asked for, one after the other; the last may never have been. */
  windows: FlagWindow[];
}

export interface FlagWindow {
  /** From the flag, or from having been seen again. */
  confirmedAfter?: number;
  /** From the first hold. */
  setOutAfter?: number;
  /** From setting out to standing at the window. */
  walk?: number;
  /** Nobody was there to be fetched. */
  lost?: true;
  /** Not found, and seen again so long after: the next window is then asked for. */
  seenAgainAfter?: number;
}

export interface Stay {
  serviceId: string;
  /** Until the call of somebody who came while the teller was free. */
  reaction: number;
  /** From the call, or where somebody walked along from being there as well, to the start; absent: nobody came. */
  walk?: number;
  /** From the start to its end, or from the call until nobody was waited for any longer. */
  lasts: number;
  then:
    | { how: 'leave' }
    /** Where the customer stands for a further service. */
    | { how: 'finish'; placement: Placement }
    | { how: 'transfer'; serviceId: string; placement: Placement }
    /** Back so long after. */
    | { how: 'park' | 'absent'; back: number };
  /** Until the teller called the next, who was there already. */
  turn: number;
}
