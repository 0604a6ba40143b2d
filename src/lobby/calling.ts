import { MINUTE } from './elapsed.js';
import type { CallReason } from '../protocol/views.js';
import type { DaySettings } from '../protocol/settings.js';
import type { Tier } from '../protocol/vocabulary.js';
import { compareTickets } from './ticket.js';

/** What the calling policy may know of a visit that a counter could serve. */
export interface Candidate {
  visitId: string;
  ticket: string;
  tier: Tier;
  /** Place time in the line, UTC ms; in the future for an early appointment. */
  place: number;
  /** Wait's begin for the present service, UTC ms. */
  since: number;
  overtaken: number;
  appointment: boolean;
  flaggedAt?: number;
  /** Mean service time in minutes; absent without a model. */
  mean?: number;
  /** Visits alike for L10: same service, class and binding needs. */
  group: string;
}

export interface Choice {
  candidate: Candidate;
  reason: CallReason;
}

const waited = (candidate: Candidate, at: number): number => (at - candidate.place) / MINUTE;

/** Smallest slope T (minutes) that applies: tier, appointment, flag. */
function slopeOf(candidate: Candidate, settings: DaySettings): number {
  const { slopes } = settings;
  return Math.min(
    slopes.normal,
    candidate.tier > 0 ? slopes.vip : slopes.normal,
    candidate.appointment ? slopes.appointment : slopes.normal,
    candidate.flaggedAt !== undefined ? slopes.special : slopes.normal,
  );
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

/** [L10] among alike visits the earliest place goes first; among flagged ones the earliest flag. */
function firstAlike(chosen: Candidate, candidates: readonly Candidate[]): Candidate {
  const earlier = (a: Candidate, b: Candidate): number =>
    (a.flaggedAt ?? a.place) - (b.flaggedAt ?? b.place) || byPlace(a, b);
  return candidates
    .filter((other) => other.group === chosen.group)
    .reduce((a, b) => (earlier(b, a) < 0 ? b : a), chosen);
}

const round = (figure: number): number => Math.round(figure * 1000) / 1000;

/** Strict priority's order: flagged, VIP 3–2–1, appointment, normal. It can starve the last. */
const priorityRank = (candidate: Candidate): number =>
  candidate.flaggedAt !== undefined
    ? 5
    : candidate.tier > 0
      ? 1 + candidate.tier
      : candidate.appointment
        ? 1
        : 0;

/** What the winner and the runner-up are told by, in words that need no index: whole minutes and class. */
const standing = (candidate: Candidate, at: number): { waited: number; rank: number } => ({
  waited: Math.max(0, Math.floor(waited(candidate, at))),
  rank: priorityRank(candidate),
});

function ranked(
  candidates: readonly Candidate[],
  alike: readonly Candidate[],
  at: number,
  figure: (candidate: Candidate) => number,
  reason: (winner: Candidate) => Pick<CallReason, 'rule'>,
  order = (a: Candidate, b: Candidate): number => figure(b) - figure(a) || byPlace(a, b),
): Choice | undefined {
  const sorted = [...candidates].sort(order);
  const first = sorted[0];
  if (!first) return undefined;
  const winner = firstAlike(first, alike);
  const second = sorted.find((candidate) => candidate !== winner);
  return {
    candidate: winner,
    reason: {
      ...reason(winner),
      figure: round(figure(winner)),
      ...standing(winner, at),
      ...(second && {
        runnerUp: { ticket: second.ticket, figure: round(figure(second)), ...standing(second, at) },
      }),
    },
  };
}

function chooseRecommended(
  candidates: readonly Candidate[],
  settings: DaySettings,
  vipRun: number,
  at: number,
): Choice | undefined {
  const band = candidates.filter((candidate) => isProtected(candidate, settings, at));
  if (band.length > 0) {
    const wait = (candidate: Candidate): number => waited(candidate, at);
    // [L8] before [L10]: an unprotected visit that came back to an earlier place does not slip in front.
    const alike = [...band, ...candidates.filter((candidate) => candidate.flaggedAt !== undefined)];
    return ranked(band, alike, at, wait, (winner) => ({
      rule: winner.overtaken >= settings.overtakesToProtect ? 'protectedOvertaken' : 'protectedWaited',
    }));
  }
  const index = (candidate: Candidate): number => callingIndex(candidate, settings, at);
  const normals = candidates.filter((candidate) => candidate.tier === 0 && candidate.flaggedAt === undefined);
  const capped = vipRun >= settings.vipCap && normals.length > 0;
  const allowed = capped
    ? candidates.filter((candidate) => candidate.tier === 0 || candidate.flaggedAt !== undefined)
    : candidates;
  const free = ranked(candidates, candidates, at, index, () => ({ rule: 'index' }));
  const choice = ranked(allowed, allowed, at, index, () => ({ rule: 'index' }));
  if (choice && free && choice.candidate !== free.candidate)
    return { ...choice, reason: { ...choice.reason, rule: 'vipCap', constraint: 'vipCap' } };
  return choice;
}

/**
 * The visit a counter calls next among those it can serve, by the branch's mode, with its reason; early
 * appointments only when nothing else can be called.
 */
export function choose(
  all: readonly Candidate[],
  settings: DaySettings,
  vipRun: number,
  at: number,
): Choice | undefined {
  const due = all.filter((candidate) => candidate.place <= at);
  const candidates = due.length > 0 ? due : settings.earlyAppointments ? all : [];
  switch (settings.mode) {
    case 'recommended':
      return chooseRecommended(candidates, settings, vipRun, at);
    case 'strictFifo':
      return ranked(
        candidates,
        candidates,
        at,
        (candidate) => waited(candidate, at),
        () => ({ rule: 'fifo' }),
      );
    case 'strictPriority':
      return ranked(
        candidates,
        candidates,
        at,
        priorityRank,
        () => ({ rule: 'priority' }),
        (a, b) => priorityRank(b) - priorityRank(a) || byPlace(a, b),
      );
  }
}
