import type { SupportNeed } from '../../../src/protocol/vocabulary.js';
import type { Actor, CoreCommand } from '../../../src/lobby/input.js';
import type { LobbyState, Visit } from '../../../src/lobby/state.js';
import { actorOf, manager, tellerAt } from '../../support/lobby.js';

/** An act on whatever is there when it comes: `a` and `b` choose among it. */
export interface Move {
  kind: string;
  a: number;
  b: number;
}

export interface Act {
  command: CoreCommand;
  actor: Actor;
}

export type Deed = (state: LobbyState, a: number, b: number) => Act | undefined;

export const pick = <T>(things: readonly T[], n: number): T | undefined => things[n % things.length];

export const present = (state: LobbyState, ...statuses: Visit['stage']['status'][]): Visit[] =>
  Object.keys(state.present)
    .map((id) => state.visits[id])
    .filter((visit) => visit !== undefined)
    .filter((visit) => statuses.length === 0 || statuses.includes(visit.stage.status));

export const on = ({ id, version }: Visit): { visitId: string; version: number } => ({
  visitId: id,
  version,
});

/** The teller at the n-th counter that has a visit of this status. */
export function atCounter(
  state: LobbyState,
  n: number,
  status: 'called' | 'serving',
): { visit: Visit; actor: Actor } | undefined {
  const visit = pick(present(state, status), n);
  if (!visit || (visit.stage.status !== 'called' && visit.stage.status !== 'serving')) return undefined;
  const teller = state.counters[visit.stage.counterId]?.teller;
  return teller && { visit, actor: actorOf('teller', teller.id, teller.skills) };
}

export const tellers = (state: LobbyState, free = false): Actor[] =>
  Object.values(state.counters)
    .filter((counter) => counter.teller !== undefined && !(free && counter.visitId !== undefined))
    .map((counter) => tellerAt(counter.id));

export const needsOf = (n: number): SupportNeed[] =>
  (['lowCounter', 'wheelchair', 'signLanguage', 'seat', 'infantSeat'] as const).filter(
    (_, i) => (n >> i) & 1,
  );

export const serviceIds = ['cash', 'personal', 'cashComplex', 'wealth', 'corporate'];
export const serviceAt = (n: number): string => pick(serviceIds, n) ?? 'cash';

export const byTeller =
  (command: CoreCommand): Deed =>
  (state, a) => {
    const actor = pick(tellers(state), a);
    return actor && { command, actor };
  };

export const onVisit =
  (
    status: Visit['stage']['status'][],
    make: (visit: Visit, b: number) => CoreCommand,
    actor: Actor = manager,
  ): Deed =>
  (state, a, b) => {
    const visit = pick(present(state, ...status), a);
    return visit && { command: make(visit, b), actor };
  };

export const onEpisode =
  (make: (episodeId: string) => CoreCommand): Deed =>
  (state, a) => {
    const episodeId = pick(Object.keys(state.running), a);
    return episodeId === undefined ? undefined : { command: make(episodeId), actor: manager };
  };

export const manage =
  (to: 'paused' | 'resumed' | 'closing' | 'reopened' | 'faulty' | 'repaired'): Deed =>
  (state, a) => {
    const counterId = pick(Object.keys(state.counters), a);
    return counterId === undefined
      ? undefined
      : { command: { type: 'ManageCounter', counterId, to, reason: 'break' }, actor: manager };
  };

export const atCalled =
  (make: (visit: Visit, b: number) => CoreCommand, status: 'called' | 'serving' = 'called'): Deed =>
  (state, a, b) => {
    const here = atCounter(state, a, status);
    return here && { command: make(here.visit, b), actor: here.actor };
  };
