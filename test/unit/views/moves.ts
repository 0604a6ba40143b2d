import * as fc from 'fast-check';
import type { SupportNeed } from '../../../src/protocol/vocabulary.js';
import type { Actor, CoreCommand } from '../../../src/lobby/input.js';
import type { LobbyState, Visit } from '../../../src/lobby/state.js';
import { actorOf, kiosk, manager, tellerAt } from '../../support/lobby.js';

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

type Deed = (state: LobbyState, a: number, b: number) => Act | undefined;

const pick = <T>(things: readonly T[], n: number): T | undefined => things[n % things.length];

const present = (state: LobbyState, ...statuses: Visit['stage']['status'][]): Visit[] =>
  Object.keys(state.present)
    .map((id) => state.visits[id])
    .filter((visit) => visit !== undefined)
    .filter((visit) => statuses.length === 0 || statuses.includes(visit.stage.status));

const on = ({ id, version }: Visit): { visitId: string; version: number } => ({ visitId: id, version });

/** The teller at the n-th counter that has a visit of this status. */
function atCounter(
  state: LobbyState,
  n: number,
  status: 'called' | 'serving',
): { visit: Visit; actor: Actor } | undefined {
  const visit = pick(present(state, status), n);
  if (!visit || (visit.stage.status !== 'called' && visit.stage.status !== 'serving')) return undefined;
  const teller = state.counters[visit.stage.counterId]?.teller;
  return teller && { visit, actor: actorOf('teller', teller.id, teller.skills) };
}

const tellers = (state: LobbyState, free = false): Actor[] =>
  Object.values(state.counters)
    .filter((counter) => counter.teller !== undefined && !(free && counter.visitId !== undefined))
    .map((counter) => tellerAt(counter.id));

const needsOf = (n: number): SupportNeed[] =>
  (['lowCounter', 'wheelchair', 'signLanguage', 'seat', 'infantSeat'] as const).filter(
    (_, i) => (n >> i) & 1,
  );

const serviceIds = ['cash', 'personal', 'cashComplex', 'wealth', 'corporate'];
const serviceAt = (n: number): string => pick(serviceIds, n) ?? 'cash';

const byTeller =
  (command: CoreCommand): Deed =>
  (state, a) => {
    const actor = pick(tellers(state), a);
    return actor && { command, actor };
  };

const onVisit =
  (
    status: Visit['stage']['status'][],
    make: (visit: Visit, b: number) => CoreCommand,
    actor: Actor = manager,
  ): Deed =>
  (state, a, b) => {
    const visit = pick(present(state, ...status), a);
    return visit && { command: make(visit, b), actor };
  };

const onEpisode =
  (make: (episodeId: string) => CoreCommand): Deed =>
  (state, a) => {
    const episodeId = pick(Object.keys(state.running), a);
    return episodeId === undefined ? undefined : { command: make(episodeId), actor: manager };
  };

const manage =
  (to: 'paused' | 'resumed' | 'closing' | 'reopened' | 'faulty' | 'repaired'): Deed =>
  (state, a) => {
    const counterId = pick(Object.keys(state.counters), a);
    return counterId === undefined
      ? undefined
      : { command: { type: 'ManageCounter', counterId, to, reason: 'break' }, actor: manager };
  };

const atCalled =
  (make: (visit: Visit, b: number) => CoreCommand, status: 'called' | 'serving' = 'called'): Deed =>
  (state, a, b) => {
    const here = atCounter(state, a, status);
    return here && { command: make(here.visit, b), actor: here.actor };
  };

