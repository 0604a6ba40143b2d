import type { Fold } from './fold.js';

export const taskFold: Fold<
  'TaskRaised' | 'TaskReminded' | 'TaskAcknowledged' | 'TaskCleared' | 'TroubleChanged'
> = {
  TaskRaised(state, event, { at }) {
    state.tasks[event.taskId] = {
      id: event.taskId,
      kind: event.kind,
      at,
      remindedAt: at,
      ...(event.visitId !== undefined && { visitId: event.visitId }),
      ...(event.counterId !== undefined && { counterId: event.counterId }),
      ...(event.serviceId !== undefined && { serviceId: event.serviceId }),
      ...(event.episodeId !== undefined && { episodeId: event.episodeId }),
      ...(event.place !== undefined && { place: event.place }),
      ...(event.screen !== undefined && { screen: event.screen }),
      ...(event.trouble !== undefined && { trouble: event.trouble }),
    };
    const visit = event.visitId === undefined ? undefined : state.visits[event.visitId];
    if (visit) {
      visit.told.push(event.kind);
      if (event.kind === 'help') visit.helpAsked = true;
    }
    const counter = event.counterId === undefined ? undefined : state.counters[event.counterId];
    if (counter && event.kind === 'longPause') counter.longPauseTold = true;
  },

  TaskReminded(state, event, { at }) {
    const task = state.tasks[event.taskId];
    if (task) task.remindedAt = task.againAt = at;
  },

  TaskAcknowledged(state, event) {
    const task = state.tasks[event.taskId];
    if (task) task.acknowledgedBy = event.by;
  },

  TaskCleared(state, event) {
    const task = state.tasks[event.taskId];
    const visit = task?.visitId === undefined ? undefined : state.visits[task.visitId];
    // Whoever has been helped no longer asks for it; they may ask again [K-2].
    if (task?.kind === 'help') delete visit?.helpAsked;
    delete state.tasks[event.taskId];
  },

  TroubleChanged(state, event) {
    const task = state.tasks[event.taskId];
    if (task) task.trouble = event.trouble;
  },
};
