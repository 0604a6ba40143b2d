import type { Rejection } from '../../protocol/codes.js';
import type { TicketIssued } from '../../protocol/commands.js';
import type { Tier } from '../../protocol/vocabulary.js';
import { dueAfter, MINUTE } from '../elapsed.js';
import { endEpisode } from '../episode.js';
import {
  checkedIn,
  episodeOfVisit,
  named,
  presentService,
  presentVisits,
  publiclyWaiting,
  serviceOf,
  settingsOf,
} from '../lookup.js';
import { placeFor } from '../placing.js';
import { reject } from '../reject.js';
import { LAST_NUMBER, numberAfter, ticketOf } from '../ticket.js';
import type { Draft } from '../draft.js';
import type { Appointment, LobbyState, Visit } from '../state.js';
import { instantOf } from '../wall-clock.js';
import { done, isRejection, type Acts } from './act.js';
import { knownServices, ownVisit, presentVisit, seenVisit, ticketsEnded } from './check.js';

/** Whether a service takes another ticket now. */
function serviceProblem(state: LobbyState, serviceId: string, at: number): Rejection | undefined {
  const service = serviceOf(state, serviceId);
  if (at < instantOf(state, service.hours.from) || at >= instantOf(state, service.hours.to))
    return reject('service-closed', { serviceId });
  if (service.cap > 0 && (state.issuedOf[serviceId] ?? 0) >= service.cap)
    return reject('service-full', { serviceId, cap: service.cap });
  return undefined;
}

/**
 * Gives a ticket [V-3]. Nothing was emitted when it refuses. A booked customer counts as waiting from
 * the appointment's time, unless more than the set minutes late.
 */
export function issue(
  draft: Draft,
  serviceIds: readonly string[],
  tier: Tier,
  appointment?: Appointment,
): TicketIssued | Rejection {
  const { state, at } = draft;
  const unknown = knownServices(state, serviceIds);
  if (unknown) return unknown;
  if (ticketsEnded(state, at)) return reject('tickets-ended');
  const distinct = [...new Set(serviceIds)];
  for (const id of distinct) {
    const problem = serviceProblem(state, id, at);
    if (problem) return problem;
  }
  const { prefix, zone } = serviceOf(state, distinct[0] ?? '');
  const number = numberAfter(state.numbers[prefix] ?? 0);
  if (number > LAST_NUMBER) return reject('numbers-exhausted', { prefix });
  const visitId = draft.newId('v');
  const ticket = ticketOf(prefix, number);
  const punctual = appointment && at <= appointment.at + settingsOf(state).appointmentLate * MINUTE;
  const place = punctual ? appointment.at : at;
  const ahead = [...presentVisits(state)].filter(
    (visit) => publiclyWaiting(visit) && visit.place <= place && presentService(state, visit).zone === zone,
  ).length;
  draft.emit({
    type: 'VisitIssued',
    visitId,
    ticket,
    prefix,
    number,
    serviceIds: distinct,
    tier,
    ...(appointment && { appointmentCode: appointment.code }),
    ...(punctual && { appointmentAt: appointment.at }),
    place,
    since: place,
  });
  return { visitId, ticket, ahead };
}

/** A teller lets a customer go, or adds a service, at the own counter only; managers anywhere. */
function visitInHand(draft: Draft, command: { visitId: string; version: number }): Visit | Rejection {
  if (draft.input.actor.role !== 'teller') return presentVisit(draft, command);
  const own = ownVisit(draft, command);
  return isRejection(own) ? own : own.visit;
}

/** Ends a visit that leaves or cancels, and its love window with it. */
function endVisit(draft: Draft, visit: Visit, how: 'left' | 'cancelled'): Record<never, never> | Rejection {
  const { status } = visit.stage;
  if (status === 'serving') return reject('already-serving', { ticket: visit.ticket });
  const episode = episodeOfVisit(draft.state, visit);
  if (episode) endEpisode(draft, episode, 'cancelled');
  draft.emit({ type: 'VisitEnded', visitId: visit.id, how });
  return done;
}

