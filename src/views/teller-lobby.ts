import type { LobbyVisit, TellerView } from '../protocol/views.js';
import { episodeOfVisit, presentVisits } from '../lobby/lookup.js';
import type { LobbyState, Visit } from '../lobby/state.js';
import { counterIdOf, visitCard } from './cards.js';
import { keyed } from './common.js';
import { phaseOf } from './episode-phase.js';

/**
 * Whom a teller may have to see to while no manager is on duty [W-44]: who waits, who has a flag wherever they are,
 * and who asked for help. Others at a window, set aside or absent are none of a teller's business here.
 */
export function lobbyVisits(state: LobbyState): NonNullable<TellerView['lobby']> {
  const concerned = [...presentVisits(state)].filter(
    ({ flag, helpAsked, stage }) =>
      stage.status === 'waiting' || stage.status === 'reserved' || flag !== undefined || helpAsked,
  );
  return keyed(
    concerned,
    ({ id }) => id,
    (visit) => lobbyVisit(state, visit),
  );
}

/** Field by field, so that no need ever comes along [E-11]. */
function lobbyVisit(state: LobbyState, visit: Visit): LobbyVisit {
  const { flag } = visit;
  const counterId = counterIdOf(visit.stage);
  const episode = episodeOfVisit(state, visit);
  return {
    ...visitCard(state, visit),
    order: visit.since,
    ...(counterId !== undefined && { counterId }),
    ...(flag && {
      flag: {
        at: flag.at,
        ...(episode && { phase: phaseOf(state, episode, visit) }),
        ...(flag.notFound && { notFound: true }),
      },
    }),
    ...(visit.helpAsked && { helpAsked: true }),
  };
}
