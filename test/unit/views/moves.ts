import * as fc from 'fast-check';
import type { LobbyState } from '../../../src/lobby/state.js';
import { manager, tellerAt } from '../../support/lobby.js';
import { base } from './base-moves.js';
import {
  needsOf,
  on,
  onEpisode,
  onVisit,
  pick,
  present,
  serviceAt,
  type Act,
  type Deed,
  type Move,
} from './choosing.js';

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
