import type { Sight } from '../doors/watch.js';
import type { Forecast } from '../forecast/port.js';
import type { ViewContext } from '../views/context.js';
import { publicFacts } from '../views/public-facts.js';
import { publicEstimates } from '../views/published.js';
import { hasView, viewFor } from '../views/view.js';

/** The views and the forecast behind them, as the doors want them. */
export function sightWith(forecast: Forecast): Sight {
  return {
    facts: publicFacts,
    prepare: (branchId, state, now, audience) => {
      forecast.prepare({ branchId, lines: publicFacts(state), state, at: now }, audience);
    },
    publicEstimates: (branchId, state, now) =>
      publicEstimates(state, now, (lines) => forecast.lines({ branchId, lines, state, at: now })),
    staffEstimates: (branchId, state, now) => {
      const scene = { branchId, state, at: now };
      return { visits: forecast.visits(scene), staffing: forecast.staffing(scene) };
    },
    // What the doors carry from one of these functions to the next was made here, so its type is known here.
    viewFor: (audience, state, context) => viewFor(audience, state, context as ViewContext),
    hasView,
  };
}
