import type { LobbyEpisode, LobbyVisit, TellerView } from '../protocol/views.js';
import { episodeOfVisit, presentVisits } from '../lobby/lookup.js';
import type { Episode, LobbyState, Visit } from '../lobby/state.js';
import { escortOf } from './alert.js';
import { counterIdOf, visitCard } from './cards.js';
import { keyed } from './common.js';
import { phaseOf, refusableSwap } from './episode-phase.js';

/**
 * Whom a teller may have to see to while no manager is on duty [W-44]: who waits, who has a flag wherever they are,
 * and who asked for help. Others at a window, set aside or absent are none of a teller's business here.
 */
export function lobbyVisits(state: LobbyState, now: number): NonNullable<TellerView['lobby']> {
  const concerned = [...presentVisits(state)].filter(
    ({ flag, helpAsked, stage }) =>
      stage.status === 'waiting' || stage.status === 'reserved' || flag !== undefined || helpAsked,
  );
  return keyed(
    concerned,
    ({ id }) => id,
    (visit) => lobbyVisit(state, visit, now),
  );
}

/** Field by field, so that no need ever comes along [E-11]. */
function lobbyVisit(state: LobbyState, visit: Visit, now: number): LobbyVisit {
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
        ...(episode && { episode: lobbyEpisode(state, episode, visit, now) }),
        ...(flag.notFound && { notFound: true }),
      },
    }),
    ...(visit.helpAsked && { helpAsked: true }),
  };
}

function lobbyEpisode(state: LobbyState, episode: Episode, visit: Visit, now: number): LobbyEpisode {
  const swap = refusableSwap(state, episode, now);
  return {
    episodeId: episode.id,
    phase: phaseOf(state, episode, visit),
    escort: escortOf(episode),
    ...(swap && { swap }),
  };
}
