import type { Sight } from '../doors/watch.js';
import { simpleForecast } from '../forecast/simple.js';
import { decide } from '../lobby/decide.js';
import { nextDeadline } from '../lobby/deadlines.js';
import { evolve } from '../lobby/evolve.js';
import { preview } from '../lobby/plan.js';
import { emptyState } from '../lobby/state.js';
import type { Core } from '../runtime/core.js';
import type { ViewContext } from '../views/context.js';
import { publicFacts } from '../views/public-facts.js';
import { publicEstimates } from '../views/published.js';
import { hasView, viewFor } from '../views/view.js';

/** The views and the forecast behind them, as the doors want them. */
export const sight: Sight = {
  facts: publicFacts,
  publicEstimates: (state, now) => publicEstimates(state, now, (lines) => simpleForecast.lines(lines)),
  staffEstimates: (state, now) => simpleForecast.visits(state, now),
  // What the doors carry from one of these functions to the next was made here, so its type is known here.
  viewFor: (audience, state, context) => viewFor(audience, state, context as ViewContext),
  hasView,
};

/** The real core; a previewed plan also says what it costs the others. */
export const core: Core = {
  emptyState,
  decide,
  evolve,
  nextDeadline,
  preview(state, visitId, at) {
    const answer = preview(state, visitId, at);
    if (!answer.ok) return answer;
    const cost = simpleForecast.costToOthers(state, answer.result, at);
    return cost === undefined ? answer : { ok: true, result: { ...answer.result, cost } };
  },
};
