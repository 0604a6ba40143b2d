import type { MinutesRange } from '../protocol/views.js';
import type { Candidate } from '../lobby/choice/floor.js';
import { pick } from '../lobby/choice/pick.js';
import { openFor } from '../lobby/capability.js';
import { walkLeft } from '../lobby/episode.js';
import {
  counterOf,
  counters,
  episodeOf,
  presentService,
  presentVisits,
  settingsOf,
  visitOf,
} from '../lobby/lookup.js';
import { candidateOf } from '../lobby/floor-of.js';
import { expectedRemaining } from '../lobby/remaining.js';
import { expectedTime } from '../lobby/service-time.js';
import type { Counter, Episode, LobbyState, Visit } from '../lobby/state.js';
import { rangeOf } from './range.js';
import { add, noWork, shareOf, type ServiceTime, type Work } from './work.js';

/** Visits that the same counters fit wait in one line. */
interface Line {
  counters: ReadonlySet<string>;
  ahead: Work;
}

/**
 * Expected waits by visit id for staff; uses flags, holds and elapsed times, so it must never reach a
 * public page. The order of calls is that of the production policy (`pick` on pairs). A waiting visit
 * starts at the time t at which its counters, each from when it is expected free, have done the work ahead:
 * Σ max(0, t − R_c) = W, a fluid balance (Newell 1982, "Applications of Queueing Theory", ch. 2). A
 * reserved one starts at max(R, walk left). P50 to P90 by a gamma (range.ts).
 */
export function visitsForecast(state: LobbyState, at: number): Record<string, MinutesRange> {
  const found: Record<string, MinutesRange> = {};
  if (state.phase !== 'open') return found;
  const free = new Map([...counters(state)].map((counter) => [counter.id, freeAfter(state, counter, at)]));
  const waiting: { visit: Visit; candidate: Candidate }[] = [];
  for (const visit of presentVisits(state)) {
    if (visit.stage.status === 'waiting') waiting.push({ visit, candidate: candidateOf(state, visit) });
    if (visit.stage.status !== 'reserved') continue;
    const range = reservedWait(
      state,
      counterOf(state, visit.stage.counterId),
      episodeOf(state, visit.stage.episodeId),
      at,
    );
    if (range) found[visit.id] = range;
  }
  const settings = settingsOf(state);
  waiting.sort((a, b) => (pick([a.candidate, b.candidate], settings, 0, at)?.visit === a.candidate ? -1 : 1));
  const before: { counters: ReadonlySet<string>; time: ServiceTime | undefined }[] = [];
  const lines = new Map<string, Line>();
  const lineOf = (visit: Visit): Line => {
    const fitting = openFor(state, visit).map((counter) => counter.id);
    const key = fitting.join(' ');
    const known = lines.get(key);
    if (known) return known;
    // Those already gone through stand before a line that begins here, too.
    const line = { counters: new Set(fitting), ahead: noWork() };
    for (const each of before) add(line.ahead, each.time, shareOf(each.counters, line.counters));
    lines.set(key, line);
    return line;
  };
  for (const { visit } of waiting) {
    const own = lineOf(visit);
    const range = waitIn(own, free);
    if (range) found[visit.id] = range;
    const time = timeOf(state, visit);
    before.push({ counters: own.counters, time });
    for (const line of lines.values()) add(line.ahead, time, shareOf(own.counters, line.counters));
  }
  return found;
}

const timeOf = (state: LobbyState, visit: Visit): ServiceTime | undefined =>
  expectedTime(presentService(state, visit), settingsOf(state));

/** Minutes until a counter takes normal visits again: its service, and the love window it is held for. */
function freeAfter(state: LobbyState, counter: Counter, at: number): number | undefined {
  const remaining = expectedRemaining(state, counter, at);
  if (remaining === undefined || !counter.hold) return remaining;
  const episode = episodeOf(state, counter.hold.episodeId);
  const visit = visitOf(state, episode.visitId);
  if (visit.stage.status !== 'reserved') return remaining;
  const mean = timeOf(state, visit)?.mean;
  return mean === undefined ? undefined : Math.max(remaining, walkLeft(state, episode, at)) + mean;
}

function reservedWait(
  state: LobbyState,
  counter: Counter,
  episode: Episode,
  at: number,
): MinutesRange | undefined {
  const remaining = expectedRemaining(state, counter, at);
  if (remaining === undefined) return undefined;
  const inService = counter.visitId === undefined ? undefined : visitOf(state, counter.visitId);
  const cv = (inService && timeOf(state, inService)?.cv) ?? 0;
  return rangeOf(Math.max(remaining, walkLeft(state, episode, at)), (cv * remaining) ** 2);
}

function waitIn(
  { counters: fitting, ahead }: Line,
  free: ReadonlyMap<string, number | undefined>,
): MinutesRange | undefined {
  const known = [...fitting].map((id) => free.get(id));
  const frees = known.filter((minutes) => minutes !== undefined);
  if (frees.length === 0 || frees.length < known.length || ahead.unknown) return undefined;
  const mean = levelAfter(frees, ahead.mean);
  return rangeOf(mean, ahead.variance / frees.length ** 2);
}

/** The t with Σ max(0, t − R) = work, for the times R at which counters are free, all in minutes. */
export function levelAfter(frees: readonly number[], work: number): number {
  const sorted = [...frees].sort((a, b) => a - b);
  let sum = 0;
  for (const [i, free] of sorted.entries()) {
    sum += free;
    const level = (work + sum) / (i + 1);
    const next = sorted[i + 1];
    if (next === undefined || level <= next) return level;
  }
  return Infinity;
}