export const visitActs: Acts<
  | 'IssueTicket'
  | 'CheckIn'
  | 'CancelVisit'
  | 'LeaveVisit'
  | 'ReturnVisit'
  | 'AddService'
  | 'MoveVisit'
  | 'MergeVisits'
  | 'CallSpecialist'
> = {
  IssueTicket: (draft, { serviceIds, tier }) => issue(draft, serviceIds, tier ?? 0),

  CheckIn(draft, { code }) {
    const appointment = named(draft.state.appointments, code);
    if (!appointment) return reject('unknown-appointment');
    if (checkedIn(draft.state, appointment)) return reject('already-checked-in', { code });
    return issue(draft, appointment.serviceIds, 0, appointment);
  },

  CancelVisit(draft, command) {
    const visit = presentVisit(draft, command);
    return isRejection(visit) ? visit : endVisit(draft, visit, 'cancelled');
  },

  LeaveVisit(draft, command) {
    const visit = visitInHand(draft, command);
    return isRejection(visit) ? visit : endVisit(draft, visit, 'left');
  },

  /** An absent visit is back within its time, at its place. */
  ReturnVisit(draft, command) {
    const visit = seenVisit(draft, command);
    if (isRejection(visit)) return visit;
    if (visit.stage.status === 'ended')
      return reject(visit.stage.how === 'absent' ? 'return-too-late' : 'visit-ended', {
        ticket: visit.ticket,
      });
    if (visit.stage.status !== 'absent') return reject('visit-not-absent', { ticket: visit.ticket });
    if (draft.at >= dueAfter(draft.state, visit.stage.at, settingsOf(draft.state).absentReturn))
      return reject('return-too-late', { ticket: visit.ticket });
    draft.emit({ type: 'VisitReturned', visitId: visit.id });
    return done;
  },

  AddService(draft, command) {
    const visit = visitInHand(draft, command);
    if (isRejection(visit)) return visit;
    const unknown = knownServices(draft.state, [command.serviceId]);
    if (unknown) return unknown;
    if (visit.services.includes(command.serviceId))
      return reject('unknown-service', { serviceId: command.serviceId });
    draft.emit({ type: 'ServiceAdded', visitId: visit.id, serviceId: command.serviceId });
    return done;
  },

  /** A named staff act: L8 and L10 leave it out. */
  MoveVisit(draft, command) {
    const visit = presentVisit(draft, command);
    if (isRejection(visit)) return visit;
    if (visit.stage.status !== 'waiting') return reject('visit-not-waiting', { ticket: visit.ticket });
    const place = placeFor(draft.state, visit, visit.services[0] ?? '', command.placement, draft.at);
    draft.emit({ type: 'VisitMoved', visitId: visit.id, place, reason: command.reason });
    return done;
  },

  /** Two visits of one person: the earlier place stays. */
  MergeVisits(draft, command) {
    const visit = presentVisit(draft, command);
    if (isRejection(visit)) return visit;
    const other = presentVisit(draft, { visitId: command.otherId, version: command.otherVersion });
    if (isRejection(other)) return other;
    if (visit.id === other.id) return reject('same-visit');
    const blocked = [visit, other].find(
      (each) =>
        each.stage.status !== 'waiting' || each.flag?.episodeId !== undefined || (visit.flag && other.flag),
    );
    if (blocked) return reject('cannot-merge', { ticket: blocked.ticket });
    draft.emit({ type: 'VisitsMerged', visitId: visit.id, otherId: other.id });
    return done;
  },

  CallSpecialist(draft, command) {
    const visit = presentVisit(draft, command);
    if (isRejection(visit)) return visit;
    const before = visit.specialists === 'erased' ? [] : visit.specialists;
    draft.emit({
      type: 'SpecialistCalled',
      visitId: visit.id,
      capabilities: [...new Set([...before, command.capability])],
    });
    return done;
  },
};
