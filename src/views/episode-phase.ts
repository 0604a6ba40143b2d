import type { EpisodePhase } from '../protocol/views.js';
import type { Text } from '../protocol/vocabulary.js';
import { swapRefusableUntil } from '../lobby/episode.js';
import { counterOf } from '../lobby/lookup.js';
import type { Episode, LobbyState, Visit } from '../lobby/state.js';
import { labelIn } from './common.js';

/** Where a love window stands, as staff read it. */
export function phaseOf(state: LobbyState, episode: Episode, visit: Visit): EpisodePhase {
  if (visit.stage.status === 'called' || visit.stage.status === 'serving') return visit.stage.status;
  if (episode.counterId === undefined) return 'queued';
  return counterOf(state, episode.counterId).visitId === undefined ? 'ready' : 'draining';
}

/** A swap just made, while it can be refused [E-5]. */
export function refusableSwap(
  state: LobbyState,
  episode: Episode,
  now: number,
): { from: Text; to: Text; until: number } | undefined {
  const { swap } = episode;
  if (!swap || swap.refused) return undefined;
  const until = swapRefusableUntil(state, episode);
  if (now > until) return undefined;
  const setup = state.setup ?? undefined;
  return { from: labelIn(setup, swap.from), to: labelIn(setup, swap.to), until };
}
