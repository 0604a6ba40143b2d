import { HALF_HOURS } from '../forecast/ahead/published.js';
import type { PastDay } from '../forecast/roster/arrivals.js';
import type { DayTimes, TimesOfService } from './serviceTimes.js';

/** What a day that is over says; without arrivals when nobody came. */
export interface LearntDay {
  services: DayTimes;
  arrivals?: PastDay | undefined;
}

/** Grows when a day's log is read otherwise; what an older release kept is then read anew. */
const VERSION = 2;

export const toKeep = (day: LearntDay): string => JSON.stringify({ version: VERSION, ...day });

/** What was kept of a day; undefined where it is not whole, and the log has to be read again. */
export function keptDay(text: string): LearntDay | undefined {
  try {
    const { version, services, arrivals } = JSON.parse(text) as {
      version: unknown;
      services: Record<string, unknown>;
      arrivals?: unknown;
    };
    const sound =
      version === VERSION &&
      Object.values(services).every(isSound) &&
      (arrivals === undefined || isPastDay(arrivals));
    return sound ? ({ services, arrivals } as LearntDay) : undefined;
  } catch {
    return undefined;
  }
}

function isSound(times: unknown): times is TimesOfService {
  const { services, sum, squares } = times as Record<keyof TimesOfService, unknown>;
  return [services, sum, squares].every(Number.isFinite) && Number(services) > 0;
}

function isPastDay(day: unknown): day is PastDay {
  const { came, open, customers, services } = day as PastDay;
  return (
    [came, open].every((halves) => halves.length === HALF_HOURS) &&
    [...came, ...open, customers, ...Object.values(services)].every(Number.isFinite)
  );
}
