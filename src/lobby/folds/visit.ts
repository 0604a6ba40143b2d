import { presentService, settingsOf, visitOf } from '../lookup.js';
import { SECOND } from '../elapsed.js';
import type { LobbyState, PublicCallMade, UndoSlot, Visit } from '../state.js';
import type { Occurrence } from '../events.js';
import type { Fold } from './fold.js';
import {
  counterIdOf,
  dropUnansweredTasks,
  dropWaitTasks,
  touchCounter,
  touchVisit,
  vacate,
  waitAnew,
  waitAtPlace,
} from './touch.js';

type VisitEvents =
  | 'VisitIssued'
  | 'VisitCalled'
  | 'VisitRecalled'
  | 'ServiceStarted'
  | 'ServiceMarkedLong'
  | 'ServiceFinished'
  | 'VisitKept'
  | 'VisitTransferred'
  | 'ServiceAdded'
  | 'VisitMoved'
  | 'VisitParked'
  | 'VisitResumed'
  | 'VisitAbsent'
  | 'VisitReturned'
  | 'VisitEnded'
  | 'VisitsMerged'
  | 'SpecialistCalled'
  | 'Undone';

const copyOf = (visit: Visit): Visit => JSON.parse(JSON.stringify(visit)) as Visit;

/** Keeps what an act is undone to; call it before the act, and `seal` it after. */
export function rememberUndo(
  state: LobbyState,
  when: Occurrence,
  act: UndoSlot['act'],
  visitId: string,
): { seal: () => void } {
  const visitBefore = copyOf(visitOf(state, visitId));
  const counterId = counterIdOf(visitBefore.stage);
  return {
    seal() {
      const counter = counterId === undefined ? undefined : state.counters[counterId];
      state.undo[when.actorId] = {
        commandId: when.commandId,
        act,
        at: when.at,
        visitBefore,
        visitVersion: visitOf(state, visitId).version,
        ...(counter && { counter: { id: counter.id, version: counter.version } }),
      };
    },
  };
}

/** Rows kept per zone, so that calls in a room never push the hall's off the board. */
const CALLS_SHOWN = 8;

function showCall(state: LobbyState, visit: Visit, counterId: string, at: number): void {
  const { zone } = presentService(state, visit);
  const call = { visitId: visit.id, ticket: visit.ticket, counterId, zone, at, round: 1 };
  const rows = [call, ...state.calls.filter((other) => other.visitId !== visit.id)];
  const beyond = rows.filter((row) => row.zone === zone)[CALLS_SHOWN];
  state.calls = rows.filter((row) => row !== beyond);
}

/** The visit's call as the boards have it, while that is what the visit stands called by; a quiet one is on none. */
function shownCall(state: LobbyState, { id, stage }: Visit): PublicCallMade | undefined {
  if (stage.status !== 'called' || stage.quiet) return undefined;
  return state.calls.find((call) => call.visitId === id);
}

