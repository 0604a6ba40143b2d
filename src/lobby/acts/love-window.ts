import type { Rejection } from '../../protocol/codes.js';
import { isOpen, canServe } from '../capability.js';
import type { Draft } from '../draft.js';
import { endEpisode, hold, release, swapRefusableUntil } from '../episode.js';
import { counterOf, counterOfTeller, episodeOfVisit, named, visitOf } from '../lookup.js';
import { describePlan, planFor } from '../plan.js';
import { reject } from '../reject.js';
import type { Episode, Visit } from '../state.js';
import { done, isRejection, type Acts } from './act.js';
import { presentVisit } from './check.js';
import { issue } from './visits.js';

const runs = (draft: Draft, episodeId: string): Episode | Rejection => {
  const episode = named(draft.state.episodes, episodeId);
  return episode && !episode.ended ? episode : reject('unknown-episode');
};

/** A teller stands in for the manager only while none is on duty [E-12, W-39]. */
function mayStandIn(draft: Draft): Rejection | undefined {
  return draft.input.actor.role === 'teller' && Object.keys(draft.state.managers).length > 0
    ? reject('forbidden')
    : undefined;
}

/** A teller amends or ends a flag at the own counter, elsewhere only while no manager is on duty. */
function mayChangeFlag(draft: Draft, visit: Visit): Rejection | undefined {
  return isHere(draft, visit) ? undefined : mayStandIn(draft);
}

/** Reserved for, called to or in service at the acting teller's counter. */
function isHere(draft: Draft, { stage }: Visit): boolean {
  if (stage.status !== 'reserved' && stage.status !== 'called' && stage.status !== 'serving') return false;
  return counterOfTeller(draft.state, draft.input.actor.id)?.id === stage.counterId;
}

function flagProblem(visit: Visit): Rejection | undefined {
  const { status } = visit.stage;
  if (visit.flag)
    return reject('already-flagged', { ticket: visit.ticket, episodeId: visit.flag.episodeId ?? '' });
  if (status === 'serving') return reject('visit-not-waiting', { ticket: visit.ticket });
  return undefined;
}

export const loveWindowActs: Acts<
  | 'FlagPriority'
  | 'FlagNewVisit'
  | 'AmendNeeds'
  | 'DeclinePriority'
  | 'ConfirmLoveWindow'
  | 'AcknowledgeAlert'
  | 'MarkOnTheWay'
  | 'MarkArrived'
  | 'RefuseSwap'
  | 'MarkHereAgain'
  | 'RevealNeeds'
