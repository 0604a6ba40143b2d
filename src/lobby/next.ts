import type { CallReason } from '../protocol/views.js';
import { canServe, isOpen, keptForScarce, neededCapabilities, scarceCapabilitiesOf } from './capability.js';
import { choose, isProtected, type Candidate } from './calling.js';
import { episodeOf, presentService, settingsOf, visitOf, waitingVisits } from './lookup.js';
import type { Counter, LobbyState, Visit } from './state.js';

export function candidateOf(state: LobbyState, visit: Visit): Candidate {
  const service = presentService(state, visit);
  return {
    visitId: visit.id,
    ticket: visit.ticket,
    tier: visit.tier,
    place: visit.place,
    since: visit.since,
    overtaken: visit.overtaken,
    appointment: visit.appointmentAt !== undefined,
    ...(visit.flag && { flaggedAt: visit.flag.at }),
    ...(service.time && { mean: service.time.mean }),
    group: [
      service.id,
      visit.tier,
      visit.appointmentAt === undefined ? 'walk-in' : 'booked',
      visit.flag ? 'flagged' : 'ordinary',
      ...neededCapabilities(visit).sort(),
    ].join(' '),
  };
}

/** Waiting visits the counter could serve [L3], before any policy. */
export function servableBy(state: LobbyState, counter: Counter): Visit[] {
  return [...waitingVisits(state)].filter((visit) => canServe(state, counter, visit));
}

/**
 * The visit this counter would call at `at` and why; undefined when there is none or it may not call.
 * A held counter's next is its reserved visit and nobody else [L4, L5].
 */
export function nextFor(
  state: LobbyState,
  counter: Counter,
  at: number,
): { visitId: string; reason: CallReason } | undefined {
  if (counter.visitId) return undefined;
  if (counter.hold) {
    const visit = visitOf(state, episodeOf(state, counter.hold.episodeId).visitId);
    return visit.stage.status === 'reserved'
      ? { visitId: visit.id, reason: { rule: 'reserved' } }
      : undefined;
  }
  if (!isOpen(counter)) return undefined;
  const settings = settingsOf(state);
  const servable = servableBy(state, counter);
  const scarce = scarceCapabilitiesOf(state, counter);
  const left = servable.filter(
    (visit) =>
      !keptForScarce(state, counter, visit, scarce) || isProtected(candidateOf(state, visit), settings, at),
  );
  const choice = choose(
    left.map((visit) => candidateOf(state, visit)),
    settings,
    state.vipRun,
    at,
  );
  if (!choice) return undefined;
  const reason: CallReason =
    left.length < servable.length && !choice.reason.constraint
      ? { ...choice.reason, constraint: 'scarceCounter' }
      : choice.reason;
  return { visitId: choice.candidate.visitId, reason };
}

/** Waiting normal visits in the protected band that the counter could serve. */
export function protectedFor(state: LobbyState, counter: Counter, at: number): Visit[] {
  const settings = settingsOf(state);
  return servableBy(state, counter).filter(
    (visit) => !visit.flag && isProtected(candidateOf(state, visit), settings, at),
  );
}

/** [L8] waiting visits placed before the called one that this counter could have served. */
export function overtakenBy(state: LobbyState, counter: Counter, called: Visit): string[] {
  return servableBy(state, counter)
    .filter((visit) => visit.id !== called.id && visit.place < called.place)
    .map((visit) => visit.id);
}

/** VIPs in a row after calling this visit there; unchanged by calls no waiting normal could have had. */
export function vipRunAfter(state: LobbyState, counter: Counter, called: Visit): number {
  if (called.flag) return state.vipRun;
  if (called.tier === 0) return 0;
  const normalCould = servableBy(state, counter).some(
    (visit) => visit.id !== called.id && visit.tier === 0 && !visit.flag,
  );
  return normalCould ? state.vipRun + 1 : state.vipRun;
}
