import type { LoveWindowPlan } from '../protocol/commands.js';
import type { Rejection } from '../protocol/codes.js';
import { holdFor, type Obstacle } from './choice/hold.js';
import { candidateOf, floorOf } from './floor-of.js';
import { counterOf, counterSetupOf, episodeOfVisit, named } from './lookup.js';
import { reject } from './reject.js';
import { isLasting } from './remaining.js';
import type { LobbyState, Visit } from './state.js';

export interface Plan {
  counterId: string;
  /** Expected minutes until the counter is free; absent without a basis. */
  minutes?: number;
}

/** The counter for a flagged visit's love window, or why there is none; see `holdFor`. */
export function planFor(
  state: LobbyState,
  visit: Visit,
  at: number,
  without: readonly string[] = [],
  moving = false,
): Plan | { obstacle: Obstacle } {
  const held = holdFor(floorOf(state), candidateOf(state, visit), at, without, moving);
  if ('obstacle' in held) return held;
  const { counter, minutes } = held;
  return { counterId: counter.id, ...(minutes !== undefined && { minutes }) };
}

/** The plan as staff see it, without its cost, which the forecast adds. */
export function describePlan(
  state: LobbyState,
  visitId: string,
  plan: Plan | { obstacle: Obstacle },
  at: number,
): LoveWindowPlan {
  if ('obstacle' in plan) return { visitId, obstacle: plan.obstacle };
  const counter = counterOf(state, plan.counterId);
  return {
    visitId,
    counterId: counter.id,
    label: counterSetupOf(state, counter.id).label,
    ...(isLasting(state, counter, at)
      ? { lasting: true }
      : plan.minutes !== undefined && { minutes: Math.round(plan.minutes * 10) / 10 }),
  };
}

/** The query before a confirmation: which counter, and when. Changes nothing. */
export function preview(
  state: LobbyState,
  visitId: string,
  at: number,
): { ok: true; result: LoveWindowPlan } | Rejection {
  if (state.phase !== 'open') return reject('day-not-open');
  const visit = named(state.visits, visitId);
  if (!visit) return reject('unknown-visit');
  if (visit.stage.status === 'ended') return reject('visit-ended');
  if (!visit.flag) return reject('not-flagged');
  if (episodeOfVisit(state, visit)) return reject('episode-running');
  // What a confirmation would refuse is refused before anybody decides on it [W-31].
  if (visit.stage.status !== 'waiting') return reject('visit-not-waiting', { ticket: visit.ticket });
  if (visit.flag.notFound) return reject('customer-not-found', { ticket: visit.ticket });
  const plan = describePlan(state, visitId, planFor(state, visit, at), at);
  return { ok: true, result: { ...plan, version: visit.version } };
}
