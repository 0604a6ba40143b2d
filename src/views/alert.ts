import type { TellerAlert } from '../protocol/views.js';
import { SECOND } from '../lobby/elapsed.js';
import { episodeOf, settingsOf, visitOf } from '../lobby/lookup.js';
import type { Counter, Episode, LobbyState } from '../lobby/state.js';

export function escortOf(episode: Episode): TellerAlert['escort'] {
  if (episode.arrivedAt !== undefined) return 'arrived';
  return episode.onTheWayAt === undefined ? 'none' : 'onTheWay';
}

/**
 * The alert of a held counter until its visit is called. `prepare` says that there are needs, so that the
 * teller asks RevealNeeds; which ones is in no pushed view.
 */
export function alertAt(state: LobbyState, counter: Counter): TellerAlert | undefined {
  if (!counter.hold) return undefined;
  const episode = episodeOf(state, counter.hold.episodeId);
  const visit = visitOf(state, episode.visitId);
  if (visit.stage.status !== 'reserved') return undefined;
  const needs = visit.flag?.needs;
  const acknowledged = episode.acknowledgedBy !== undefined;
  return {
    episodeId: episode.id,
    visitId: visit.id,
    version: visit.version,
    ticket: visit.ticket,
    since: counter.hold.since,
    due: episode.alertAt + settingsOf(state).acknowledgeWithin * SECOND,
    ...(acknowledged && { acknowledged: true }),
    ...(counter.visitId !== undefined && { draining: true }),
    escort: escortOf(episode),
    ...(needs !== undefined && needs !== 'erased' && needs.length > 0 && { prepare: true }),
  };
}
