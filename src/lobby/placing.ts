import type { Placement } from '../protocol/vocabulary.js';
import { presentVisits, publiclyWaiting } from './lookup.js';
import type { LobbyState, Visit } from './state.js';

/**
 * The place time (UTC ms) that puts a visit at its arrival, before the first or after the last of those
 * waiting for the service. `at` is later than every place already due, so it is the end of the line.
 */
export function placeFor(
  state: LobbyState,
  visit: Visit,
  serviceId: string,
  placement: Placement,
  at: number,
): number {
  switch (placement) {
    case 'place':
      return visit.appointmentAt ?? visit.arrivedAt;
    case 'end':
      return at;
    case 'front':
      // [L14] who is publicly in the line counts, so that a reservation never shows in a phone's place.
      return [...presentVisits(state)]
        .filter((other) => publiclyWaiting(other) && other.id !== visit.id && other.services[0] === serviceId)
        .reduce((first, other) => Math.min(first, other.place - 1), at);
  }
}
