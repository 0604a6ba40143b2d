import type { EventType, Occurrence } from '../../src/lobby/events.js';
import type { EventOf, Reckoning, SeenVisit } from './reckoning.js';

type When = Pick<Occurrence, 'at' | 'actorId' | 'commandId'>;
type Telling = { [T in EventType]?: (lobby: Reckoning, event: EventOf<T>, when: When) => void };

const unsealed = (list: string[] | 'erased'): string[] => (list === 'erased' ? [] : [...list]);

/** The visit leaves the counter it is at, if it is at one. */
function leave(lobby: Reckoning, visitId: string, status: SeenVisit['status']): SeenVisit {
  const visit = lobby.visit(visitId);
  const counter = visit.counterId === undefined ? undefined : lobby.counter(visit.counterId);
  if (counter?.visitId === visitId) delete counter.visitId;
  delete visit.counterId;
  visit.status = status;
  return visit;
}

/** Keeps the visit for an undo. */
function beforeAct(lobby: Reckoning, visitId: string, { actorId, commandId }: When): void {
  lobby.before.set(`${actorId} ${commandId}`, structuredClone(lobby.visit(visitId)));
}

/** [V-12, V-13] The wait and the overtakes start anew. */
function waitAnew(visit: SeenVisit, { place, moved }: { place: number; moved: boolean }, at: number): void {
  Object.assign(visit, { place, moved: visit.moved || moved, since: at, overtaken: 0, status: 'waiting' });
}

const daysTelling: Telling = {
  DayOpened(lobby, { setup }) {
    lobby.setup = setup;
    const closed = { skills: [], staffed: false, closing: false, paused: false, faulty: false };
    for (const { id, equipment, services } of setup.counters)
      lobby.counters.set(id, { id, equipment, services, ...closed, turn: 0, owes: false });
  },
  SettingsChanged(lobby, event) {
    if (lobby.setup) lobby.setup = { ...lobby.setup, settings: { ...lobby.settings, ...event.settings } };
  },
};

const countersTelling: Telling = {
  TellerSignedOn(lobby, { counterId, skills, tookOverFrom }) {
    const fresh = tookOverFrom === undefined ? { closing: false, paused: false } : {};
    Object.assign(lobby.counter(counterId), { staffed: true, skills, ...fresh });
  },
  TellerSignedOff(lobby, { counterId }) {
    const gone = { staffed: false, skills: [], closing: false, paused: false, owes: false };
    Object.assign(lobby.counter(counterId), gone);
  },
  CounterClosing(lobby, { counterId }) {
    lobby.counter(counterId).closing = true;
  },
  CounterReopened(lobby, { counterId }) {
    lobby.counter(counterId).closing = false;
  },
  CounterPaused(lobby, { counterId }) {
    lobby.counter(counterId).paused = true;
  },
  CounterResumed(lobby, { counterId }) {
    lobby.counter(counterId).paused = false;
  },
  CounterFaultReported(lobby, { counterId }) {
    lobby.counter(counterId).faulty = true;
  },
  CounterRepaired(lobby, { counterId }) {
    lobby.counter(counterId).faulty = false;
  },
  CounterServicesChanged(lobby, { counterId, serviceIds }) {
    lobby.counter(counterId).services = serviceIds;
  },
  CounterHeld(lobby, { counterId, visitId }) {
    lobby.counter(counterId).heldFor = visitId;
    Object.assign(lobby.visit(visitId), { status: 'reserved', counterId });
  },
  CounterReleased(lobby, { counterId, visitId }) {
    const [counter, visit] = [lobby.counter(counterId), lobby.visit(visitId)];
    delete counter.heldFor;
    counter.owes = true;
    if (visit.status !== 'reserved') return;
    visit.status = 'waiting';
    delete visit.counterId;
  },
};

