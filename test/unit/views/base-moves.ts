import { actorOf, kiosk, manager, tellerAt } from '../../support/lobby.js';
import {
  atCalled,
  byTeller,
  manage,
  on,
  onVisit,
  pick,
  present,
  serviceAt,
  serviceIds,
  tellers,
  type Deed,
} from './choosing.js';

/** What a lobby does, with how often. */
export const base: Record<string, [number, Deed]> = {
  issue: [
    14,
    (_, a, b) => ({
      command: { type: 'IssueTicket', serviceIds: [serviceAt(a)], tier: b % 5 === 0 ? 2 : 0 },
      // A kiosk gives nobody a tier.
      actor: b % 5 === 0 ? manager : kiosk,
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
