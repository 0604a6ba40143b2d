import type { RatingView } from '../protocol/views.js';
import type { LobbyState } from '../lobby/state.js';
import { labelIn, onTheBeat, setupFor, staffCommon } from './common.js';
import type { StaffContext } from './context.js';

/**
 * The pad at the counter that `context.key` names: asks at each finish. The pad itself ends the question at
 * `until`; the view drops it on the public beat after it.
 */
export function ratingView(state: LobbyState, current: StaffContext): RatingView {
  const context = onTheBeat(current);
  const counterId = context.key ?? '';
  const rating = state.counters[counterId]?.rating;
  const asked = rating && context.now < rating.until ? rating : undefined;
  return {
    ...staffCommon(state, context),
    counterId,
    label: labelIn(setupFor(state, context), counterId),
    ...(asked &&
      asked.stars === undefined && { ask: { ratingId: asked.id, ticket: asked.ticket, until: asked.until } }),
    ...(asked?.stars !== undefined && { thanked: { ratingId: asked.id } }),
  };
}
