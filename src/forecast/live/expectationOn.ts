import { setupOf } from '../../lobby/lookup.js';
import type { LobbyState } from '../../lobby/state.js';
import { expectationOf, type Expectation } from '../ahead/expectation.js';

/** What the rest of an open day is expected to bring, as seen from it. @param at branch time, UTC ms */
export function expectationOn(state: LobbyState, at: number): Expectation {
  const { midnight, day, issuedOf } = state;
  const { services, counters, settings, arrivals } = setupOf(state);
  return expectationOf(
    {
      midnight,
      day,
      issued: issuedOf,
      serviceIds: services.map(({ id }) => id),
      counters: counters.filter(({ elastic }) => !elastic).length,
      lastTicket: settings.lastTicket,
      learnt: settings.learntTimes === false ? undefined : arrivals,
    },
    at,
  );
}
