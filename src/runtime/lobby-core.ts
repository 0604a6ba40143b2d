import { costToOthers } from '../forecast/cost.js';
import { nextDeadline } from '../lobby/deadlines.js';
import { decide } from '../lobby/decide.js';
import { evolve } from '../lobby/evolve.js';
import { preview } from '../lobby/plan.js';
import { emptyState } from '../lobby/state.js';
import type { Core } from './core.js';

/** The core of the product; a preview says what the plan costs the others, too. */
export const lobbyCore: Core = {
  emptyState,
  decide,
  evolve,
  nextDeadline,
  preview(state, visitId, at) {
    const plan = preview(state, visitId, at);
    if (!plan.ok) return plan;
    const cost = costToOthers(state, plan.result, at);
    return { ok: true, result: { ...plan.result, ...(cost ? { cost } : {}) } };
  },
};