const visitsTelling: Telling = {
  VisitIssued(lobby, { visitId: id, ticket, tier, appointmentAt, serviceIds, place, since }) {
    const services = [...serviceIds];
    const fresh = { specialists: [], moved: false, overtaken: 0, status: 'waiting' as const };
    const booked = appointmentAt !== undefined;
    lobby.visits.set(id, { id, ticket, tier, booked, services, place, since, ...fresh });
  },
  VisitCalled(lobby, event, { at }) {
    const [visit, counter] = [lobby.visit(event.visitId), lobby.counter(event.counterId)];
    if (!lobby.isExempt(event)) {
      counter.turn = lobby.turnAt(counter, at)?.next ?? counter.turn;
      for (const id of lobby.overtakenBy(event)) lobby.visit(id).overtaken += 1;
      const isNormal = ({ tier, flag }: SeenVisit): boolean => tier === 0 && !flag;
      if (isNormal(visit)) lobby.vipRun = 0;
      else if (!visit.flag && lobby.waitingFor(counter).some(isNormal)) lobby.vipRun += 1;
    }
    Object.assign(visit, { status: 'called', counterId: counter.id });
    counter.visitId = visit.id;
    if (!visit.flag) counter.owes = false;
  },
  ServiceStarted(lobby, { visitId }) {
    lobby.visit(visitId).status = 'serving';
  },
  ServiceFinished(lobby, { visitId, next }, when) {
    beforeAct(lobby, visitId, when);
    const visit = leave(lobby, visitId, 'ended');
    visit.specialists = [];
    if (!next) return;
    visit.services.shift();
    waitAnew(visit, next, when.at);
  },
  VisitKept(lobby, { visitId, counterId }) {
    Object.assign(lobby.visit(visitId), { status: 'reserved', counterId });
  },
  VisitTransferred(lobby, event, { at }) {
    const visit = leave(lobby, event.visitId, 'waiting');
    const rest = visit.services.slice(1).filter((id) => id !== event.serviceId);
    Object.assign(visit, { services: [event.serviceId, ...rest], specialists: [] });
    waitAnew(visit, event, at);
  },
  ServiceAdded(lobby, { visitId, serviceId }) {
    lobby.visit(visitId).services.push(serviceId);
  },
  VisitMoved(lobby, { visitId, place }) {
    Object.assign(lobby.visit(visitId), { place, moved: true });
  },
  VisitParked(lobby, { visitId }, when) {
    beforeAct(lobby, visitId, when);
    leave(lobby, visitId, 'away');
  },
  VisitAbsent(lobby, { visitId }, when) {
    beforeAct(lobby, visitId, when);
    leave(lobby, visitId, 'away');
  },
  VisitResumed(lobby, { visitId }) {
    Object.assign(lobby.visit(visitId), { status: 'waiting', moved: true });
  },
  VisitReturned(lobby, { visitId }) {
    Object.assign(lobby.visit(visitId), { status: 'waiting', moved: true });
  },
  VisitEnded(lobby, { visitId }, when) {
    beforeAct(lobby, visitId, when);
    leave(lobby, visitId, 'ended');
  },
  /** [V-15] The earlier place, with its wait, and the higher tier and the booking stay. */
  VisitsMerged(lobby, { visitId, otherId }) {
    const [kept, other] = [lobby.visit(visitId), leave(lobby, otherId, 'ended')];
    if (other.place < kept.place) kept.since = Math.min(kept.since, other.since);
    kept.place = Math.min(kept.place, other.place);
    kept.tier = Math.max(kept.tier, other.tier);
    kept.booked ||= other.booked;
    if (other.flag && !kept.flag) kept.flag = other.flag;
    delete other.flag;
    kept.services.push(...other.services.filter((id) => !kept.services.includes(id)));
  },
  SpecialistCalled(lobby, { visitId, capabilities }) {
    lobby.visit(visitId).specialists = unsealed(capabilities);
  },
  PriorityFlagged(lobby, { visitId, needs }, when) {
    beforeAct(lobby, visitId, when);
    const visit = lobby.visit(visitId);
    visit.flag = { at: when.at, needs: unsealed(needs) };
    if (visit.status === 'away') Object.assign(visit, { status: 'waiting', moved: true });
  },
  NeedsAmended(lobby, { visitId, needs }) {
    const { flag } = lobby.visit(visitId);
    if (flag) flag.needs = unsealed(needs);
  },
  PriorityDeclined(lobby, { visitId }) {
    const visit = lobby.visit(visitId);
    delete visit.flag;
    visit.specialists = [];
  },
  /** [V-16] All as before the act; who was overtaken since remains so. */
  Undone(lobby, { visitId, commandId }, { actorId }) {
    const before = lobby.before.get(`${actorId} ${commandId}`);
    if (!before) throw new Error(`[V-16] nothing can be undone by ${commandId}`);
    const { overtaken } = leave(lobby, visitId, 'waiting');
    const back = structuredClone(before);
    back.overtaken = Math.max(back.overtaken, overtaken);
    if (back.status === 'reserved') {
      back.status = 'waiting';
      delete back.counterId;
    }
    if (back.counterId !== undefined) lobby.counter(back.counterId).visitId = visitId;
    lobby.visits.set(visitId, back);
  },
};

const telling: Telling = { ...daysTelling, ...countersTelling, ...visitsTelling };

/** Writes down what an event tells of. Events that are not told of change nothing the reckoning knows. */
export function tell<T extends EventType>(lobby: Reckoning, event: EventOf<T>, when: When): void {
  lobby.at = when.at;
  telling[event.type]?.(lobby, event, when);
}
