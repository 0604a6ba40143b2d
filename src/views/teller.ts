import type { TellerView } from '../protocol/views.js';
import { SECOND } from '../lobby/elapsed.js';
import {
  counterOfTeller,
  counters,
  presentService,
  presentVisits,
  settingsOf,
  visitOf,
} from '../lobby/lookup.js';
import { isFree } from '../lobby/capability.js';
import { leavesToOthers, nextFor } from '../lobby/next.js';
import type { Counter, LobbyState, Visit } from '../lobby/state.js';
import { alertAt } from './alert.js';
import { callableVisits } from './callable.js';
import { taskCard, undoInTime, visitCard } from './cards.js';
import { keyed, labelIn, nameIn, setupFor, staffCommon } from './common.js';
import type { StaffContext } from './context.js';
import { absentCards, parkedCards } from './away.js';
import { offered } from './public-facts.js';
import { lobbyVisits } from './teller-lobby.js';

/** The console of the teller that `context.key` names. */
export function tellerView(state: LobbyState, context: StaffContext): TellerView {
  const staffId = context.key ?? context.me?.id ?? '';
  const setup = setupFor(state, context);
  const counter = counterOfTeller(state, staffId);
  const visit = counter?.visitId === undefined ? undefined : visitOf(state, counter.visitId);
  const current = visit && currentVisit(state, visit);
  const alert = counter && alertAt(state, counter);
  const next = counter && nextInLine(state, counter, context.now);
  const callable = counter && callableVisits(state, counter);
  const undo = undoInTime(state, staffId, context.now);
  const helping = [...counters(state)].some((other) => other.id !== counter?.id && other.hold);
  return {
    ...staffCommon(state, context),
    me: { id: staffId, name: context.me?.name ?? counter?.teller?.name ?? '' },
    ...(counter && { counter: ownCounter(state, counter, context) }),
    ...(current && { current }),
    ...(next && { next }),
    ...(counter &&
      !next &&
      isFree(counter) &&
      leavesToOthers(state, counter, context.now) && { leftToOthers: true }),
    ...(callable && { callable }),
    ...(alert && { alert }),
    ...(helping && { othersHelping: true }),
    waiting: waitingByService(state, context),
    parked: parkedCards(state, counter?.id),
    absent: absentCards(state),
    counters: keyed(
      counters(state),
      (each) => each.id,
      (each, order) => ({
        label: labelIn(setup, each.id),
        order,
        ...(each.teller && { teller: each.teller.name }),
        ...(each.faulty && { faulty: true }),
      }),
    ),
    tasks: lobbyTasks(state),
    ...(managed(state) ? {} : { mayFlag: true, lobby: lobbyVisits(state, context.now) }),
    services: keyed(
      setup?.services ?? [],
      (service) => service.id,
      (service, order) => ({ name: service.name, order }),
    ),
    ...(undo && { undo }),
  };
}

function ownCounter(
  state: LobbyState,
  counter: Counter,
  context: StaffContext,
): NonNullable<TellerView['counter']> {
  const setup = setupFor(state, context);
  const zone = setup?.counters.find((each) => each.id === counter.id)?.zone;
  return {
    counterId: counter.id,
    label: labelIn(setup, counter.id),
    zone: nameIn(setup?.zones ?? [], zone),
    services: keyed(
      offered(state, counter),
      (id) => id,
      (id, order) => ({ name: nameIn(setup?.services ?? [], id), order }),
    ),
    ...(counter.closing && { closing: true }),
    ...(counter.pause && { paused: { reason: counter.pause.reason, since: counter.pause.since } }),
    ...(counter.pauseAfter && { pauseAfter: counter.pauseAfter }),
    ...(counter.closeAfter && { closeAfter: true }),
    ...(counter.hold && { held: true }),
    ...(counter.faulty && { faulty: true }),
  };
}

function currentVisit(state: LobbyState, visit: Visit): TellerView['current'] {
  const { stage } = visit;
  if (stage.status !== 'called' && stage.status !== 'serving') return undefined;
  const settings = settingsOf(state);
  const called = stage.status === 'called' ? stage : undefined;
  const long = stage.status === 'serving' ? stage.long : undefined;
  return {
    ...visitCard(state, visit),
    calls: called?.calls ?? 1,
    ...(called &&
      called.calls < settings.calls && { recallFrom: called.lastCallAt + settings.recallGap * SECOND }),
    ...(called &&
      (called.quiet || called.calls >= settings.callsBeforeNoShow) && { noShowFrom: called.lastCallAt }),
    ...(stage.status === 'serving' && { startedAt: stage.at }),
    ...(long && { long: { minutes: long.minutes, at: long.at } }),
    reason: stage.reason,
    ...(stage.quiet && { quiet: true }),
  };
}

/** What CallNext would return at this moment, and why. */
function nextInLine(state: LobbyState, counter: Counter, now: number): TellerView['next'] {
  const next = nextFor(state, counter, now);
  if (!next) return undefined;
  const visit = visitOf(state, next.visitId);
  return {
    visitId: visit.id,
    ticket: visit.ticket,
    service: presentService(state, visit).name,
    reason: next.reason,
  };
}

/** Lines by service; reserved visits stand in the alert of their own counter. */
function waitingByService(state: LobbyState, context: StaffContext): TellerView['waiting'] {
  const lines = new Map<string, { count: number; longestSince: number }>();
  for (const visit of presentVisits(state)) {
    if (visit.stage.status !== 'waiting') continue;
    const id = presentService(state, visit).id;
    const line = lines.get(id);
    lines.set(id, {
      count: (line?.count ?? 0) + 1,
      longestSince: Math.min(line?.longestSince ?? Infinity, visit.since),
    });
  }
  return keyed(
    setupFor(state, context)?.services ?? [],
    (service) => service.id,
    (service, order) => {
      const line = lines.get(service.id);
      return {
        name: service.name,
        order,
        count: line?.count ?? 0,
        ...(line && { longestSince: line.longestSince }),
      };
    },
  );
}

const managed = (state: LobbyState): boolean => Object.keys(state.managers).length > 0;

/** Requests for help [K-2] and a kiosk's printer in trouble [K-6] reach tellers only while no manager is signed on. */
function lobbyTasks(state: LobbyState): TellerView['tasks'] {
  if (managed(state)) return {};
  return keyed(
    Object.values(state.tasks).filter(({ kind }) => kind === 'help' || kind === 'printer'),
    (task) => task.id,
    (task) => taskCard(state, task),
  );
}
