import type { LoveWindowPlan } from '../protocol/commands.js';
import type { MinutesRange, PublicCounterStatus } from '../protocol/views.js';
import type { LobbyState } from '../lobby/state.js';

/** The branch's lines as everybody can see them; PublicFacts of the views is one [L14]. */
export interface PublicLines {
  zones: readonly { id: string }[];
  services: readonly { id: string; zone: string; time?: { mean: number; cv: number } }[];
  counters: readonly {
    id: string;
    status: PublicCounterStatus;
    services: readonly string[];
    busy: boolean;
  }[];
  /** In public order. */
  waiting: readonly { visitId: string; service: string }[];
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

/** Where expectations come from. All three are pure; none throws for want of a basis. */
export interface Forecast {
  /** For the public, from what the public can see and nothing else. */
  lines(lines: PublicLines): Waits;
  /** For staff, by visit id, from everything the lobby knows; `at` in UTC ms. */
  visits(state: LobbyState, at: number): Record<string, MinutesRange>;
  /** Undefined where there is no basis, or no counter in the plan. */
  costToOthers(state: LobbyState, plan: LoveWindowPlan, at: number): Cost | undefined;
}
