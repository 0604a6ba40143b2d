import { conditionKinds } from '../../protocol/vocabulary.js';
import type { HelpPlace } from '../../protocol/vocabulary.js';
import type { Actor } from '../input.js';
import type { LobbyState, Task, UndoSlot } from '../state.js';
import { counterOfTeller, named } from '../lookup.js';
import { reject } from '../reject.js';
import { undoOffer } from '../undo.js';
import { done, type Acts } from './act.js';

/** Where somebody stands who asks: at a window, or at a kiosk that has a name. */
function standing(state: LobbyState, actor: Actor): Pick<Task, 'counterId' | 'screen'> {
  const counterId = actor.counterId ?? counterOfTeller(state, actor.id)?.id;
  if (counterId !== undefined) return { counterId };
  return actor.role === 'kiosk' ? { screen: { id: actor.id, name: actor.name } } : {};
}

/** Somebody already asked at that very spot and nobody has answered yet. */
const helpIsOpenAt = (
  state: LobbyState,
  place: HelpPlace,
  { counterId, screen }: ReturnType<typeof standing>,
): boolean =>
  Object.values(state.tasks).some(
    (task) =>
      task.kind === 'help' &&
      task.place === place &&
      task.counterId === counterId &&
      task.screen?.id === screen?.id &&
      task.visitId === undefined &&
      task.acknowledgedBy === undefined,
  );

export const taskActs: Acts<
  'RequestHelp' | 'RecordPrinter' | 'AcknowledgeTasks' | 'CompleteTask' | 'RateService' | 'Undo'
> = {
  /** No need is stated and nothing is held; asking again while help is on its way changes nothing. */
  RequestHelp(draft, { place, visitId }) {
    const { state } = draft;
    const where = standing(state, draft.input.actor);
    if (visitId !== undefined) {
      const visit = named(state.visits, visitId);
      if (!visit) return reject('unknown-visit');
      if (visit.stage.status === 'ended') return reject('visit-ended', { ticket: visit.ticket });
      const asked = Object.values(state.tasks).some(
        (task) => task.kind === 'help' && task.visitId === visitId,
      );
      if (asked) return done;
    } else if (helpIsOpenAt(state, place, where)) return done;
    const taskId = draft.newId('t');
    draft.emit({
      type: 'TaskRaised',
      taskId,
      kind: 'help',
      place,
      ...where,
      ...(visitId !== undefined && { visitId }),
    });
    return done;
  },

  /**
   * One task per kiosk, which goes when its printer works again [K-6]. Another trouble is told anew; where somebody
   * is on it the task only says what it is now: a cover is opened to put paper in.
   */
  RecordPrinter(draft, { screen, trouble }) {
    const told = Object.values(draft.state.tasks).find(
      (task) => task.kind === 'printer' && task.screen?.id === screen.id,
    );
    if (told?.trouble === trouble) return done;
    if (told?.acknowledgedBy !== undefined && trouble !== undefined) {
      draft.emit({ type: 'TroubleChanged', taskId: told.id, trouble });
      return done;
    }
    if (told) draft.emit({ type: 'TaskCleared', taskId: told.id });
    if (trouble !== undefined)
      draft.emit({ type: 'TaskRaised', taskId: draft.newId('t'), kind: 'printer', screen, trouble });
    return done;
  },

  /** One round may cover all that are listed. */
  AcknowledgeTasks(draft, { taskIds }) {
    const { state, input } = draft;
    const unknown = taskIds.find((id) => !named(state.tasks, id));
    if (unknown !== undefined || taskIds.length === 0) return reject('unknown-task');
    const open = [...new Set(taskIds)].filter((id) => state.tasks[id]?.acknowledgedBy === undefined);
    if (open.length === 0) return reject('already-acknowledged-task');
    for (const taskId of open) draft.emit({ type: 'TaskAcknowledged', taskId, by: input.actor.name });
    return done;
  },

  CompleteTask(draft, { taskId }) {
    const task = named(draft.state.tasks, taskId);
    if (!task) return reject('unknown-task');
    if (!conditionKinds.includes(task.kind)) draft.emit({ type: 'TaskCleared', taskId });
    else if (task.acknowledgedBy === undefined)
      draft.emit({ type: 'TaskAcknowledged', taskId, by: draft.input.actor.name });
    return done;
  },

  /** Asked by the system at each finish; once, and only while the pad asks. */
  RateService(draft, { ratingId, stars }) {
    const counter = Object.values(draft.state.counters).find((each) => each.rating?.id === ratingId);
    const pad = draft.input.actor.counterId;
    if (!counter?.rating || (pad !== undefined && pad !== counter.id)) return reject('no-rating-asked');
    if (counter.rating.stars !== undefined || draft.at >= counter.rating.until)
      return reject('no-rating-asked');
    draft.emit({ type: 'ServiceRated', counterId: counter.id, ratingId, stars });
    return done;
  },

  Undo(draft, { commandId }) {
    const slot: UndoSlot | undefined = draft.state.undo[draft.input.actor.id];
    if (slot?.commandId !== commandId) return reject('nothing-to-undo');
    const offer = undoOffer(draft.state, draft.input.actor.id);
    if (!offer) return reject('nothing-to-undo');
    if (draft.at > offer.until) return reject('undo-too-late');
    draft.emit({ type: 'Undone', commandId, visitId: slot.visitBefore.id });
    return done;
  },
};
