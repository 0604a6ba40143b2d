import { keepsBand } from '../protocol/starvation.js';
import type { ManagerVisit } from '../protocol/views.js';
import { isProtected } from '../lobby/choice/pick.js';
import { settingsOf } from '../lobby/lookup.js';
import { candidateOf } from '../lobby/floor-of.js';
import type { LobbyState, Visit } from '../lobby/state.js';
import { returnUntil } from './away.js';
import { counterIdOf, visitCard } from './cards.js';
import type { StaffContext } from './context.js';

/** `order` is the wait's begin, so that the longest wait comes first. */
export function managerVisit(state: LobbyState, visit: Visit, context: StaffContext): ManagerVisit {
  const { stage, flag } = visit;
  const counterId = counterIdOf(stage);
  const waiting = stage.status === 'waiting' || stage.status === 'reserved';
  const settings = settingsOf(state);
  const guarded =
    waiting && keepsBand(settings) && isProtected(candidateOf(state, visit), settings, context.now);
  const minutes = waiting ? context.estimates?.visits[visit.id] : undefined;
  const until = returnUntil(state, visit);
  return {
    ...visitCard(state, visit),
    order: visit.since,
    ...(counterId !== undefined && { counterId }),
    ...(flag && {
      flag: {
        at: flag.at,
        ...(flag.episodeId !== undefined && { episodeId: flag.episodeId }),
        ...(flag.notFound && { notFound: true }),
      },
    }),
    ...(guarded && { protected: true }),
    overtaken: visit.overtaken,
    ...(minutes && { minutes }),
    ...(until !== undefined && { until }),
    ...(visit.helpAsked && { helpAsked: true }),
    ...(visit.specialists.length > 0 && visit.specialists !== 'erased' && { specialist: true }),
  };
}
