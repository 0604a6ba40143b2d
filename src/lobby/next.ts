import type { CallReason } from '../protocol/views.js';
import { canServe, isOpen } from './capability.js';
import { nextAt, overtakenAt, vipRunAfter } from './choice/next.js';
import { explain } from './choice/pick.js';
import { candidateOf, floorOf, postOn } from './floor-of.js';
import { episodeOf, visitOf, waitingVisits } from './lookup.js';
import type { Counter, LobbyState, Visit } from './state.js';

/** Waiting visits the counter could serve [L3], before any policy. */
export function servableBy(state: LobbyState, counter: Counter): Visit[] {
  return [...waitingVisits(state)].filter((visit) => canServe(state, counter, visit));
}

export interface Next {
  visitId: string;
  reason: CallReason;
}

/**
 * The visit this counter would call at `at` and why; undefined when there is none or it may not call.
 * A held counter's next is its reserved visit and nobody else [L4, L5].
 */
export function nextFor(state: LobbyState, counter: Counter, at: number): Next | undefined {
  if (counter.visitId) return undefined;
  if (counter.hold) {
    const visit = visitOf(state, episodeOf(state, counter.hold.episodeId).visitId);
    return visit.stage.status === 'reserved'
      ? { visitId: visit.id, reason: { rule: 'reserved' } }
      : undefined;
  }
  if (!isOpen(counter)) return undefined;
  const floor = floorOf(state);
  const { picked, kept } = nextAt(floor, postOn(floor, counter.id), at);
  if (!picked) return undefined;
  const reason = explain(picked, at);
  return {
    visitId: picked.visit.visitId,
    reason: kept && !reason.constraint ? { ...reason, constraint: kept } : reason,
  };
}

/** [P-4, P-27, P-28] Whether those who wait for this open counter are all left to others, so that it calls nobody. */
export function leavesToOthers(state: LobbyState, counter: Counter, at: number): boolean {
  const floor = floorOf(state);
  const { picked, kept } = nextAt(floor, postOn(floor, counter.id), at);
  return !picked && kept !== undefined;
}

/** What a call of this visit does to the others: whom it overtakes [L8], and how many VIPs that makes in a row. */
export function effectOfCall(
  state: LobbyState,
  counter: Counter,
  called: Visit,
): { overtook: string[]; vipRun: number } {
  const floor = floorOf(state);
  const post = postOn(floor, counter.id);
  const visit = floor.waiting.find(({ visitId }) => visitId === called.id) ?? candidateOf(state, called);
  return {
    overtook: overtakenAt(floor, post, visit).map(({ visitId }) => visitId),
    vipRun: vipRunAfter(floor, post, visit),
  };
}