/** What a lobby does, with how often. */
const base: Record<string, [number, Deed]> = {
  issue: [
    14,
    (_, a, b) => ({
      command: { type: 'IssueTicket', serviceIds: [serviceAt(a)], tier: b % 5 === 0 ? 2 : 0 },
      actor: kiosk,
    }),
  ],
  issueTwo: [
    1,
    (_, a) => ({
      command: { type: 'IssueTicket', serviceIds: [serviceAt(a), serviceAt(a + 1)] },
      actor: kiosk,
    }),
  ],
  callNext: [
    16,
    (state, a) => {
      const actor = pick(tellers(state, true), a);
      return actor && { command: { type: 'CallNext' }, actor };
    },
  ],
  callVisit: [
    3,
    (state, a, b) => {
      const visit = pick(present(state, 'waiting'), a);
      const actor = pick(tellers(state, true), b);
      return visit && actor && { command: { type: 'CallVisit', ...on(visit), reason: 'other' }, actor };
    },
  ],
  recall: [3, atCalled((visit) => ({ type: 'Recall', ...on(visit) }))],
  start: [12, atCalled((visit) => ({ type: 'StartService', ...on(visit) }))],
  finish: [
    10,
    atCalled(
      (visit, b) => ({ type: 'FinishService', ...on(visit), placement: b % 2 ? 'place' : 'end' }),
      'serving',
    ),
  ],
  long: [1, atCalled((visit) => ({ type: 'MarkLongService', ...on(visit), minutes: 10 }), 'serving')],
  noShow: [2, atCalled((visit) => ({ type: 'MarkNoShow', ...on(visit) }))],
  park: [1, atCalled((visit) => ({ type: 'ParkVisit', ...on(visit) }))],
  transfer: [
    2,
    atCalled((visit, b) => ({
      type: 'TransferVisit',
      ...on(visit),
      serviceId: serviceAt(b),
      placement: pick(['place', 'front', 'end'] as const, b) ?? 'place',
    })),
  ],
  resume: [1, onVisit(['parked'], (visit) => ({ type: 'ResumeParked', ...on(visit) }))],
  return: [1, onVisit(['absent'], (visit) => ({ type: 'ReturnVisit', ...on(visit) }))],
  leave: [1, onVisit(['waiting', 'reserved', 'called'], (visit) => ({ type: 'LeaveVisit', ...on(visit) }))],
  cancel: [
    1,
    (state, a) => {
      const visit = pick(present(state, 'waiting', 'reserved'), a);
      return visit && { command: { type: 'CancelVisit', ...on(visit) }, actor: actorOf('phone', visit.id) };
    },
  ],
  addService: [
    1,
    onVisit(['waiting'], (visit, b) => ({ type: 'AddService', ...on(visit), serviceId: serviceAt(b) })),
  ],
  move: [
    2,
    onVisit(['waiting'], (visit, b) => ({
      type: 'MoveVisit',
      ...on(visit),
      placement: b % 2 ? 'front' : 'end',
      reason: 'other',
    })),
  ],
  help: [
    1,
    onVisit(['waiting'], (visit) => ({ type: 'RequestHelp', place: 'kiosk', visitId: visit.id }), kiosk),
  ],
  signOn: [
    2,
    (state, a) => {
      const free = pick(
        Object.values(state.counters).filter((counter) => !counter.teller),
        a,
      );
      return free && { command: { type: 'SignOn', counterId: free.id }, actor: tellerAt(free.id) };
    },
  ],
  signOff: [1, byTeller({ type: 'SignOff' })],
  close: [1, byTeller({ type: 'CloseCounter' })],
  pause: [1, byTeller({ type: 'PauseCounter', reason: 'break' })],
  pauseByManager: [1, manage('paused')],
  resumeCounter: [2, manage('resumed')],
  faulty: [1, manage('faulty')],
  repaired: [2, manage('repaired')],
  services: [
    1,
    (state, a, b) => {
      const counterId = pick(Object.keys(state.counters), a);
      return counterId === undefined
        ? undefined
        : {
            command: {
              type: 'SetCounterServices',
              counterId,
              serviceIds: serviceIds.filter((_, i) => i !== b % 5),
            },
            actor: manager,
          };
    },
  ],
  undo: [
    2,
    (state, a) => {
      const actorId = pick(Object.keys(state.undo), a);
      const slot = actorId === undefined ? undefined : state.undo[actorId];
      return actorId === undefined || !slot
        ? undefined
        : { command: { type: 'Undo', commandId: slot.commandId }, actor: actorOf('teller', actorId) };
    },
  ],
};

