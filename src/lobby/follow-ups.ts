import { call } from './acts/serve.js';
import { takersOf } from './capability.js';
import { idleIn } from './choice/next.js';
import type { Draft } from './draft.js';
import { dueAfter } from './elapsed.js';
import { floorOf } from './floor-of.js';
import { counterLost, holdAgain, release, swap, swapTarget } from './episode.js';
import { counterOf, counters, runningEpisodes, settingsOf, visitOf, waitingVisits } from './lookup.js';
import { nextFor } from './next.js';
import type { Episode, Task } from './state.js';

/** A reservation whose counter was lost is planned again at its place. */
function replanLost(draft: Draft): void {
  for (const episode of [...runningEpisodes(draft.state)])
    if (counterLost(draft.state, episode)) {
      release(draft, episode, 'counterLost');
      holdAgain(draft, episode);
    }
}

/** Pauses and closings that waited for a hold or a visit to end. */
function settleCounters(draft: Draft): void {
  for (const counter of counters(draft.state)) {
    const counterId = counter.id;
    if (!counter.hold && counter.pauseAfter !== undefined)
      draft.emit({ type: 'CounterPaused', counterId, reason: counter.pauseAfter });
    if (!counter.hold && counter.closeAfter) draft.emit({ type: 'CounterClosing', counterId });
    if (counter.closing && !counter.hold && counter.visitId === undefined && counter.teller)
      draft.emit({ type: 'TellerSignedOff', counterId, staffId: counter.teller.id });
  }
}

function swapWhereBetter(draft: Draft): void {
  for (const episode of [...runningEpisodes(draft.state)]) {
    const target = swapTarget(draft.state, episode, draft.at);
    if (target) swap(draft, episode, target);
  }
}

/** Episodes that wait for a counter, in the order of their flags. */
function holdForQueued(draft: Draft): void {
  const { state } = draft;
  const flaggedAt = (episode: Episode): number => visitOf(state, episode.visitId).flag?.at ?? episode.at;
  const queued = [...runningEpisodes(state)]
    .filter(
      (episode) =>
        episode.counterId === undefined && visitOf(state, episode.visitId).stage.status === 'waiting',
    )
    .sort((a, b) => flaggedAt(a) - flaggedAt(b));
  for (const episode of queued) holdAgain(draft, episode);
}

function autoCall(draft: Draft): void {
  if (!settingsOf(draft.state).autoCall) return;
  for (const { id } of idleIn(floorOf(draft.state))) {
    const counter = counterOf(draft.state, id);
    const next = nextFor(draft.state, counter, draft.at);
    if (next) call(draft, counter, next.visitId, next.reason);
  }
}

/** Conditions that managers are told of, by what they are about. */
function conditionsNow(draft: Draft): Map<string, Pick<Task, 'kind' | 'serviceId' | 'visitId'>> {
  const { state } = draft;
  const found = new Map<string, Pick<Task, 'kind' | 'serviceId' | 'visitId'>>();
  const servable = new Map<string, boolean>();
  const { waitLimit } = settingsOf(state);
  for (const visit of waitingVisits(state)) {
    const serviceId = visit.services[0] ?? '';
    const own = visit.flag !== undefined || visit.specialists.length > 0;
    const key = own ? visit.id : serviceId;
    const known = servable.get(key) ?? takersOf(state, visit).length > 0;
    servable.set(key, known);
    if (!known)
      found.set(`noCounter ${key}`, { kind: 'noCounter', serviceId, ...(own && { visitId: visit.id }) });
    if (draft.at >= dueAfter(state, visit.since, waitLimit))
      found.set(`waitLimit ${serviceId}`, { kind: 'waitLimit', serviceId });
  }
  return found;
}

const isCondition = (task: Task): boolean => task.kind === 'noCounter' || task.kind === 'waitLimit';

/** [L11] nobody is stranded in silence; a condition's task goes when the condition goes. */
function tellConditions(draft: Draft): void {
  const now = conditionsNow(draft);
  for (const task of Object.values(draft.state.tasks)) {
    if (!isCondition(task)) continue;
    const key = `${task.kind} ${task.visitId ?? task.serviceId ?? ''}`;
    if (!now.delete(key)) draft.emit({ type: 'TaskCleared', taskId: task.id });
  }
  for (const condition of now.values())
    draft.emit({ type: 'TaskRaised', taskId: draft.newId('t'), ...condition });
}

const LIMIT = 1000;

/**
 * What follows by itself from any change: lost reservations planned again, waiting pauses applied, swaps,
 * queued love windows, automatic calls, conditions told. Repeated until nothing follows.
 */
export function followUp(draft: Draft): void {
  const { state } = draft;
  for (let before = -1; before !== draft.events.length && state.phase === 'open';) {
    before = draft.events.length;
    if (before > LIMIT) throw new Error('follow-ups do not come to rest');
    replanLost(draft);
    settleCounters(draft);
    swapWhereBetter(draft);
    holdForQueued(draft);
    autoCall(draft);
  }
  if (state.phase === 'open') tellConditions(draft);
}
