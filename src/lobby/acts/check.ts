import type { Rejection } from '../../protocol/codes.js';
import { counterOfTeller, named, settingsOf } from '../lookup.js';
import type { Draft } from '../draft.js';
import { reject } from '../reject.js';
import type { Counter, LobbyState, Visit } from '../state.js';
import { instantOf } from '../wall-clock.js';

/** The visit a command names, if it is still the one the person saw [L12]. */
export function seenVisit(draft: Draft, command: { visitId: string; version: number }): Visit | Rejection {
  const visit = named(draft.state.visits, command.visitId);
  if (!visit) return reject('unknown-visit');
  if (visit.version !== command.version) return reject('stale', { ticket: visit.ticket });
  return visit;
}

/** The same, refusing visits that have ended. */
export function presentVisit(draft: Draft, command: { visitId: string; version: number }): Visit | Rejection {
  const visit = seenVisit(draft, command);
  if ('ok' in visit) return visit;
  return visit.stage.status === 'ended' ? reject('visit-ended', { ticket: visit.ticket }) : visit;
}

/** The counter the acting teller is signed on to. */
export function ownCounter(draft: Draft): Counter | Rejection {
  return counterOfTeller(draft.state, draft.input.actor.id) ?? reject('no-counter');
}

/** The acting teller's counter and the named visit, if the visit is called or in service there. */
export function ownVisit(
  draft: Draft,
  command: { visitId: string; version: number },
): { counter: Counter; visit: Visit } | Rejection {
  const counter = ownCounter(draft);
  if ('ok' in counter) return counter;
  const visit = presentVisit(draft, command);
  if ('ok' in visit) return visit;
  return counter.visitId === visit.id
    ? { counter, visit }
    : reject('visit-not-here', { ticket: visit.ticket });
}

/** Unknown or repeated services are refused; at least one is asked for. */
export function knownServices(state: LobbyState, serviceIds: readonly string[]): Rejection | undefined {
  const known = new Set(state.setup?.services.map((service) => service.id));
  const unknown = serviceIds.find((id) => !known.has(id));
  if (unknown !== undefined || serviceIds.length === 0)
    return reject('unknown-service', { serviceId: unknown ?? '' });
  return undefined;
}

/** Whether the last ticket's hour has passed. */
export const ticketsEnded = (state: LobbyState, at: number): boolean =>
  at >= instantOf(state, settingsOf(state).lastTicket);