export const visitFold: Fold<VisitEvents> = {
  VisitIssued(state, event, { at }) {
    state.visits[event.visitId] = {
      id: event.visitId,
      ticket: event.ticket,
      version: 1,
      tier: event.tier,
      ...(event.appointmentAt !== undefined && { appointmentAt: event.appointmentAt }),
      arrivedAt: at,
      services: [...event.serviceIds],
      specialists: [],
      place: event.place,
      since: event.since,
      overtaken: 0,
      told: [],
      stage: { status: 'waiting' },
    };
    state.present[event.visitId] = true;
    state.numbers[event.prefix] = event.number;
    for (const id of event.serviceIds) state.issuedOf[id] = (state.issuedOf[id] ?? 0) + 1;
    state.counts.issued += 1;
    const appointment =
      event.appointmentCode === undefined ? undefined : state.appointments[event.appointmentCode];
    if (!appointment) return;
    // Something followed on the cancelled visit: taking its cancel back would give one booking two visits.
    if (appointment.visitId !== undefined) touchVisit(state, appointment.visitId);
    appointment.visitId = event.visitId;
  },

  VisitCalled(state, event, { at }) {
    const visit = touchVisit(state, event.visitId);
    visit.stage = {
      status: 'called',
      counterId: event.counterId,
      at,
      calls: 1,
      lastCallAt: at,
      quiet: event.quiet,
      reason: event.reason,
    };
    const counter = touchCounter(state, event.counterId);
    counter.visitId = event.visitId;
    if (!event.quiet) delete counter.owesNormal;
    if (event.reason.turn) counter.turn = event.reason.turn.slot + 1;
    const episode = visit.flag?.episodeId === undefined ? undefined : state.episodes[visit.flag.episodeId];
    if (episode) {
      delete episode.readyAt;
      dropUnansweredTasks(state, episode.id);
    }
    for (const id of event.overtook) visitOf(state, id).overtaken += 1;
    state.vipRun = event.vipRun;
    if (!event.quiet) showCall(state, visit, event.counterId, at);
    dropWaitTasks(state, event.visitId);
  },

  VisitRecalled(state, event, { at }) {
    const visit = touchVisit(state, event.visitId);
    const { stage } = visit;
    if (stage.status !== 'called') return;
    stage.calls += 1;
    stage.lastCallAt = at;
    // Whoever is fetched discreetly may have been called aloud before: that call is not called out again [L14].
    if (stage.quiet && visit.flag) return;
    if (stage.quiet) {
      // Declined since it was fetched: called like everybody else, and to the public this is the first call.
      stage.quiet = false;
      showCall(state, visit, stage.counterId, at);
      return;
    }
    const shown = shownCall(state, visit);
    if (shown) shown.round += 1;
  },

  ServiceStarted(state, event, { at, actorId }) {
    const visit = touchVisit(state, event.visitId);
    visit.owner ??= actorId;
    // Whoever is being served has arrived, tapped or not.
    const episode = visit.flag?.episodeId === undefined ? undefined : state.episodes[visit.flag.episodeId];
    if (episode) episode.arrivedAt ??= at;
    const { stage } = visit;
    if (stage.status !== 'called') return;
    const shown = shownCall(state, visit);
    if (shown) shown.came = true;
    visit.stage = {
      status: 'serving',
      counterId: stage.counterId,
      calledAt: stage.at,
      at,
      quiet: stage.quiet,
      reason: stage.reason,
    };
    touchCounter(state, stage.counterId);
  },

  ServiceMarkedLong(state, event, { at }) {
    const { stage } = touchVisit(state, event.visitId);
    if (stage.status === 'serving') stage.long = { minutes: event.minutes, at };
  },

  ServiceFinished(state, event, when) {
    const undo = rememberUndo(state, when, 'finish', event.visitId);
    const visit = touchVisit(state, event.visitId);
    const counter = vacate(state, event.counterId, when.at);
    counter.servedAt = when.at;
    counter.rating = {
      id: event.ratingId,
      ticket: visit.ticket,
      until: when.at + settingsOf(state).ratingFor * SECOND,
    };
    counter.ratings.asked += 1;
    visit.specialists = [];
    if (event.next) {
      visit.services = visit.services.slice(1);
      waitAnew(visit, event.next.place, event.next.moved, when.at);
    } else {
      visit.stage = { status: 'ended', how: 'served', at: when.at };
      delete state.present[visit.id];
      state.counts.served += 1;
      dropWaitTasks(state, visit.id);
    }
    undo.seal();
  },

  /** A love-window visit whose next service the same counter does: the hold goes on. */
  VisitKept(state, event, { at }) {
    const visit = touchVisit(state, event.visitId);
    visit.stage = { status: 'reserved', counterId: event.counterId, episodeId: event.episodeId };
    const episode = state.episodes[event.episodeId];
    if (episode) episode.readyAt = at;
  },

  VisitTransferred(state, event, { at }) {
    const visit = touchVisit(state, event.visitId);
    const counterId = counterIdOf(visit.stage);
    if (counterId !== undefined) vacate(state, counterId, at);
    visit.services = [event.serviceId, ...visit.services.slice(1).filter((id) => id !== event.serviceId)];
    visit.specialists = [];
    waitAnew(visit, event.place, event.moved, at);
  },

  ServiceAdded(state, event) {
    touchVisit(state, event.visitId).services.push(event.serviceId);
  },

  VisitMoved(state, event) {
    const visit = touchVisit(state, event.visitId);
    visit.place = event.place;
    visit.moved = true;
  },

  VisitParked(state, event, when) {
    const undo = rememberUndo(state, when, 'park', event.visitId);
    const visit = touchVisit(state, event.visitId);
    const counterId = counterIdOf(visit.stage) ?? '';
    visit.stage = { status: 'parked', counterId, at: when.at };
    vacate(state, counterId, when.at);
    undo.seal();
  },

  VisitResumed(state, event) {
    waitAtPlace(state, touchVisit(state, event.visitId));
  },

  VisitAbsent(state, event, when) {
    const undo = rememberUndo(state, when, 'noShow', event.visitId);
    const visit = touchVisit(state, event.visitId);
    const counterId = counterIdOf(visit.stage) ?? '';
    const shown = shownCall(state, visit);
    if (shown) shown.missedAt = when.at;
    visit.stage = { status: 'absent', counterId, at: when.at };
    vacate(state, counterId, when.at);
    undo.seal();
  },

  VisitReturned(state, event, { actorId, commandId }) {
    const visit = touchVisit(state, event.visitId);
    waitAtPlace(state, visit);
    // [V-16] Sent back into the line by the no-show itself: one act, taken back as one.
    const undo = state.undo[actorId];
    if (undo?.commandId === commandId) undo.visitVersion = visit.version;
  },

  VisitEnded(state, event, when) {
    const undo = event.how === 'cancelled' ? rememberUndo(state, when, 'cancel', event.visitId) : undefined;
    const visit = touchVisit(state, event.visitId);
    const counterId = counterIdOf(visit.stage);
    if (counterId !== undefined) vacate(state, counterId, when.at);
    visit.stage = { status: 'ended', how: event.how, at: when.at };
    delete state.present[visit.id];
    state.counts[event.how] += 1;
    dropWaitTasks(state, visit.id);
    undo?.seal();
  },

  VisitsMerged(state, event, { at }) {
    const kept = touchVisit(state, event.visitId);
    const other = touchVisit(state, event.otherId);
    if (other.place < kept.place) {
      kept.place = other.place;
      kept.since = Math.min(kept.since, other.since);
    }
    kept.arrivedAt = Math.min(kept.arrivedAt, other.arrivedAt);
    if (other.tier > kept.tier) kept.tier = other.tier;
    if (other.flag && !kept.flag) kept.flag = other.flag;
    kept.services.push(...other.services.filter((id) => !kept.services.includes(id)));
    for (const task of Object.values(state.tasks))
      if (task.kind === 'help' && task.visitId === other.id) {
        task.visitId = kept.id;
        kept.helpAsked = true;
      }
    if (other.appointmentAt !== undefined) kept.appointmentAt ??= other.appointmentAt;
    for (const appointment of Object.values(state.appointments))
      if (appointment.visitId === other.id) appointment.visitId = kept.id;
    other.stage = { status: 'ended', how: 'merged', at };
    delete other.flag;
    delete state.present[other.id];
    state.counts.merged += 1;
    dropWaitTasks(state, other.id);
  },

  SpecialistCalled(state, event) {
    touchVisit(state, event.visitId).specialists = event.capabilities;
  },

  /** Restores the visit as it was before the act, under a new version; its ended episode stays ended. */
  Undone(state, event, { at, actorId }) {
    const slot = state.undo[actorId];
    if (slot?.commandId !== event.commandId) return;
    const current = visitOf(state, event.visitId);
    const restored: Visit = {
      ...slot.visitBefore,
      version: current.version + 1,
      // What happened to the visit meanwhile without anybody's act stays.
      told: slot.act === 'cancel' ? [] : current.told,
      overtaken: Math.max(slot.visitBefore.overtaken, current.overtaken),
      ...(current.helpAsked && { helpAsked: true }),
    };
    // Its tasks went with the cancelled visit; what still holds is raised again.
    if (slot.act === 'cancel') delete restored.helpAsked;
    if (restored.flag) {
      const { episodeId, ...flag } = restored.flag;
      restored.flag = episodeId !== undefined && state.running[episodeId] ? restored.flag : flag;
      // They stand at the window after all.
      if (slot.act === 'noShow') delete restored.flag.notFound;
    }
    if (restored.stage.status === 'reserved') restored.stage = { status: 'waiting' };
    if (current.stage.status === 'ended') {
      state.counts[current.stage.how] -= 1;
      state.present[current.id] = true;
    }
    state.visits[event.visitId] = restored;
    const counterId = counterIdOf(restored.stage);
    if (counterId !== undefined) {
      const counter = touchCounter(state, counterId);
      counter.visitId = restored.id;
      const waiting = counter.hold && state.episodes[counter.hold.episodeId];
      if (waiting) delete waiting.readyAt;
      if (slot.act === 'finish') {
        // A rated finish is not taken back: its rating followed on it.
        delete counter.rating;
        counter.ratings.asked -= 1;
      }
      counter.freeSince = at;
    }
    delete state.undo[actorId];
  },
};
