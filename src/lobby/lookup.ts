import type { BranchSetup, CounterSetup, DaySettings, Service } from '../protocol/settings.js';
import type { Appointment, Counter, Episode, LobbyState, Visit } from './state.js';
import { instantOf } from './wall-clock.js';

/**
 * Reads of things that the state itself guarantees to exist. Each throws on a broken reference: that is
 * a bug, never a user's mistake, and the runner then reloads the branch from its log.
 */
function found<T>(thing: T | undefined | null, what: string): T {
  if (thing === undefined || thing === null) throw new Error(`broken reference: ${what}`);
  return thing;
}

/** The thing a payload names, if there is one; what all objects inherit is no thing of ours. */
export const named = <T>(things: Record<string, T>, id: string): T | undefined =>
  Object.hasOwn(things, id) ? things[id] : undefined;

export const setupOf = (state: LobbyState): BranchSetup => found(state.setup, 'setup');
export const settingsOf = (state: LobbyState): DaySettings => setupOf(state).settings;
/** When an untouched day closes itself: minute `closesItself` of the night after the business date, UTC ms. */
export const closesItselfAt = (state: LobbyState): number =>
  instantOf(state, 24 * 60 + settingsOf(state).closesItself);
export const visitOf = (state: LobbyState, id: string): Visit => found(state.visits[id], `visit ${id}`);
export const counterOf = (state: LobbyState, id: string): Counter =>
  found(state.counters[id], `counter ${id}`);
export const episodeOf = (state: LobbyState, id: string): Episode =>
  found(state.episodes[id], `episode ${id}`);

export const serviceOf = (state: LobbyState, id: string): Service =>
  found(
    setupOf(state).services.find((service) => service.id === id),
    `service ${id}`,
  );
export const counterSetupOf = (state: LobbyState, id: string): CounterSetup =>
  found(
    setupOf(state).counters.find((counter) => counter.id === id),
    `counter set-up ${id}`,
  );

/** The service the visit is waiting for or having. */
export const presentService = (state: LobbyState, visit: Visit): Service =>
  serviceOf(state, found(visit.services[0], `service of ${visit.id}`));

/** Visits that have not ended, in the order they were issued. */
export function* presentVisits(state: LobbyState): Generator<Visit> {
  for (const id in state.present) yield visitOf(state, id);
}

export function* waitingVisits(state: LobbyState): Generator<Visit> {
  for (const visit of presentVisits(state)) if (visit.stage.status === 'waiting') yield visit;
}

/** [L14] a love-window visit stays in the public waiting count until its service starts. */
export const publiclyWaiting = ({ stage }: Visit): boolean =>
  stage.status === 'waiting' || stage.status === 'reserved' || (stage.status === 'called' && stage.quiet);

export function* counters(state: LobbyState): Generator<Counter> {
  for (const id in state.counters) yield counterOf(state, id);
}

/** Episodes that have not ended, in the order they were confirmed. */
export function* runningEpisodes(state: LobbyState): Generator<Episode> {
  for (const id in state.running) yield episodeOf(state, id);
}

/** The counter a member of staff is signed on to. */
export function counterOfTeller(state: LobbyState, staffId: string): Counter | undefined {
  for (const counter of counters(state)) if (counter.teller?.id === staffId) return counter;
  return undefined;
}

/** The visit's episode that still runs. */
export function episodeOfVisit(state: LobbyState, visit: Visit): Episode | undefined {
  const id = visit.flag?.episodeId;
  return id === undefined ? undefined : state.episodes[id];
}

/** The visit that came of a booking. Who cancelled or left may come back to it; who is here or was served may not. */
export function checkedIn(state: LobbyState, { visitId }: Appointment): Visit | undefined {
  const visit = visitId === undefined ? undefined : visitOf(state, visitId);
  return visit && (visit.stage.status !== 'ended' || visit.stage.how === 'served') ? visit : undefined;
}
