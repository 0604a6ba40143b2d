import type { Audience, ViewOf } from '../protocol/views.js';
import type { LobbyState } from '../lobby/state.js';
import { adminView } from './admin.js';
import { boardView } from './board.js';
import type { ViewContext } from './context.js';
import { counterView } from './counter.js';
import { kioskView } from './kiosk.js';
import { managerView } from './manager.js';
import { ownVisit } from './own-visit.js';
import { publicFacts } from './public-facts.js';
import { ratingView } from './rating.js';
import { tellerView } from './teller.js';
import { ticketView } from './ticket.js';

type Builder<V> = (state: LobbyState, context: ViewContext) => V;

const factsFor = (state: LobbyState, context: ViewContext) =>
  context.facts ?? publicFacts(state, context.setup);

const builders: { [A in Audience]: Builder<ViewOf[A]> } = {
  board: (state, context) => boardView(factsFor(state, context), context),
  kiosk: (state, context) => kioskView(factsFor(state, context), context),
  ticket: (state, context) =>
    ticketView(factsFor(state, context), ownVisit(state, context.key ?? ''), context),
  counter: counterView,
  rating: ratingView,
  teller: tellerView,
  manager: managerView,
  admin: adminView,
};

/**
 * What one page of this audience may see of a lobby. Pure: equal arguments give equal bytes. Public views
 * (board, kiosk, ticket) take nothing of the context but `key`, `published` and `demo` [L14].
 *
 * @throws for a ticket whose visit the day does not have; ask `hasView` first
 */
export function viewFor<A extends Audience>(audience: A, state: LobbyState, context: ViewContext): ViewOf[A] {
  return builders[audience](state, context);
}

/** Whether there is anything to show: a phone's visit is gone once a new day has begun. */
export const hasView = (audience: Audience, state: LobbyState, key: string | undefined): boolean =>
  audience !== 'ticket' || (key !== undefined && state.visits[key] !== undefined);
