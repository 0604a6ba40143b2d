import type { ManagerEpisode } from '../protocol/views.js';
import { SECOND } from '../lobby/elapsed.js';
import { notFoundAt } from '../lobby/episode.js';
import { counterOf, settingsOf, visitOf } from '../lobby/lookup.js';
import { planFor } from '../lobby/plan.js';
import type { Episode, LobbyState } from '../lobby/state.js';
import { escortOf } from './alert.js';
import { labelIn } from './common.js';
import { phaseOf, refusableSwap } from './episode-phase.js';
import { freeIn } from './manager-counter.js';

export function managerEpisode(state: LobbyState, episode: Episode, now: number): ManagerEpisode {
  const visit = visitOf(state, episode.visitId);
  const setup = state.setup ?? undefined;
  const counter = episode.counterId === undefined ? undefined : counterOf(state, episode.counterId);
  const phase = phaseOf(state, episode, visit);
  const acknowledged = episode.acknowledgedBy !== undefined;
  const asked = counter !== undefined && !acknowledged && (phase === 'draining' || phase === 'ready');
  const lostAt = phase === 'ready' ? notFoundAt(state, episode) : undefined;
  const swap = refusableSwap(state, episode, now);
  const plan = phase === 'queued' ? planFor(state, visit, now, episode.unanswered) : undefined;
  return {
    episodeId: episode.id,
    visitId: visit.id,
    version: visit.version,
    ticket: visit.ticket,
    order: episode.at,
    since: episode.at,
    ...(counter && { counterId: counter.id, counter: labelIn(setup, counter.id) }),
    phase,
    ...(acknowledged && { acknowledged: true }),
    ...(asked && { due: episode.alertAt + settingsOf(state).acknowledgeWithin * SECOND }),
    ...(asked && episode.recurring && { unanswered: true }),
    escort: escortOf(episode),
    ...(counter && phase === 'draining' && freeIn(state, counter, now)),
    ...(lostAt !== undefined && { notFoundAt: lostAt }),
    ...(swap && { swap }),
    ...(plan && 'obstacle' in plan && { obstacle: plan.obstacle }),
  };
}
