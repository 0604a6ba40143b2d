import type { Rejection } from '../../protocol/codes.js';
import type { CallReason } from '../../protocol/views.js';
import type { OverrideReason } from '../../protocol/vocabulary.js';
import { canServe, isOpen } from '../capability.js';
import type { Draft } from '../draft.js';
import { SECOND } from '../elapsed.js';
import { endEpisode } from '../episode.js';
import { episodeOfVisit, settingsOf, visitOf } from '../lookup.js';
import { effectOfCall, leavesToOthers, nextFor } from '../next.js';
import { placeFor } from '../placing.js';
import { reject } from '../reject.js';
import type { Counter, Episode, Visit } from '../state.js';
import { done, isRejection, type Acts } from './act.js';
import { knownServices, ownCounter, ownVisit, presentVisit } from './check.js';

/** Calls the visit to the counter. Flagged visits are fetched quietly, and nobody counts as overtaken by a hold. */
export function call(
  draft: Draft,
  counter: Counter,
  visitId: string,
  reason: CallReason,
  named?: OverrideReason,
): { visitId: string; ticket: string } {
  const { state } = draft;
  const visit = visitOf(state, visitId);
  const exempt = reason.rule === 'reserved' || named !== undefined;
  draft.emit({
    type: 'VisitCalled',
    visitId,
    counterId: counter.id,
    quiet: visit.flag !== undefined,
    reason,
    ...(exempt ? { overtook: [], vipRun: state.vipRun } : effectOfCall(state, counter, visit)),
    ...(named && { named }),
  });
  return { visitId, ticket: visit.ticket };
}

/** What keeps the counter from calling anybody [L11]. */
function notCalling(counter: Counter): Rejection | undefined {
  if (counter.visitId !== undefined) return reject('counter-busy', { counterId: counter.id });
  if (counter.faulty) return reject('counter-faulty', { counterId: counter.id });
  if (counter.hold) return undefined;
  if (counter.pause) return reject('counter-paused', { counterId: counter.id });
  return isOpen(counter) ? undefined : reject('counter-closed', { counterId: counter.id });
}

/** The visit goes another way: its love window, if one runs, is over. */
function leaveEpisode(draft: Draft, visit: Visit, how: 'cancelled' | 'served' | 'notFound'): void {
  const episode = episodeOfVisit(draft.state, visit);
  if (episode) endEpisode(draft, episode, how);
}

/** A love window goes on when the same counter does the visit's next service too. */
function episodeThatGoesOn(draft: Draft, counter: Counter, visit: Visit): Episode | undefined {
  const episode = episodeOfVisit(draft.state, visit);
  const next = visit.services.slice(1, 2);
  const goesOn =
    next.length > 0 && episode?.counterId === counter.id && canServe(draft.state, counter, visit, next);
  return goesOn ? episode : undefined;
}

export const serveActs: Acts<
  | 'CallNext'
  | 'CallVisit'
  | 'Recall'
  | 'StartService'
  | 'FinishService'
  | 'MarkNoShow'
  | 'ParkVisit'
  | 'ResumeParked'
  | 'TransferVisit'
  | 'MarkLongService'
