import type { DaySettings } from '../../protocol/settings.js';
import type { CallReason, Turn } from '../../protocol/views.js';
import { keepsBand } from '../../protocol/starvation.js';
import { MINUTE } from '../elapsed.js';
import { compareTickets } from '../ticket.js';
import { rankOf } from './classes.js';
import type { Candidate } from './floor.js';
import { turnAmong } from './turn.js';
import { waitedFirst, type WaitedFirst } from './waited.js';

/** A visit picked from `among`, by the largest `figure` and then by place. */
export interface Picked<V extends Candidate> {
  readonly visit: V;
  readonly rule: Exclude<CallReason['rule'], 'reserved' | 'named' | 'resumed'>;
  readonly among: readonly V[];
  readonly figure: (visit: V) => number;
  /** Of the class ratio. */
  readonly turn?: Turn;
  readonly first?: WaitedFirst;
}

const waited = (candidate: Candidate, at: number): number => (at - candidate.place) / MINUTE;

/** Smallest slope T (minutes) that applies: tier, appointment, flag. */
function slopeOf(candidate: Candidate, { slopes }: DaySettings): number {
  let slope = slopes.normal;
  if (candidate.tier > 0 && slopes.vip < slope) slope = slopes.vip;
  if (candidate.appointment && slopes.appointment < slope) slope = slopes.appointment;
  if (candidate.flaggedAt !== undefined && slopes.special < slope) slope = slopes.special;
  return slope;
}

/**
 * I = (w / T_class) · (6.2 / m_service)^0.5, an accumulating-priority queue (Kleinrock 1964; Stanford,
 * Taylor, Ziedins 2014) softened by the generalized-cμ factor (van Mieghem 1995). w in minutes; a
 * service without a model weighs like the reference.
 */
export function callingIndex(candidate: Candidate, settings: DaySettings, at: number): number {
  const factor = Math.sqrt(settings.referenceMinutes / (candidate.mean ?? settings.referenceMinutes));
  return (waited(candidate, at) / slopeOf(candidate, settings)) * factor;
}

/** Overtaken B times, or waited the limit for this service: above every index. */
export function isProtected(candidate: Candidate, settings: DaySettings, at: number): boolean {
  return (
    candidate.overtaken >= settings.overtakesToProtect ||
    (at - candidate.since) / MINUTE >= settings.minutesToProtect
  );
}

const byPlace = (a: Candidate, b: Candidate): number =>
  a.place - b.place || compareTickets(a.ticket, b.ticket);

const isNormal = (candidate: Candidate): boolean => candidate.tier === 0 && candidate.flaggedAt === undefined;

/** The visit with the largest figure, ties by place; `without` is left out. */
function largest<V extends Candidate>(
  among: readonly V[],
  figure: (visit: V) => number,
  without?: V,
): V | undefined {
  let best: V | undefined;
  let most = -Infinity;
  for (const visit of among) {
    if (visit === without) continue;
    const own = figure(visit);
    if (best === undefined || own > most || (own === most && byPlace(visit, best) < 0)) {
      best = visit;
      most = own;
    }
  }
  return best;
}

/** [L10] among alike visits the earliest place goes first; among flagged ones the earliest flag. */
function firstAlike<V extends Candidate>(chosen: V, alike: readonly V[]): V {
  let first = chosen;
  for (const other of alike) {
    if (other === first || other.group !== chosen.group) continue;
    const sooner = (other.flaggedAt ?? other.place) - (first.flaggedAt ?? first.place);
    if ((sooner || byPlace(other, first)) < 0) first = other;
  }
  return first;
}

function pickBy<V extends Candidate>(
  among: readonly V[],
  alike: readonly V[],
  figure: (visit: V) => number,
  rule: (winner: V) => Picked<V>['rule'],
): Picked<V> | undefined {
  const first = largest(among, figure);
  if (!first) return undefined;
  const visit = firstAlike(first, alike);
  return { visit, rule: rule(visit), among, figure };
}

/** The longest wait of the protected band. */
function pickProtected<V extends Candidate>(
  candidates: readonly V[],
  settings: DaySettings,
  at: number,
): Picked<V> | undefined {
  const band = candidates.filter((candidate) => isProtected(candidate, settings, at));
  // [L8] before [L10]: an unprotected visit that came back to an earlier place does not slip in front.
  const alike = [...band, ...candidates.filter((candidate) => candidate.flaggedAt !== undefined)];
  return pickBy(
    band,
    alike,
    (visit) => waited(visit, at),
    (winner) => (winner.overtaken >= settings.overtakesToProtect ? 'protectedOvertaken' : 'protectedWaited'),
  );
}

