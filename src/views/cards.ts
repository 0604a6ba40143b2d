import type { TaskCard, UndoOffer, VisitCard } from '../protocol/views.js';
import { presentService, serviceOf } from '../lobby/lookup.js';
import type { LobbyState, Stage, Task, Visit } from '../lobby/state.js';
import { undoOffer } from '../lobby/undo.js';
import { labelIn } from './common.js';

/** A visit as staff see it: that it has priority, never which needs. */
export function visitCard(state: LobbyState, visit: Visit): VisitCard {
  const service = presentService(state, visit);
  return {
    visitId: visit.id,
    version: visit.version,
    ticket: visit.ticket,
    tier: visit.tier,
    ...(visit.appointmentAt !== undefined && { appointmentAt: visit.appointmentAt }),
    ...(visit.flag && { priority: true }),
    service: { id: service.id, name: service.name, class: service.class },
    more: visit.services.slice(1).map((id) => serviceOf(state, id).name),
    issuedAt: visit.arrivedAt,
    since: visit.since,
    status: visit.stage.status,
  };
}

/** Where a visit is, or was last. */
export function counterIdOf(stage: Stage): string | undefined {
  switch (stage.status) {
    case 'reserved':
    case 'called':
    case 'serving':
    case 'parked':
    case 'absent':
      return stage.counterId;
    case 'waiting':
    case 'ended':
      return undefined;
  }
}

export function taskCard(state: LobbyState, task: Task): TaskCard {
  const visit = task.visitId === undefined ? undefined : state.visits[task.visitId];
  return {
    taskId: task.id,
    kind: task.kind,
    at: task.at,
    ...(visit && { visitId: visit.id, ticket: visit.ticket }),
    ...(task.counterId !== undefined && {
      counterId: task.counterId,
      counter: labelIn(state.setup ?? undefined, task.counterId),
    }),
    ...(task.serviceId !== undefined && { service: serviceOf(state, task.serviceId).name }),
    ...(task.place !== undefined && { place: task.place }),
    ...(task.screen !== undefined && { screen: task.screen.name }),
    ...(task.trouble !== undefined && { trouble: task.trouble }),
    ...(task.againAt !== undefined && { againAt: task.againAt }),
    ...(task.acknowledgedBy !== undefined && { acknowledgedBy: task.acknowledgedBy }),
    order: task.at,
  };
}

/** The member's latest act, in time to be taken back. */
export function undoInTime(state: LobbyState, staffId: string, now: number): UndoOffer | undefined {
  const offer = undoOffer(state, staffId);
  return offer && now <= offer.until ? offer : undefined;
}
