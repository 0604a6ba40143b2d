import type { LobbyEvent, Occurrence } from './events.js';
import { counterFold } from './folds/counter.js';
import { dayFold } from './folds/day.js';
import { loveWindowFold } from './folds/love-window.js';
import type { Fold } from './folds/fold.js';
import { noticeFold } from './folds/notice.js';
import { taskFold } from './folds/task.js';
import { visitFold } from './folds/visit.js';
import type { EventType } from './events.js';
import type { LobbyState } from './state.js';

const fold: Fold<EventType> = {
  ...dayFold,
  ...counterFold,
  ...visitFold,
  ...loveWindowFold,
  ...taskFold,
  ...noticeFold,
};

/**
 * Advances the state by one event, in place. It never refuses and never looks at a sealed field: the
 * same log gives the same state, with or without the day's key [L13].
 */
export function evolve(state: LobbyState, occurrence: Occurrence): void {
  state.at = occurrence.at;
  const apply = fold[occurrence.event.type] as (
    state: LobbyState,
    event: LobbyEvent,
    when: Occurrence,
  ) => void;
  apply(state, occurrence.event, occurrence);
}
