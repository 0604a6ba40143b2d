import type { Text, VisitEnding, VisitStatus } from '../protocol/vocabulary.js';
import { presentService, serviceOf, visitOf } from '../lobby/lookup.js';
import type { LobbyState, Visit } from '../lobby/state.js';
import { undoOffer } from '../lobby/undo.js';
import { labelIn } from './common.js';

/**
 * What a customer's phone knows of the customer's own visit: L14's named exception. Neither flag nor
 * needs are in it; a love-window customer reads the way to the counter like everybody else.
 */
export interface OwnVisit {
  visitId: string;
  ticket: string;
  version: number;
  service: Text;
  services: Text[];
  status: VisitStatus;
  ending?: VisitEnding;
  called?: { counter: Text; at: number; round: number };
  issuedAt: number;
  helpAsked: boolean;
  /** The phone hides it after `until`; it is no clock's doing that it leaves the view. */
  undo?: { commandId: string; until: number };
}

/** Throws if the day has no such visit: a door lets no phone in whose visit is not there. */
export function ownVisit(state: LobbyState, visitId: string): OwnVisit {
  const visit = visitOf(state, visitId);
  const undo = ownUndo(state, visit);
  const called = calledTo(state, visit);
  return {
    visitId: visit.id,
    ticket: visit.ticket,
    version: visit.version,
    service: presentService(state, visit).name,
    services: visit.services.map((id) => serviceOf(state, id).name),
    status: visit.stage.status,
    ...(visit.stage.status === 'ended' && { ending: visit.stage.how }),
    ...(called && { called }),
    issuedAt: visit.arrivedAt,
    helpAsked: visit.helpAsked === true,
    ...(undo && { undo }),
  };
}

function calledTo(state: LobbyState, { stage }: Visit): OwnVisit['called'] {
  const setup = state.setup ?? undefined;
  switch (stage.status) {
    case 'called':
      return { counter: labelIn(setup, stage.counterId), at: stage.at, round: stage.calls };
    case 'serving':
      return { counter: labelIn(setup, stage.counterId), at: stage.calledAt, round: 1 };
    case 'waiting':
    case 'reserved':
    case 'parked':
    case 'absent':
    case 'ended':
      return undefined;
  }
}

/** The phone acts under its visit's id. */
function ownUndo(state: LobbyState, visit: Visit): OwnVisit['undo'] {
  const offer = undoOffer(state, visit.id);
  return offer?.act === 'cancel' ? { commandId: offer.commandId, until: offer.until } : undefined;
}