/** What is nobody's business. */
const discreet: Record<string, [number, Deed]> = {
  flag: [
    10,
    onVisit(['waiting', 'waiting', 'parked', 'absent', 'called'], (visit, b) => ({
      type: 'FlagPriority',
      ...on(visit),
      needs: needsOf(b),
      consent: true,
    })),
  ],
  flagNew: [
    2,
    (_, a, b) => ({
      command: { type: 'FlagNewVisit', serviceIds: [serviceAt(a)], needs: needsOf(b), consent: true },
      actor: manager,
    }),
  ],
  confirm: [
    14,
    (state, a) => {
      const visit = pick(
        present(state, 'waiting').filter((each) => each.flag && each.flag.episodeId === undefined),
        a,
      );
      return visit && { command: { type: 'ConfirmLoveWindow', ...on(visit) }, actor: manager };
    },
  ],
  amend: [
    2,
    (state, a, b) => {
      const visit = pick(
        present(state).filter((each) => each.flag),
        a,
      );
      return (
        visit && {
          command: { type: 'AmendNeeds', ...on(visit), needs: needsOf(b), consent: true },
          actor: manager,
        }
      );
    },
  ],
  decline: [
    2,
    (state, a) => {
      const visit = pick(
        present(state).filter((each) => each.flag),
        a,
      );
      return visit && { command: { type: 'DeclinePriority', ...on(visit) }, actor: manager };
    },
  ],
  specialist: [
    1,
    onVisit(['waiting'], (visit) => ({ type: 'CallSpecialist', ...on(visit), capability: 'signLanguage' })),
  ],
  acknowledge: [
    6,
    (state, a) => {
      const episode = state.episodes[pick(Object.keys(state.running), a) ?? ''];
      return episode?.counterId === undefined
        ? undefined
        : {
            command: { type: 'AcknowledgeAlert', episodeId: episode.id },
            actor: tellerAt(episode.counterId),
          };
    },
  ],
  onTheWay: [6, onEpisode((episodeId) => ({ type: 'MarkOnTheWay', episodeId }))],
  arrived: [2, onEpisode((episodeId) => ({ type: 'MarkArrived', episodeId }))],
  refuseSwap: [4, onEpisode((episodeId) => ({ type: 'RefuseSwap', episodeId }))],
  hereAgain: [
    3,
    (state, a) => {
      const visit = pick(
        present(state).filter((each) => each.flag?.notFound),
        a,
      );
      return visit && { command: { type: 'MarkHereAgain', ...on(visit) }, actor: manager };
    },
  ],
  reveal: [2, onVisit([], (visit) => ({ type: 'RevealNeeds', ...on(visit) }))],
};

const deeds: Record<string, [number, Deed]> = { ...base, ...discreet };

/** The command a move means in this state; undefined when there is nothing to do it on. */
export const actOf = (state: LobbyState, move: Move): Act | undefined =>
  deeds[move.kind]?.[1](state, move.a, move.b);

/** Moves of a busy lobby; `wait` lets up to 90 s pass, `beat` is the public beat. */
export const moves = (length: number): fc.Arbitrary<Move[]> =>
  fc.array(
    fc.record({
      kind: fc.oneof(
        { weight: 8, arbitrary: fc.constant('wait') },
        { weight: 5, arbitrary: fc.constant('beat') },
        ...Object.entries(deeds).map(([kind, [weight]]) => ({ weight, arbitrary: fc.constant(kind) })),
      ),
      a: fc.nat(1000),
      b: fc.nat(1000),
    }),
    { minLength: length / 2, maxLength: length },
  );
