import { bindingNeeds, capabilityFor } from '../protocol/vocabulary.js';
import { canServe, capabilitiesOf, isOpen, neededCapabilities } from './capability.js';
import type { Candidate, Floor, Post } from './choice/floor.js';
import {
  counterOf,
  counterSetupOf,
  counters,
  presentService,
  settingsOf,
  visitOf,
  waitingVisits,
} from './lookup.js';
import { expectedRemaining } from './remaining.js';
import type { Counter, LobbyState, Visit } from './state.js';

const bitOf = new Map(
  [...new Set(bindingNeeds.map((need) => capabilityFor[need]))].map((name, i) => [name, 1 << i]),
);

/** Capabilities that a binding need can ask for, as bits; others count for nothing. */
export function capabilityBits(capabilities: Iterable<string>): number {
  let bits = 0;
  for (const capability of capabilities) bits |= bitOf.get(capability) ?? 0;
  return bits;
}

export function candidateOf(state: LobbyState, visit: Visit): Candidate {
  const service = presentService(state, visit);
  const needed = neededCapabilities(visit);
  return {
    visitId: visit.id,
    ticket: visit.ticket,
    serviceId: service.id,
    zone: service.zone,
    tier: visit.tier,
    place: visit.place,
    since: visit.since,
    overtaken: visit.overtaken,
    appointment: visit.appointmentAt !== undefined,
    flaggedAt: visit.flag?.at,
    mean: service.time?.mean,
    long: service.class !== 'immediate',
    group: [
      service.id,
      visit.tier,
      visit.appointmentAt === undefined ? 'walk-in' : 'booked',
      visit.flag ? 'flagged' : 'ordinary',
      ...needed.sort(),
    ].join(' '),
  };
}

function postOf(state: LobbyState, counter: Counter): Post {
  const { vip, standing } = counterSetupOf(state, counter.id);
  const capabilities = capabilitiesOf(state, counter);
  return {
    id: counter.id,
    open: isOpen(counter),
    held: counter.hold !== undefined,
    busy: counter.visitId !== undefined,
    vip,
    standing,
    skills: capabilities.size,
    services: counter.services.length,
    rare: capabilityBits(capabilities),
    freeSince: counter.freeSince,
    turn: counter.turn ?? 0,
    owesNormal: counter.owesNormal === true,
  };
}

/** The state in the form that choices read. It shows one moment: events that follow need a new one. */
export function floorOf(state: LobbyState): Floor {
  const can = ({ id }: Post, { visitId }: Candidate, all: boolean): boolean => {
    const visit = visitOf(state, visitId);
    return canServe(state, counterOf(state, id), visit, all ? visit.services : undefined);
  };
  let waiting: Candidate[] | undefined;
  return {
    settings: settingsOf(state),
    vipRun: state.vipRun,
    counters: [...counters(state)].map((counter) => postOf(state, counter)),
    // Many choices never ask who waits.
    get waiting() {
      return (waiting ??= [...waitingVisits(state)].map((visit) => candidateOf(state, visit)));
    },
    canServe: (counter, visit) => can(counter, visit, false),
    canServeAll: (counter, visit) => can(counter, visit, true),
    remaining: ({ id }, at) => expectedRemaining(state, counterOf(state, id), at),
  };
}

/** The counter of this id on the floor. */
export function postOn(floor: Floor, counterId: string): Post {
  const post = floor.counters.find(({ id }) => id === counterId);
  if (!post) throw new Error(`broken reference: counter ${counterId}`);
  return post;
}
