import { costToOthers } from './cost.js';
import { linesForecast } from './lines.js';
import type { Forecast } from './port.js';
import { visitsForecast } from './staff.js';

/** The forecast from counts and means; one by simulation may take its place behind the same port. */
export const simpleForecast: Forecast = {
  lines: linesForecast,
  visits: visitsForecast,
  costToOthers,
};
