import { HALF_HOUR } from '../forecast/ahead/published.js';
import { arrivalsOn, servicesEach, type PastDay } from '../forecast/roster/arrivals.js';
import { halfHoursOf, ticketHours } from '../forecast/roster/roster.js';
import type { BranchSetup, LearntArrivals } from '../protocol/settings.js';

/** So exactly a log says how many people are expected. */
const rounded = (figure: number): number => Math.round(figure * 1e4) / 1e4;

/**
 * Who comes on a day of the branch, reckoned as a roster of it is, though from fewer days [P-31, H-12]; undefined of a branch of which
 * no day is known.
 *
 * @param day YYYY-MM-DD
 */
export function learntArrivals(
  setup: BranchSetup,
  day: string,
  past: readonly PastDay[],
): LearntArrivals | undefined {
  if (past.length === 0) return undefined;
  const { services, settings } = setup;
  const { mean, days } = arrivalsOn(setup, day, past);
  // The hour of the last ticket may be set otherwise in the day, so whoever reads this looks at it then.
  const { from, until } = ticketHours({ services, settings: { ...settings, lastTicket: Infinity } });
  const halfHours = mean.map(() => 0);
  for (const span of halfHoursOf(from, until))
    halfHours[span.half] = rounded(((mean[span.half] ?? 0) * (span.until - span.from)) / HALF_HOUR);
  const ids = services.map(({ id }) => id);
  const each = servicesEach(ids, past);
  const all = each.reduce((sum, times) => sum + times, 0);
  return {
    halfHours,
    services: Object.fromEntries(ids.map((id, i) => [id, rounded((each[i] ?? 0) / all)])),
    days,
  };
}
