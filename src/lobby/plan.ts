import type { LoveWindowPlan } from '../protocol/commands.js';
import type { Rejection } from '../protocol/codes.js';
import { canServe, capabilitiesOf, isOpen } from './capability.js';
import { mayHoldOneMore, owesNormalNow, type Obstacle } from './bounds.js';
import { counterOf, counterSetupOf, counters, episodeOfVisit, named } from './lookup.js';
import { reject } from './reject.js';
import { expectedRemaining } from './remaining.js';
import type { Counter, LobbyState, Visit } from './state.js';

export interface Plan {
  counterId: string;
  /** Expected minutes until the counter is free; absent without a basis. */
  minutes?: number;
}

/** Counters that fit a flagged visit: all its remaining services if one can, else the present one. */
export function fitting(state: LobbyState, visit: Visit): Counter[] {
  const open = [...counters(state)].filter(isOpen);
  const forAll = open.filter((counter) => canServe(state, counter, visit, visit.services));
  return forAll.length > 0 ? forAll : open.filter((counter) => canServe(state, counter, visit));
}

/**
 * The counter for a love window: staffed, not closing, not held, capable, expected free soonest. Ties
 * (idle counters) go to the standing love window, then away from the VIP counter, then to the fewest
 * skills. Source: domain and calling policy, "Love window": start = max(R, walk), choose min E[R].
 *
 * @param without counters whose teller did not answer in this episode
 * @param moving the episode leaves a counter it holds, so the bounds are not asked again
 */
export function planFor(
  state: LobbyState,
  visit: Visit,
  at: number,
  without: readonly string[] = [],
  moving = false,
): Plan | { obstacle: Obstacle } {
  const able = fitting(state, visit).filter((counter) => !without.includes(counter.id));
  if (able.length === 0) return { obstacle: 'noneFits' };
  const unheld = able.filter((counter) => !counter.hold);
  if (unheld.length === 0) return { obstacle: 'allHeld' };
  const free = unheld.filter((counter) => !owesNormalNow(state, counter, at));
  if (free.length === 0 || (!moving && !mayHoldOneMore(state))) return { obstacle: 'bounds' };
  const remaining = new Map(free.map((counter) => [counter.id, expectedRemaining(state, counter, at)]));
  const soonness = (counter: Counter): number => remaining.get(counter.id) ?? Infinity;
  const order = Object.keys(state.counters);
  const tieRank = (counter: Counter): number[] => {
    const setup = counterSetupOf(state, counter.id);
    return [
      setup.standing ? 0 : 1,
      setup.vip ? 1 : 0,
      capabilitiesOf(state, counter).size + counter.services.length,
      order.indexOf(counter.id),
    ];
  };
  const best = free.reduce((a, b) => {
    const [left, right] = [soonness(a), soonness(b)];
    if (left !== right) return right < left ? b : a;
    const [ranksA, ranksB] = [tieRank(a), tieRank(b)];
    const differ = ranksA.findIndex((rank, i) => rank !== ranksB[i]);
    return differ >= 0 && (ranksB[differ] ?? 0) < (ranksA[differ] ?? 0) ? b : a;
  });
  const minutes = remaining.get(best.id);
  return { counterId: best.id, ...(minutes !== undefined && { minutes }) };
}

/** The plan as staff see it, without its cost, which the forecast adds. */
export function describePlan(
  state: LobbyState,
  visitId: string,
  plan: Plan | { obstacle: Obstacle },
): LoveWindowPlan {
  if ('obstacle' in plan) return { visitId, obstacle: plan.obstacle };
  return {
    visitId,
    counterId: plan.counterId,
    label: counterSetupOf(state, counterOf(state, plan.counterId).id).label,
    ...(plan.minutes !== undefined && { minutes: Math.round(plan.minutes * 10) / 10 }),
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
  const plan = describePlan(state, visitId, planFor(state, visit, at));
  return { ok: true, result: { ...plan, version: visit.version } };
}