> = {
  FlagPriority(draft, command) {
    const refused = mayStandIn(draft);
    if (refused) return refused;
    const visit = presentVisit(draft, command);
    if (isRejection(visit)) return visit;
    if (!command.consent) return reject('consent-needed');
    const problem = flagProblem(visit);
    if (problem) return problem;
    draft.emit({ type: 'PriorityFlagged', visitId: visit.id, needs: [...new Set(command.needs)] });
    return done;
  },

  /** Somebody met at the door without a ticket gets one and the flag in one act. */
  FlagNewVisit(draft, command) {
    const refused = mayStandIn(draft);
    if (refused) return refused;
    if (!command.consent) return reject('consent-needed');
    const issued = issue(draft, command.serviceIds, command.tier ?? 0);
    if (isRejection(issued)) return issued;
    draft.emit({ type: 'PriorityFlagged', visitId: issued.visitId, needs: [...new Set(command.needs)] });
    return issued;
  },

  AmendNeeds(draft, command) {
    const visit = presentVisit(draft, command);
    if (isRejection(visit)) return visit;
    if (!visit.flag) return reject('not-flagged', { ticket: visit.ticket });
    const refused = mayChangeFlag(draft, visit);
    if (refused) return refused;
    if (!command.consent) return reject('consent-needed');
    draft.emit({ type: 'NeedsAmended', visitId: visit.id, needs: [...new Set(command.needs)] });
    return done;
  },

  /** The customer's will: the flag and the needs go, and the love window with them. */
  DeclinePriority(draft, command) {
    const visit = presentVisit(draft, command);
    if (isRejection(visit)) return visit;
    if (!visit.flag) return reject('not-flagged', { ticket: visit.ticket });
    const refused = mayChangeFlag(draft, visit);
    if (refused) return refused;
    if (visit.stage.status === 'serving') return reject('already-serving', { ticket: visit.ticket });
    const episode = episodeOfVisit(draft.state, visit);
    if (episode) endEpisode(draft, episode, 'declined');
    draft.emit({ type: 'PriorityDeclined', visitId: visit.id });
    return done;
  },

  /**
   * Begins the episode. The plan is made again: when the lobby has moved on since the preview, the better
   * counter is taken and said; with none to hold now the episode waits for one, in the order of flags.
   */
  ConfirmLoveWindow(draft, command) {
    const { state, at } = draft;
    const refused = mayStandIn(draft);
    if (refused) return refused;
    const visit = presentVisit(draft, command);
    if (isRejection(visit)) return visit;
    if (!visit.flag) return reject('not-flagged', { ticket: visit.ticket });
    if (visit.flag.episodeId !== undefined)
      return reject('episode-running', { episodeId: visit.flag.episodeId });
    if (visit.stage.status !== 'waiting') return reject('visit-not-waiting', { ticket: visit.ticket });
    if (visit.flag.notFound) return reject('customer-not-found', { ticket: visit.ticket });
    const plan = planFor(state, visit, at);
    const described = describePlan(state, visit.id, plan, at);
    const episodeId = draft.newId('e');
    draft.emit({ type: 'LoveWindowConfirmed', episodeId, visitId: visit.id });
    const episode = state.episodes[episodeId];
    if ('counterId' in plan && episode) hold(draft, episode, plan.counterId);
    return { plan: described, episodeId, changed: described.counterId !== command.counterId };
  },

  /** By the held counter's teller; by a manager once nobody answered. */
  AcknowledgeAlert(draft, { episodeId }) {
    const episode = runs(draft, episodeId);
    if (isRejection(episode)) return episode;
    if (episode.counterId === undefined) return reject('episode-not-held');
    if (episode.acknowledgedBy !== undefined) return reject('already-acknowledged');
    const { id, role } = draft.input.actor;
    const own = counterOf(draft.state, episode.counterId).teller?.id === id;
    const manager = role !== 'teller' && episode.recurring === true;
    if (!own && !manager) return reject('forbidden');
    draft.emit({ type: 'AlertAcknowledged', episodeId, by: id });
    return done;
  },

  MarkOnTheWay(draft, { episodeId }) {
    const refused = mayStandIn(draft);
    if (refused) return refused;
    const episode = runs(draft, episodeId);
    if (isRejection(episode)) return episode;
    if (episode.arrivedAt !== undefined) return reject('already-arrived');
    if (episode.onTheWayAt !== undefined) return reject('already-on-the-way');
    draft.emit({ type: 'EscortOnTheWay', episodeId });
    return done;
  },

  MarkArrived(draft, { episodeId }) {
    const refused = mayStandIn(draft);
    if (refused) return refused;
    const episode = runs(draft, episodeId);
    if (isRejection(episode)) return episode;
    if (episode.counterId === undefined) return reject('episode-not-held');
    if (episode.arrivedAt !== undefined) return reject('already-arrived');
    draft.emit({ type: 'EscortArrived', episodeId });
    return done;
  },

  /** Within 10 s of the swap, and while the first counter can still take the hold back. */
  RefuseSwap(draft, { episodeId }) {
    const { state } = draft;
    const refused = mayStandIn(draft);
    if (refused) return refused;
    const episode = runs(draft, episodeId);
    if (isRejection(episode)) return episode;
    const { swap } = episode;
    if (!swap || swap.refused) return reject('no-swap');
    const visit = visitOf(state, episode.visitId);
    const from = counterOf(state, swap.from);
    const back = isOpen(from) && !from.hold && canServe(state, from, visit);
    if (draft.at > swapRefusableUntil(state, episode) || visit.stage.status !== 'reserved' || !back)
      return reject('swap-too-late');
    draft.emit({ type: 'SwapRefused', episodeId });
    release(draft, episode, 'swapped');
    hold(draft, episode, from.id);
    return done;
  },

  /** Staff see the customer again: holds may be planned for the visit once more. */
  MarkHereAgain(draft, command) {
    const visit = presentVisit(draft, command);
    if (isRejection(visit)) return visit;
    if (!visit.flag?.notFound) return reject('not-lost', { ticket: visit.ticket });
    draft.emit({ type: 'VisitHereAgain', visitId: visit.id });
    return done;
  },

  /** Managers, and the teller who has the reservation or the visit; audited once per visit and session. */
  RevealNeeds(draft, command) {
    const visit = presentVisit(draft, command);
    if (isRejection(visit)) return visit;
    if (!visit.flag) return reject('not-flagged', { ticket: visit.ticket });
    const { actor } = draft.input;
    if (actor.role === 'teller') {
      const noManager = Object.keys(draft.state.managers).length === 0 && visit.flag.by === actor.id;
      if (!isHere(draft, visit) && !noManager) return reject('needs-not-yours');
    }
    if (!draft.state.revealed[`${visit.id}/${actor.session}`])
      draft.emit({ type: 'NeedsRevealed', visitId: visit.id, session: actor.session });
    return { needs: visit.flag.needs };
  },
};
