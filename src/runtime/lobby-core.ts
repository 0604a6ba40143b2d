import type { Forecast } from '../forecast/port.js';
import { nextDeadline } from '../lobby/deadlines.js';
import { decide } from '../lobby/decide.js';
import { evolve } from '../lobby/evolve.js';
import { preview } from '../lobby/plan.js';
import { changeProblem } from '../lobby/staffing-check.js';
import { emptyState, type LobbyState } from '../lobby/state.js';
import type { Core, Found } from './core.js';

/** The core of the product; what a plan costs the others and what a change would do, the forecast says. */
export function coreWith(forecast: Pick<Forecast, 'costToOthers' | 'compare'>): Core {
  const planned = async (state: LobbyState, visitId: string, at: number): Promise<Found> => {
    const plan = preview(state, visitId, at);
    if (!plan.ok) return plan;
    const cost = await forecast.costToOthers(state, plan.result, at);
    return { ok: true, result: { ...plan.result, ...(cost ? { cost } : {}) } };
  };
  return {
    emptyState,
    decide,
    evolve,
    nextDeadline,
    answer(state, question, at) {
      if (question.type === 'PreviewLoveWindow') return planned(state, question.visitId, at);
      const problem = changeProblem(state, question);
      return problem ?? forecast.compare(state, question, at).then((result) => ({ ok: true, result }));
    },
  };
}
