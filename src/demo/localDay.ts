const MINUTE_MS = 60_000;
const A_DAY_MS = 24 * 60 * MINUTE_MS;

export interface LocalDay {
  /** UTC ms of local midnight; days with a change of summer time are off by that hour. */
  midnight: number;
  /** Minutes since then, whole and fraction. */
  minute: number;
}

/** Where the branch's own clock stands at `at` (UTC ms). */
export function localDay(at: number, timeZone: string): LocalDay {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(at)) part[type] = Number(value);
  const whole = (part['hour'] ?? 0) * 60 + (part['minute'] ?? 0);
  const minute = whole + (at % MINUTE_MS) / MINUTE_MS;
  return { midnight: Math.round(at - minute * MINUTE_MS), minute };
}

/** A business date's number since 1970 and its weekday, 0 for Sunday. */
export function dateOf(day: string): { number: number; weekday: number } {
  const date = new Date(`${day}T00:00:00Z`);
  return { number: date.getTime() / A_DAY_MS, weekday: date.getUTCDay() };
}
