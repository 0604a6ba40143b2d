import { nextAt } from '../../src/lobby/choice/next.js';
import type { Occurrence } from '../../src/lobby/events.js';
import { evolve } from '../../src/lobby/evolve.js';
import { counterOf, episodeOf, visitOf } from '../../src/lobby/lookup.js';
import { effectOfCall, nextFor } from '../../src/lobby/next.js';
import { planFor } from '../../src/lobby/plan.js';
import { emptyState } from '../../src/lobby/state.js';
import { lobbyOf } from '../../src/forecast/compact/snapshot.js';
import { stateSnapshot } from '../../src/forecast/compact/stateSnapshot.js';

const silent = { called: () => undefined, held: () => undefined };
/** Calls that a person named, or that follow from a hold: nothing was chosen. */
const unchosen: readonly string[] = ['named', 'resumed', 'reserved'];

/**
 * Goes through a day's log as a stranger would and chooses again, on the fold and on the compact lobby that simulated
 * days and forecasts live on: who is called and why, whom that overtakes, which counter is held. Throws at the first
 * choice that another mind would have made.
 *
 * @returns how many choices were compared
 */
export function chooseAgain(log: readonly Occurrence[], branchId: string): { calls: number; holds: number } {
  const state = emptyState(branchId);
  const compared = { calls: 0, holds: 0 };
  for (const occurrence of log) {
    const { event, at } = occurrence;
    if (event.type === 'VisitCalled' && event.named === undefined && !unchosen.includes(event.reason.rule)) {
      const { visitId, reason, overtook, vipRun } = event;
      const counter = counterOf(state, event.counterId);
      expect(nextFor(state, counter, at)).toEqual({ visitId, reason });
      expect(effectOfCall(state, counter, visitOf(state, visitId))).toEqual({ overtook, vipRun });
      const compact = lobbyOf(stateSnapshot(state), silent);
      const post = compact.counters.find(({ id }) => id === counter.id);
      expect(post && nextAt(compact, post, at).picked?.visit.visitId).toBe(visitId);
      compared.calls += 1;
    }
    if (event.type === 'CounterHeld' && episodeOf(state, event.episodeId).counterId === undefined) {
      const { unanswered } = episodeOf(state, event.episodeId);
      expect(planFor(state, visitOf(state, event.visitId), at, unanswered)).toMatchObject({
        counterId: event.counterId,
      });
      compared.holds += 1;
    }
    evolve(state, structuredClone(occurrence));
  }
  return compared;
}
