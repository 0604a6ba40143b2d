import type { TellerView } from '../protocol/views.js';
import { canServe, isFree } from '../lobby/capability.js';
import { waitingVisits } from '../lobby/lookup.js';
import type { Counter, LobbyState } from '../lobby/state.js';
import { visitCard } from './cards.js';
import { keyed } from './common.js';

/** Whom the counter may call by name at this moment; undefined while it may call nobody so [W-45]. */
export function callableVisits(state: LobbyState, counter: Counter): TellerView['callable'] {
  if (!isFree(counter)) return undefined;
  return keyed(
    [...waitingVisits(state)].filter((visit) => canServe(state, counter, visit)),
    ({ id }) => id,
    (visit) => {
      const { visitId, version, ticket, service, since } = visitCard(state, visit);
      return { visitId, version, ticket, service, since, order: since };
    },
  );
}
