import { episodeOf, visitOf } from '../lookup.js';
import type { Fold } from './fold.js';
import { alertAnew, dropUnansweredTasks, touchCounter, touchVisit, waitAtPlace } from './touch.js';
import { rememberUndo } from './visit.js';

type LoveWindowEvents =
  | 'PriorityFlagged'
  | 'NeedsAmended'
  | 'PriorityDeclined'
  | 'NeedsRevealed'
  | 'LoveWindowConfirmed'
  | 'CounterHeld'
  | 'CounterReleased'
  | 'AlertAcknowledged'
  | 'AlertUnanswered'
  | 'EscortOnTheWay'
  | 'EscortArrived'
  | 'LoveWindowSwapped'
  | 'SwapRefused'
  | 'LoveWindowEnded'
  | 'VisitHereAgain';

export const loveWindowFold: Fold<LoveWindowEvents> = {
  PriorityFlagged(state, event, when) {
    const undo = rememberUndo(state, when, 'flag', event.visitId);
    const visit = touchVisit(state, event.visitId);
    visit.flag = { at: when.at, by: when.actorId, needs: event.needs };
    // A parked or absent customer whom staff have met is back in the line; an undo takes that back as well.
    if (visit.stage.status === 'absent' || visit.stage.status === 'parked') waitAtPlace(state, visit);
    undo.seal();
  },

  NeedsAmended(state, event) {
    const visit = touchVisit(state, event.visitId);
    if (visit.flag) visit.flag.needs = event.needs;
  },

  PriorityDeclined(state, event) {
    const visit = touchVisit(state, event.visitId);
    delete visit.flag;
    visit.specialists = [];
  },

  NeedsRevealed(state, event) {
    state.revealed[`${event.visitId}/${event.session}`] = true;
  },

  LoveWindowConfirmed(state, event, { at }) {
    state.episodes[event.episodeId] = {
      id: event.episodeId,
      visitId: event.visitId,
      at,
      unanswered: [],
      alertAt: at,
    };
    state.running[event.episodeId] = true;
    const visit = touchVisit(state, event.visitId);
    if (visit.flag) visit.flag.episodeId = event.episodeId;
  },

  CounterHeld(state, event, { at }) {
    const counter = touchCounter(state, event.counterId);
    counter.hold = { episodeId: event.episodeId, since: at };
    const episode = episodeOf(state, event.episodeId);
    episode.counterId = event.counterId;
    alertAnew(episode, at);
    touchVisit(state, event.visitId).stage = {
      status: 'reserved',
      counterId: event.counterId,
      episodeId: event.episodeId,
    };
    if (counter.visitId) delete episode.readyAt;
    else episode.readyAt = at;
    dropUnansweredTasks(state, event.episodeId);
  },

  CounterReleased(state, event) {
    const counter = touchCounter(state, event.counterId);
    delete counter.hold;
    counter.owesNormal = true;
    const episode = episodeOf(state, event.episodeId);
    delete episode.counterId;
    delete episode.readyAt;
    dropUnansweredTasks(state, event.episodeId);
    const visit = visitOf(state, event.visitId);
    if (visit.stage.status === 'reserved') touchVisit(state, visit.id).stage = { status: 'waiting' };
  },

  AlertAcknowledged(state, event) {
    const episode = episodeOf(state, event.episodeId);
    episode.acknowledgedBy = event.by;
    delete episode.recurring;
    dropUnansweredTasks(state, event.episodeId);
  },

  AlertUnanswered(state, event, { at }) {
    const episode = episodeOf(state, event.episodeId);
    episode.alertAt = at;
    if (!episode.unanswered.includes(event.counterId)) episode.unanswered.push(event.counterId);
    if (event.recurs) episode.recurring = true;
  },

  EscortOnTheWay(state, event, { at }) {
    episodeOf(state, event.episodeId).onTheWayAt = at;
  },

  EscortArrived(state, event, { at }) {
    episodeOf(state, event.episodeId).arrivedAt = at;
  },

  LoveWindowSwapped(state, event, { at }) {
    episodeOf(state, event.episodeId).swap = { from: event.from, to: event.to, at };
  },

  SwapRefused(state, event) {
    const { swap } = episodeOf(state, event.episodeId);
    if (swap) swap.refused = true;
  },

  LoveWindowEnded(state, event, { at }) {
    const episode = episodeOf(state, event.episodeId);
    episode.ended = { how: event.how, at };
    delete state.running[event.episodeId];
    const visit = touchVisit(state, event.visitId);
    if (visit.flag?.episodeId === event.episodeId) {
      delete visit.flag.episodeId;
      if (event.how === 'notFound') visit.flag.notFound = true;
    }
    dropUnansweredTasks(state, event.episodeId);
  },

  VisitHereAgain(state, event) {
    const visit = touchVisit(state, event.visitId);
    if (visit.flag) delete visit.flag.notFound;
  },
};
