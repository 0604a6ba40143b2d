import type { BranchSetup } from '../protocol/settings.js';
import type { DayPhase, PublicNotice, TicketView } from '../protocol/views.js';
import type { Text } from '../protocol/vocabulary.js';
import { ticketsEnded } from '../lobby/acts/check.js';
import type { LobbyState } from '../lobby/state.js';
import { instantOf } from '../lobby/wall-clock.js';
import type { PublicContext, StaffContext } from './context.js';
import { unnamed, type PublicFacts, type PublicNoticeFact } from './public-facts.js';

/** What every view begins with; made field by field, so it may be spread. */
export type Common = Pick<TicketView, 'branch' | 'timeZone' | 'day' | 'phase' | 'demo'>;

/**
 * Public pages learn on the beat that the hour of the last ticket has passed: a clock read at any other
 * moment would tell when something unseen happened [L14].
 */
export function publicCommon(facts: PublicFacts, context: PublicContext): Common {
  return {
    branch: facts.branch,
    timeZone: facts.timeZone,
    ...(facts.day !== undefined && { day: facts.day }),
    phase: publicPhase(facts, context),
    ...(context.demo && { demo: true }),
  };
}

function publicPhase(facts: PublicFacts, { published }: PublicContext): DayPhase {
  if (!facts.open) return 'closed';
  return published && published.at >= instantOf(facts, facts.lastTicket) ? 'ticketsEnded' : 'open';
}

/** The day's setup, or what the branch is configured with before its first day. */
export const setupFor = (state: LobbyState, context: { setup?: BranchSetup }): BranchSetup | undefined =>
  state.setup ?? context.setup;

export function staffCommon(state: LobbyState, context: StaffContext): Common {
  const setup = setupFor(state, context);
  const named = setup ?? unnamed(state.branchId);
  return {
    branch: named.name,
    timeZone: named.timeZone,
    ...(state.day !== '' && { day: state.day }),
    phase: state.phase !== 'open' ? 'closed' : ticketsEnded(state, context.now) ? 'ticketsEnded' : 'open',
    ...(context.demo && { demo: true }),
  };
}

/**
 * A sign and a pad are looked at by the public. Their time is that of the latest public beat, for the reason that
 * public pages have no other: what falls due goes on the beat, not when something unseen happens [L14].
 */
export const onTheBeat = (context: StaffContext): StaffContext => ({
  ...context,
  now: context.published?.at ?? 0,
});

/** A collection on the wire: keyed, so that one change makes a small patch (see patch.ts). */
export const keyed = <T, V>(
  things: Iterable<T>,
  keyOf: (thing: T) => string,
  valueOf: (thing: T, order: number) => V,
): Record<string, V> => {
  const entries: [string, V][] = [];
  let order = 0;
  for (const thing of things) {
    entries.push([keyOf(thing), valueOf(thing, order)]);
    order += 1;
  }
  return Object.fromEntries(entries);
};

export const noticesOf = (notices: readonly PublicNoticeFact[]): Record<string, PublicNotice> =>
  keyed(
    notices,
    ({ id }) => id,
    ({ kind, title, text }, order) => ({ kind, order, ...(title && { title }), text }),
  );

const nothing: Text = { zh: '', en: '' };

/** A thing's name in the setup; empty if the setup no longer has it. */
export const nameIn = (things: readonly { id: string; name: Text }[], id: string | undefined): Text =>
  things.find((thing) => thing.id === id)?.name ?? nothing;

export const labelIn = (setup: BranchSetup | undefined, counterId: string): Text =>
  setup?.counters.find((counter) => counter.id === counterId)?.label ?? nothing;
