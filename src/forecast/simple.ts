import { costToOthers } from './cost.js';
import { linesForecast } from './lines.js';
import type { Forecast } from './port.js';
import { visitsForecast } from './staff.js';

/** The forecast from counts and means: at once, for every beat, and where nothing better is known. */
export const simpleForecast = {
  prepare: () => undefined,
  lines: ({ lines }) => linesForecast(lines),
  visits: ({ state, at }) => visitsForecast(state, at),
  costToOthers: (state, plan, at) => Promise.resolve(costToOthers(state, plan, at)),
} satisfies Omit<Forecast, 'compare' | 'staffing'>;
