import type { DaySettings } from '../../protocol/settings.js';
import type { Tier } from '../../protocol/vocabulary.js';
import { CompactLobby, type Happenings } from './lobby.js';
import { CompactCounter, CompactService, CompactVisit } from './things.js';

export interface ServiceSnapshot {
  id: string;
  /** Minutes that it is expected to take; absent without a basis. */
  mean?: number;
  cv: number;
  /** Minutes that calling goes by [P-23]; absent without any that are set. */
  setMean?: number;
  long: boolean;
  zone: string;
}

export interface CounterSnapshot {
  id: string;
  vip: boolean;
  standing: boolean;
  /** How many capabilities it has, and how many services it is set to take. */
  skills: number;
  services: number;
  /** Its capabilities that a binding need can ask for, as bits of `capabilityBits`. */
  rare: number;
  /** By index of service. */
  takes: boolean[];
  open: boolean;
  held: boolean;
  owesNormal: boolean;
  turn: number;
  freeSince: number;
}

export interface VisitSnapshot {
  id: string;
  ticket: string;
  tier: Tier;
  appointment: boolean;
  /** Index of the present service, then of those to come. */
  services: number[];
  stage: 'waiting' | 'reserved' | 'called' | 'serving';
  /** Index of the counter it is reserved, called or served at. */
  counter?: number;
  place: number;
  since: number;
  overtaken: number;
  startedAt?: number;
  markedUntil?: number;
  flaggedAt?: number;
  needs: number;
  fits?: boolean[];
  episode?: { onTheWayAt?: number; arrivedAt?: number; swapped: boolean; unanswered: string[] };
}

/**
 * A lobby at one moment as plain data that can be handed to another thread: what choices and forward runs depend on,
 * and nothing by which a person could be known.
 */
export interface LobbySnapshot {
  settings: DaySettings;
  vipRun: number;
  services: ServiceSnapshot[];
  counters: CounterSnapshot[];
  /** Waiting, reserved, called and in service, in the order of issue. */
  visits: VisitSnapshot[];
  /** Ids of the visits whose love window runs, in the order of confirmation. */
  running: string[];
}

/** The lobby that the snapshot describes, ready to live on. */
export function lobbyOf(snapshot: LobbySnapshot, told: Happenings): CompactLobby {
  const services = snapshot.services.map(
    ({ id, mean, cv, long, zone, setMean }) => new CompactService(id, mean, cv, long, zone, setMean),
  );
  const counters = snapshot.counters.map((each, index) => {
    const { id, vip, standing, skills, services: set, rare, takes } = each;
    const counter = new CompactCounter(id, index, vip, standing, skills, set, rare, takes);
    counter.open = each.open;
    counter.held = each.held;
    counter.owesNormal = each.owesNormal;
    counter.turn = each.turn;
    counter.freeSince = each.freeSince;
    return counter;
  });
  const lobby = new CompactLobby(snapshot.settings, services, counters, told);
  lobby.vipRun = snapshot.vipRun;
  const visits = new Map<string, CompactVisit>();
  for (const [order, each] of snapshot.visits.entries()) {
    const visit = visitOf(each, order, services);
    visits.set(each.id, visit);
    if (visit.stage === 'waiting') lobby.waiting.push(visit);
    const counter = each.counter === undefined ? undefined : counters[each.counter];
    if (!counter) continue;
    visit.counter = counter;
    if (visit.inEpisode) counter.heldFor = visit;
    if (visit.stage === 'reserved') continue;
    counter.visit = visit;
    counter.busy = true;
  }
  for (const id of snapshot.running) {
    const visit = visits.get(id);
    if (visit) lobby.running.push(visit);
  }
  return lobby;
}

function visitOf(from: VisitSnapshot, order: number, services: readonly CompactService[]): CompactVisit {
  const [present, ...next] = from.services;
  const service = services[present ?? -1];
  if (present === undefined || !service) throw new Error(`visit ${from.id} has no service`);
  const { id, ticket, tier, appointment } = from;
  const visit = new CompactVisit(order, id, ticket, tier, appointment, present, service);
  visit.next = next;
  visit.stage = from.stage;
  visit.place = from.place;
  visit.since = from.since;
  visit.overtaken = from.overtaken;
  visit.startedAt = from.startedAt ?? 0;
  visit.markedUntil = from.markedUntil;
  visit.needs = from.needs;
  visit.fits = from.fits;
  if (from.flaggedAt !== undefined) visit.rankFlagged(from.flaggedAt);
  if (from.episode) {
    visit.inEpisode = true;
    visit.onTheWayAt = from.episode.onTheWayAt;
    visit.arrivedAt = from.episode.arrivedAt;
    visit.swap = from.episode.swapped || undefined;
    visit.unanswered = from.episode.unanswered;
  }
  return visit;
}
