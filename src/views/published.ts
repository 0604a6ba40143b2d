import type { MinutesRange } from '../protocol/views.js';
import type { LobbyState } from '../lobby/state.js';
import { publicFacts, type PublicFacts } from './public-facts.js';

/** Waits by zone, service and waiting visit; absent keys have no basis. */
export interface PublicWaits {
  zones: Readonly<Record<string, MinutesRange>>;
  services: Readonly<Record<string, MinutesRange>>;
  visits: Readonly<Record<string, MinutesRange>>;
}

/**
 * What the public is told on every third beat, and sees unchanged until the next [L14]: estimates, the
 * neutral notice, and the time by which pages tell whether tickets are still given.
 */
export interface PublicEstimates extends PublicWaits {
  /** UTC ms of the beat. */
  at: number;
  /** A hold ran somewhere in the branch at that beat. */
  priorityNotice: boolean;
}

/** A forecast that sees public facts only; `forecast.lines` of src/forecast is one. */
export type LinesForecast = (facts: PublicFacts) => PublicWaits;

/**
 * To be called on every third beat (PUBLIC_BEATS) and when a branch is first shown, never on a change.
 * The notice is the one fact about holds that the public is given, by rule and on this beat alone.
 *
 * @param now branch time of the beat, UTC ms
 */
export function publicEstimates(state: LobbyState, now: number, forecast: LinesForecast): PublicEstimates {
  const { zones, services, visits } = forecast(publicFacts(state));
  const priorityNotice = Object.values(state.counters).some((counter) => counter.hold !== undefined);
  return { at: now, zones, services, visits, priorityNotice };
}