/** First come, first served. */
const pickFirst = <V extends Candidate>(
  candidates: readonly V[],
  at: number,
  rule: 'fifo' | 'ratio' = 'fifo',
): Picked<V> | undefined =>
  pickBy(
    candidates,
    candidates,
    (visit) => waited(visit, at),
    () => rule,
  );

/** [P-25] the class whose turn it is; those outside of the ratio when nobody in it can be called. */
function pickInTurn<V extends Candidate>(
  candidates: readonly V[],
  settings: DaySettings,
  turn: number,
  at: number,
): Picked<V> | undefined {
  const due = turnAmong(candidates, settings.ratio ?? [], turn);
  if (!due) return pickFirst(candidates, at);
  const picked = pickFirst(due.among, at, 'ratio');
  return picked && { ...picked, turn: due.turn };
}

/** [P-26] by the mode's own order, among those alone who go first because one of them has waited so long. */
function pickAmong<V extends Candidate>(
  candidates: readonly V[],
  settings: DaySettings,
  at: number,
  order: (among: readonly V[]) => Picked<V> | undefined,
): Picked<V> | undefined {
  const found = waitedFirst(candidates, settings, at);
  if (!found) return order(candidates);
  const picked = order(found.among);
  return picked && { ...picked, first: found.first };
}

function pickRecommended<V extends Candidate>(
  candidates: readonly V[],
  settings: DaySettings,
  vipRun: number,
  at: number,
): Picked<V> | undefined {
  const index = (visit: V): number => callingIndex(visit, settings, at);
  const byIndex = (among: readonly V[]): Picked<V> | undefined =>
    pickAmong(among, settings, at, (left) => pickBy(left, left, index, () => 'index'));
  const free = byIndex(candidates);
  if (!free || vipRun < settings.vipCap || !candidates.some(isNormal)) return free;
  const allowed = candidates.filter((visit) => visit.tier === 0 || visit.flaggedAt !== undefined);
  const capped = byIndex(allowed);
  return capped && capped.visit !== free.visit ? { ...capped, rule: 'vipCap' } : capped;
}

/**
 * The visit a counter calls next among those it can serve, by the branch's mode; early appointments only when
 * nothing else can be called.
 *
 * @param at branch time, UTC ms
 * @param turn where the counter stands in the cycle of the class ratio
 */
export function pick<V extends Candidate>(
  all: readonly V[],
  settings: DaySettings,
  vipRun: number,
  at: number,
  turn = 0,
): Picked<V> | undefined {
  const early = all.some((candidate) => candidate.place > at);
  const due = early ? all.filter((candidate) => candidate.place <= at) : all;
  const candidates = due.length > 0 ? due : settings.earlyAppointments ? all : [];
  const first = keepsBand(settings) ? pickProtected(candidates, settings, at) : undefined;
  if (first) return first;
  switch (settings.mode) {
    case 'recommended':
      return pickRecommended(candidates, settings, vipRun, at);
    case 'classRatio':
      return pickAmong(candidates, settings, at, (among) => pickInTurn(among, settings, turn, at));
    case 'strictFifo':
      return pickAmong(candidates, settings, at, (among) => pickFirst(among, at));
    case 'strictPriority':
      return pickAmong(candidates, settings, at, (among) => pickBy(among, among, rankOf, () => 'priority'));
  }
}

const round = (figure: number): number => Math.round(figure * 1000) / 1000;

/** What the winner and the runner-up are told by, in words that need no index: whole minutes and class. */
const standing = (candidate: Candidate, at: number): { waited: number; rank: number } => ({
  waited: Math.max(0, Math.floor(waited(candidate, at))),
  rank: rankOf(candidate),
});

/** Why this one, for staff: rule, the winner's figure and the runner-up's; all of it recomputes from the log. */
export function explain<V extends Candidate>(picked: Picked<V>, at: number): CallReason {
  const { visit, rule, among, figure, turn, first } = picked;
  const second = largest(among, figure, visit);
  return {
    rule,
    ...(turn && { turn }),
    ...(first && { first }),
    figure: round(figure(visit)),
    ...standing(visit, at),
    ...(second && {
      runnerUp: { ticket: second.ticket, figure: round(figure(second)), ...standing(second, at) },
    }),
    ...(rule === 'vipCap' && { constraint: 'vipCap' as const }),
  };
}
