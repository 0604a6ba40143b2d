import { chanceOf } from '../../model/chance.js';
import type { CompactLobby } from '../compact/lobby.js';
import type { CompactVisit } from '../compact/things.js';
import type { BranchModel } from './branchModel.js';
import { Future, type WaitEnd } from './future.js';

/** One wait from now to its end, minutes. */
export interface Spread {
  p10: number;
  p50: number;
  p90: number;
  /** Over the runs that saw it end, at least nine of ten. */
  mean: number;
}

export interface WaitAhead extends Spread {
  visit: CompactVisit;
}

/** What forward runs say of a lobby. */
export interface Outlook {
  /** Of everybody who is expected at a counter and has an estimate. */
  visits: WaitAhead[];
  /** By zone, for an ordinary customer who comes now; undefined where there is no estimate. */
  zones: (Spread | undefined)[];
  /** By index of service, likewise. */
  services: (Spread | undefined)[];
}

/**
 * Looks ahead in `runs` ways the next hours may go: one batch gives all figures. In each run one newcomer comes to each
 * zone, its services in turn, and so shares the zone's figure; they come after everybody who waits. Who in more than
 * one of ten runs was not served within the horizon has no estimate, and neither has anybody behind a service of which
 * nothing is known.
 *
 * @param at branch time, UTC ms
 * @param seed the same seed gives the same futures
 * @param zones services by index, for each zone
 */
export function lookAhead(
  lobby: CompactLobby,
  model: BranchModel,
  at: number,
  runs: number,
  seed: number,
  zones: readonly (readonly number[])[] = [],
  waitEnd: WaitEnd = 'service',
): Outlook {
  const visits = lobby.expected();
  const asked = zones.map((services) => services.filter((service) => servable(lobby, service)));
  const left = visits.filter((visit) => served(lobby, visit)).length;
  const waits = visits.map(() => new Float64Array(runs));
  const newcomers = asked.map(() => new Float64Array(runs));
  const one = new Float64Array(visits.length + zones.length);
  for (let run = 0; run < runs; run += 1) {
    one.fill(Infinity);
    const coming = asked.map((services) => services[run % services.length] ?? -1);
    const sought = left + coming.filter((service) => service >= 0).length;
    new Future(lobby, model, chanceOf(seed + run), at, one, {
      waitEnd,
      newcomers: coming,
      left: sought,
    }).live();
    for (const [i, each] of waits.entries()) each[run] = one[i] ?? Infinity;
    for (const [i, each] of newcomers.entries()) each[run] = one[visits.length + i] ?? Infinity;
  }
  const known = asked.map((services) => services.every((service) => basisFor(lobby, service)));
  const services: (Spread | undefined)[] = lobby.services.map(() => undefined);
  for (const [i, own] of asked.entries())
    for (const [turn, service] of own.entries())
      if (basisFor(lobby, service))
        services[service] = spreadOf(newcomers[i]?.filter((_, run) => run % own.length === turn));
  return {
    visits: visits.flatMap((visit, i) => {
      const spread = basisFor(lobby, visit.service, visit) ? spreadOf(waits[i]) : undefined;
      return spread ? [{ visit, ...spread }] : [];
    }),
    zones: newcomers.map((own, i) => (known[i] && asked[i]?.length ? spreadOf(own) : undefined)),
    services,
  };
}

/** Waits of everybody who is expected at a counter, as `lookAhead` gives them. */
export const waitsAhead = (
  lobby: CompactLobby,
  model: BranchModel,
  at: number,
  runs: number,
  seed: number,
): WaitAhead[] => lookAhead(lobby, model, at, runs, seed).visits;

function spreadOf(waits: Float64Array | undefined): Spread | undefined {
  if (!waits || waits.length === 0) return undefined;
  const sorted = Float64Array.from(waits).sort();
  const quantile = (p: number): number => sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? Infinity;
  const [p50, p90] = [quantile(0.5), quantile(0.9)];
  if (!Number.isFinite(p90)) return undefined;
  const ended = sorted.filter((minutes) => Number.isFinite(minutes));
  const mean = ended.reduce((sum, minutes) => sum + minutes, 0) / ended.length;
  return { p10: quantile(0.1), p50, p90, mean };
}

const servable = (lobby: CompactLobby, service: number): boolean =>
  lobby.counters.some((counter) => counter.open && counter.takes[service] === true);

/** Some counter will take the visit: the one that is kept for it, or an open one. */
const served = (lobby: CompactLobby, visit: CompactVisit): boolean =>
  visit.stage === 'reserved' ||
  lobby.counters.some((counter) => counter.open && lobby.canServe(counter, visit));

/** False where the service itself, or one that is in work or in line at a counter of it, has no service time. */
function basisFor(lobby: CompactLobby, service: number, visit?: CompactVisit): boolean {
  if (lobby.services[service]?.mean === undefined) return false;
  if (lobby.services.every(({ mean }) => mean !== undefined)) return true;
  const counters = lobby.counters.filter((counter) =>
    visit ? lobby.canServe(counter, visit) : counter.takes[service] === true,
  );
  const unknown = ({ service: of, markedUntil }: CompactVisit): boolean =>
    lobby.services[of]?.mean === undefined && markedUntil === undefined;
  return !counters.some(
    (counter) =>
      (counter.visit && unknown(counter.visit)) ||
      lobby.expected().some((other) => unknown(other) && lobby.canServe(counter, other)),
  );
}
