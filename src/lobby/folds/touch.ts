import { counterOf, visitOf } from '../lookup.js';
import type { TaskKind } from '../../protocol/vocabulary.js';
import type { Counter, Episode, LobbyState, Stage, Visit } from '../state.js';

/** A visit about to change: its version grows, so that commands made on the older one are refused. */
export function touchVisit(state: LobbyState, id: string): Visit {
  const visit = visitOf(state, id);
  visit.version += 1;
  return visit;
}

export function touchCounter(state: LobbyState, id: string): Counter {
  const counter = counterOf(state, id);
  counter.version += 1;
  return counter;
}

/** A counter whose visit has gone is free from `at`, and ready for whom it is held for. */
export function vacate(state: LobbyState, counterId: string, at: number): Counter {
  const counter = touchCounter(state, counterId);
  delete counter.visitId;
  counter.freeSince = at;
  const episode = counter.hold && state.episodes[counter.hold.episodeId];
  if (episode) episode.readyAt = at;
  return counter;
}

const waitTasks: readonly TaskKind[] = ['care', 'vipWait', 'waitLimit', 'help'];

/** [L15] tasks about a wait are gone when the wait is over. */
export function dropWaitTasks(state: LobbyState, visitId: string): void {
  for (const task of Object.values(state.tasks))
    if (task.visitId === visitId && waitTasks.includes(task.kind)) {
      delete state.tasks[task.id];
      if (task.kind === 'help') delete state.visits[visitId]?.helpAsked;
    }
}

/** An alert that was answered, or moved on, is no longer unanswered. */
export function dropUnansweredTasks(state: LobbyState, episodeId: string): void {
  for (const task of Object.values(state.tasks))
    if (task.kind === 'unanswered' && task.episodeId === episodeId) delete state.tasks[task.id];
}

/** A new counter, or a new teller there, means a new alert. */
export function alertAnew(episode: Episode, at: number): void {
  episode.alertAt = at;
  delete episode.acknowledgedBy;
  delete episode.recurring;
}

/**
 * Back in the line where it stood before it was parked or absent. That nobody came to its call is over for good: a flag
 * taken back makes it absent again, and a row that came again with it would tell of the flag [L14].
 */
export function waitAtPlace(state: LobbyState, visit: Visit): void {
  visit.stage = { status: 'waiting' };
  visit.moved = true;
  const call = state.calls.find(({ visitId }) => visitId === visit.id);
  delete call?.missedAt;
}

/** Puts the visit back in the line for its present service; the wait, care and overtakes start anew. */
export function waitAnew(visit: Visit, place: number, moved: boolean, at: number): void {
  visit.place = place;
  if (moved) visit.moved = true;
  visit.since = at;
  visit.overtaken = 0;
  visit.told = [];
  visit.stage = { status: 'waiting' };
}

/** The counter a visit is at, if it is called or in service. */
export const counterIdOf = (stage: Stage): string | undefined =>
  stage.status === 'called' || stage.status === 'serving' ? stage.counterId : undefined;
