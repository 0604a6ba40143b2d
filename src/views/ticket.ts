import type { TicketView } from '../protocol/views.js';
import { publicCommon } from './common.js';
import type { PublicContext } from './context.js';
import type { OwnVisit } from './own-visit.js';
import type { PublicFacts, PublicWaiting } from './public-facts.js';

/**
 * [L14] A customer's phone: public facts, and as a named exception the customer's own visit. `ahead`
 * counts the public line of the zone, so another visit's flag never moves it.
 */
export function ticketView(facts: PublicFacts, own: OwnVisit, context: PublicContext): TicketView {
  const index =
    own.status === 'waiting' ? facts.waiting.findIndex((each) => each.visitId === own.visitId) : -1;
  const inLine = facts.waiting[index];
  const minutes =
    inLine && (context.published?.visits[own.visitId] ?? context.published?.services[inLine.service]);
  return {
    ...publicCommon(facts, context),
    ticket: own.ticket,
    visitId: own.visitId,
    version: own.version,
    service: own.service,
    services: own.services,
    status: own.status,
    ...(own.ending && { ending: own.ending }),
    ...(inLine && { ahead: aheadOf(facts, inLine, index) }),
    ...(minutes && { minutes }),
    ...(own.called && { counter: own.called.counter, calledAt: own.called.at, round: own.called.round }),
    issuedAt: own.issuedAt,
    ...(own.helpAsked && { helpAsked: true }),
    ...(own.undo && { undo: { commandId: own.undo.commandId, until: own.undo.until } }),
  };
}

/** Visits of the same zone in front of the one at `index` of the public line. */
const aheadOf = (facts: PublicFacts, visit: PublicWaiting, index: number): number =>
  facts.waiting.slice(0, index).filter((other) => other.zone === visit.zone).length;
