import type { EpisodePhase } from '../protocol/views.js';
import { counterOf } from '../lobby/lookup.js';
import type { Episode, LobbyState, Visit } from '../lobby/state.js';

/** Where a love window stands, as staff read it. */
export function phaseOf(state: LobbyState, episode: Episode, visit: Visit): EpisodePhase {
  if (visit.stage.status === 'called' || visit.stage.status === 'serving') return visit.stage.status;
  if (episode.counterId === undefined) return 'queued';
  return counterOf(state, episode.counterId).visitId === undefined ? 'ready' : 'draining';
}