> = {
  CallNext(draft) {
    const counter = ownCounter(draft);
    if (isRejection(counter)) return counter;
    const blocked = notCalling(counter);
    if (blocked) return blocked;
    const next = nextFor(draft.state, counter, draft.at);
    if (next) return call(draft, counter, next.visitId, next.reason);
    const left = !counter.hold && leavesToOthers(draft.state, counter, draft.at);
    return reject(left ? 'left-to-others' : 'nobody-to-call');
  },

  /** A named staff act: this visit, for a reason that the log keeps. */
  CallVisit(draft, command) {
    const counter = ownCounter(draft);
    if (isRejection(counter)) return counter;
    const blocked = counter.hold ? reject('counter-held', { counterId: counter.id }) : notCalling(counter);
    if (blocked) return blocked;
    const visit = presentVisit(draft, command);
    if (isRejection(visit)) return visit;
    if (visit.stage.status !== 'waiting') return reject('visit-not-waiting', { ticket: visit.ticket });
    if (!canServe(draft.state, counter, visit)) return reject('not-capable', { ticket: visit.ticket });
    return call(draft, counter, visit.id, { rule: 'named' }, command.reason);
  },

  /** Up to the set number of calls, the set seconds apart. */
  Recall(draft, command) {
    const own = ownVisit(draft, command);
    if (isRejection(own)) return own;
    const { stage } = own.visit;
    if (stage.status !== 'called') return reject('already-serving', { ticket: own.visit.ticket });
    const settings = settingsOf(draft.state);
    if (stage.calls >= settings.calls) return reject('recall-limit', { calls: settings.calls });
    const from = stage.lastCallAt + settings.recallGap * SECOND;
    if (draft.at < from) return reject('recall-too-soon', { seconds: Math.ceil((from - draft.at) / SECOND) });
    draft.emit({ type: 'VisitRecalled', visitId: own.visit.id });
    return done;
  },

  StartService(draft, command) {
    const own = ownVisit(draft, command);
    if (isRejection(own)) return own;
    if (own.visit.stage.status !== 'called') return reject('already-serving', { ticket: own.visit.ticket });
    draft.emit({ type: 'ServiceStarted', visitId: own.visit.id });
    return done;
  },

  FinishService(draft, command) {
    const own = ownVisit(draft, command);
    if (isRejection(own)) return own;
    const { counter, visit } = own;
    if (visit.stage.status !== 'serving') return reject('not-serving', { ticket: visit.ticket });
    const nextService = visit.services[1];
    const placement = command.placement ?? 'place';
    const kept = episodeThatGoesOn(draft, counter, visit);
    if (!kept) leaveEpisode(draft, visit, 'served');
    draft.emit({
      type: 'ServiceFinished',
      visitId: visit.id,
      counterId: counter.id,
      ratingId: draft.newId('r'),
      ...(nextService !== undefined && {
        next: {
          place: placeFor(draft.state, visit, nextService, placement, draft.at),
          moved: true,
        },
      }),
    });
    if (kept) draft.emit({ type: 'VisitKept', visitId: visit.id, episodeId: kept.id, counterId: counter.id });
    return done;
  },

  MarkNoShow(draft, command) {
    const own = ownVisit(draft, command);
    if (isRejection(own)) return own;
    const { visit } = own;
    if (visit.stage.status !== 'called') return reject('already-serving', { ticket: visit.ticket });
    const { callsBeforeNoShow } = settingsOf(draft.state);
    const episode = episodeOfVisit(draft.state, visit);
    // After an undone no-show the visit stands fetched here though its love window has ended [V-16].
    const fetched = episode !== undefined || visit.stage.reason.rule === 'reserved';
    if (!fetched && visit.stage.calls < callsBeforeNoShow)
      return reject('no-show-too-soon', { calls: callsBeforeNoShow });
    // Not found: the flagged visit waits again at its place, without a new hold.
    if (episode) endEpisode(draft, episode, 'notFound');
    draft.emit({ type: 'VisitAbsent', visitId: visit.id });
    if (fetched) draft.emit({ type: 'VisitReturned', visitId: visit.id });
    return done;
  },

  ParkVisit(draft, command) {
    const own = ownVisit(draft, command);
    if (isRejection(own)) return own;
    leaveEpisode(draft, own.visit, 'cancelled');
    draft.emit({ type: 'VisitParked', visitId: own.visit.id });
    return done;
  },

  /** Called at once where the teller who parked it is free, else waiting at its place. */
  ResumeParked(draft, command) {
    const visit = presentVisit(draft, command);
    if (isRejection(visit)) return visit;
    if (visit.stage.status !== 'parked') return reject('visit-not-parked', { ticket: visit.ticket });
    const counter = ownCounter(draft);
    const sameCounter = !isRejection(counter) && counter.id === visit.stage.counterId ? counter : undefined;
    draft.emit({ type: 'VisitResumed', visitId: visit.id });
    if (
      !sameCounter ||
      sameCounter.hold ||
      notCalling(sameCounter) ||
      !canServe(draft.state, sameCounter, visit)
    )
      return { called: false };
    call(draft, sameCounter, visit.id, { rule: 'resumed' }, 'other');
    return { called: true };
  },

  TransferVisit(draft, command) {
    const own = ownVisit(draft, command);
    if (isRejection(own)) return own;
    const unknown = knownServices(draft.state, [command.serviceId]);
    if (unknown) return unknown;
    const { visit } = own;
    draft.emit({
      type: 'VisitTransferred',
      visitId: visit.id,
      serviceId: command.serviceId,
      place: placeFor(draft.state, visit, command.serviceId, command.placement, draft.at),
      moved: true,
    });
    leaveEpisode(draft, visit, 'served');
    return done;
  },

  MarkLongService(draft, command) {
    const own = ownVisit(draft, command);
    if (isRejection(own)) return own;
    if (own.visit.stage.status !== 'serving') return reject('not-serving', { ticket: own.visit.ticket });
    draft.emit({ type: 'ServiceMarkedLong', visitId: own.visit.id, minutes: command.minutes });
    return done;
  },
};
