import type { EpisodeEnding } from '../protocol/vocabulary.js';
import { canServe } from './capability.js';
import { swapFor, walkLeft as walkLeftOf } from './choice/hold.js';
import type { Draft } from './draft.js';
import { MINUTE, SECOND } from './elapsed.js';
import { candidateOf, floorOf, postOn } from './floor-of.js';
import { counterOf, settingsOf, visitOf } from './lookup.js';
import { planFor } from './plan.js';
import type { Counter, Episode, LobbyState } from './state.js';

type ReleaseCause = EpisodeEnding | 'swapped' | 'unanswered' | 'pausing';

/** Stops normal calls at the counter for this episode, at once [L4]. */
export function hold(draft: Draft, episode: Episode, counterId: string): void {
  draft.emit({ type: 'CounterHeld', episodeId: episode.id, visitId: episode.visitId, counterId });
}

/** Gives the held counter back to normal calls. */
export function release(draft: Draft, episode: Episode, because: ReleaseCause): void {
  if (episode.counterId === undefined) return;
  draft.emit({
    type: 'CounterReleased',
    episodeId: episode.id,
    visitId: episode.visitId,
    counterId: episode.counterId,
    because,
  });
}

/** [L6] every episode ends here: the counter is released and the visit, if it is left, waits at its place. */
export function endEpisode(draft: Draft, episode: Episode, how: EpisodeEnding): void {
  release(draft, episode, how);
  draft.emit({ type: 'LoveWindowEnded', episodeId: episode.id, visitId: episode.visitId, how });
}

/**
 * Holds a counter for an episode that has none: one whose teller did not answer before only when no
 * other fits, so that nobody waits for a counter that stands open.
 */
export function holdAgain(draft: Draft, episode: Episode): void {
  const visit = visitOf(draft.state, episode.visitId);
  const plan = planFor(draft.state, visit, draft.at, episode.unanswered);
  const again =
    'obstacle' in plan && plan.obstacle === 'noneFits' ? planFor(draft.state, visit, draft.at) : plan;
  if ('counterId' in again) hold(draft, episode, again.counterId);
}

/** Minutes of the escort's learnt walk that are left at `at`; the whole walk before the tap. */
export const walkLeft = (state: LobbyState, episode: Episode, at: number): number =>
  walkLeftOf(episode, settingsOf(state).walkMinutes, at);

/** The counter a drained-too-slowly episode should move to; see `swapFor`. */
export function swapTarget(state: LobbyState, episode: Episode, at: number): Counter | undefined {
  const visit = visitOf(state, episode.visitId);
  if (episode.counterId === undefined || visit.stage.status !== 'reserved') return undefined;
  const floor = floorOf(state);
  const held = postOn(floor, episode.counterId);
  const target = swapFor(floor, candidateOf(state, visit), episode, held, at);
  return target && counterOf(state, target.id);
}

/** Moves the hold to a counter that frees sooner; the first counter resumes, the escort has 10 s to refuse. */
export function swap(draft: Draft, episode: Episode, to: Counter): void {
  const from = episode.counterId;
  if (from === undefined) return;
  release(draft, episode, 'swapped');
  hold(draft, episode, to.id);
  draft.emit({ type: 'LoveWindowSwapped', episodeId: episode.id, from, to: to.id });
}

/** Until when the tablet may refuse the swap, UTC ms. */
export const swapRefusableUntil = (state: LobbyState, episode: Episode): number =>
  (episode.swap?.at ?? 0) + settingsOf(state).swapRefusal * SECOND;

/**
 * When an episode whose counter is ready counts as not found: 3 min after the counter was free and, once
 * *on the way*, at least 5 min after that tap; never once *arrived*. Undefined: no such timer runs.
 */
export function notFoundAt(state: LobbyState, episode: Episode): number | undefined {
  const settings = settingsOf(state);
  if (episode.readyAt === undefined || episode.arrivedAt !== undefined) return undefined;
  if (episode.onTheWayAt === undefined) return episode.readyAt + settings.notFoundIdle * MINUTE;
  return Math.max(
    episode.readyAt + settings.notFoundIdle * MINUTE,
    episode.onTheWayAt + settings.notFoundOnTheWay * MINUTE,
  );
}

/** Whether the counter an episode holds can still serve it: staffed, sound, capable. */
export function counterLost(state: LobbyState, episode: Episode): boolean {
  if (episode.counterId === undefined) return false;
  const counter = counterOf(state, episode.counterId);
  const visit = visitOf(state, episode.visitId);
  if (counter.visitId === visit.id) return false;
  return !counter.teller || counter.faulty === true || !canServe(state, counter, visit);
}
