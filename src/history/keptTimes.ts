import type { DayTimes, TimesOfService } from './serviceTimes.js';

/** Grows when a day's log is read otherwise; what an older release kept is then read anew. */
const VERSION = 1;

export const toKeep = (services: DayTimes): string => JSON.stringify({ version: VERSION, services });

/** What was kept of a day; undefined where it is not whole, and the log has to be read again. */
export function keptTimes(text: string): DayTimes | undefined {
  try {
    const { version, services } = JSON.parse(text) as { version: unknown; services: Record<string, unknown> };
    return version === VERSION && Object.values(services).every(isSound) ? (services as DayTimes) : undefined;
  } catch {
    return undefined;
  }
}

function isSound(times: unknown): times is TimesOfService {
  const { services, sum, squares } = times as Record<keyof TimesOfService, unknown>;
  return [services, sum, squares].every(Number.isFinite) && Number(services) > 0;
}
