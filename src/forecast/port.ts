import type { LoveWindowPlan, StaffingChange, StaffingPreview } from '../protocol/commands.js';
import type { LobbyState } from '../lobby/state.js';
import type { MinutesRange, PublicCounterStatus, StaffingNote } from '../protocol/views.js';
import type { ServiceClass } from '../protocol/vocabulary.js';

/** The branch's lines as everybody can see them; PublicFacts of the views is one [L14]. */
export interface PublicLines {
  zones: readonly { id: string }[];
  services: readonly {
    id: string;
    zone: string;
    class: ServiceClass;
    /** What is expected, and the mean minutes that calling goes by where they are others [P-23]. */
    time?: { mean: number; cv: number };
    setMean?: number;
  }[];
  counters: readonly {
    id: string;
    status: PublicCounterStatus;
    services: readonly string[];
    /** Who was called aloud and is there, with the instant of the first call, UTC ms. */
    call?: { visitId: string; service: string; at: number };
  }[];
  /** In public order; `place` in UTC ms. */
  waiting: readonly { visitId: string; service: string; place: number }[];
}

/** Expected waits in whole minutes, P50 to P90. A key without a basis is absent. */
export interface Waits {
  /** For somebody who comes now. */
  zones: Record<string, MinutesRange>;
  services: Record<string, MinutesRange>;
  /** For those who wait. */
  visits: Record<string, MinutesRange>;
}

/** What a plan costs those who wait: how many, and how many minutes more each on average. */
export interface Cost {
  others: number;
  minutes: number;
}

/** A branch as a beat finds it. */
export interface Scene {
  branchId: string;
  lines: PublicLines;
  state: LobbyState;
  /** Branch time, UTC ms. */
  at: number;
}

/** Where expectations come from. None throws or rejects for want of a basis. */
export interface Forecast {
  /** Some beats' figures take longer than a beat may: what they need is begun here, ahead of `lines` and `visits`. */
  prepare(scene: Scene, audience: { public: boolean; staff: boolean }): void;
  /** For the public, from what the public can see and nothing else [L14]. */
  lines(scene: Scene): Waits;
  /** For staff, by visit id, from everything the lobby knows. */
  visits(scene: Omit<Scene, 'lines'>): Record<string, MinutesRange>;
  /** What staffing the coming half hour asks for, looked at once a beat. */
  staffing(scene: Omit<Scene, 'lines'>): StaffingNote;
  /** Undefined where there is no basis, or no counter in the plan. */
  costToOthers(state: LobbyState, plan: LoveWindowPlan, at: number): Promise<Cost | undefined>;
  /** Waits as things stand and after the change. */
  compare(state: LobbyState, change: StaffingChange, at: number): Promise<StaffingPreview>;
}
