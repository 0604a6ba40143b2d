import type { Counter, LobbyState } from '../state.js';
import type { Fold } from './fold.js';
import { alertAnew, dropUnansweredTasks, touchCounter } from './touch.js';

type CounterEvents =
  | 'TellerSignedOn'
  | 'TellerSignedOff'
  | 'CounterClosing'
  | 'CounterReopened'
  | 'CounterPaused'
  | 'CounterResumed'
  | 'CounterPauseQueued'
  | 'CounterCloseQueued'
  | 'CounterFaultReported'
  | 'CounterRepaired'
  | 'CounterServicesChanged'
  | 'ServiceRated';

function dropPauseTasks(state: LobbyState, counterId: string): void {
  for (const task of Object.values(state.tasks))
    if (task.kind === 'longPause' && task.counterId === counterId) delete state.tasks[task.id];
}

/** Whoever takes over knows nothing of a reservation that the former teller has acknowledged [E-4]. */
function alertSuccessor(state: LobbyState, counter: Counter, at: number): void {
  const episode = counter.hold && state.episodes[counter.hold.episodeId];
  if (!episode || state.visits[episode.visitId]?.stage.status !== 'reserved') return;
  alertAnew(episode, at);
  episode.unanswered = episode.unanswered.filter((id) => id !== counter.id);
  dropUnansweredTasks(state, episode.id);
}

export const counterFold: Fold<CounterEvents> = {
  /** Taking over keeps the visit in service, the pause and the hold; a fresh sign-on starts open. */
  TellerSignedOn(state, event, { at }) {
    const counter = touchCounter(state, event.counterId);
    counter.teller = { id: event.staffId, name: event.name, skills: event.skills, since: at };
    if (event.tookOverFrom === undefined) {
      delete counter.closing;
      delete counter.pause;
      counter.freeSince = at;
    } else alertSuccessor(state, counter, at);
  },

  TellerSignedOff(state, event) {
    const counter = touchCounter(state, event.counterId);
    delete counter.teller;
    delete counter.closing;
    delete counter.pause;
    delete counter.pauseAfter;
    delete counter.closeAfter;
    delete counter.owesNormal;
    delete counter.longPauseTold;
    dropPauseTasks(state, event.counterId);
  },

  CounterClosing(state, event) {
    const counter = touchCounter(state, event.counterId);
    counter.closing = true;
    delete counter.closeAfter;
  },

  CounterReopened(state, event, { at }) {
    const counter = touchCounter(state, event.counterId);
    delete counter.closing;
    delete counter.closeAfter;
    if (!counter.visitId) counter.freeSince = at;
  },

  CounterPaused(state, event, { at }) {
    const counter = touchCounter(state, event.counterId);
    counter.pause = { reason: event.reason, since: at };
    delete counter.pauseAfter;
    delete counter.longPauseTold;
  },

  CounterResumed(state, event, { at }) {
    const counter = touchCounter(state, event.counterId);
    delete counter.pause;
    delete counter.pauseAfter;
    delete counter.longPauseTold;
    if (!counter.visitId) counter.freeSince = at;
    dropPauseTasks(state, event.counterId);
  },

  CounterPauseQueued(state, event) {
    touchCounter(state, event.counterId).pauseAfter = event.reason;
  },

  CounterCloseQueued(state, event) {
    touchCounter(state, event.counterId).closeAfter = true;
  },

  CounterFaultReported(state, event) {
    touchCounter(state, event.counterId).faulty = true;
  },

  CounterRepaired(state, event, { at }) {
    const counter = touchCounter(state, event.counterId);
    delete counter.faulty;
    if (!counter.visitId) counter.freeSince = at;
  },

  CounterServicesChanged(state, event) {
    touchCounter(state, event.counterId).services = [...event.serviceIds];
  },

  ServiceRated(state, event) {
    const { rating, ratings } = touchCounter(state, event.counterId);
    if (!rating) return;
    rating.stars = event.stars;
    ratings.answered += 1;
  },
};
