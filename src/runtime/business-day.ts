import type { ClockChange, LocalDay } from '../lobby/wall-clock.js';

/** A business day is the branch's local date at opening; hours in the settings count from its local midnight. */
export interface BusinessDay extends LocalDay {
  /** YYYY-MM-DD */
  day: string;
}

/** The local date at `at` (UTC ms) in an IANA zone. Throws RangeError for an unknown zone. */
export function businessDay(at: number, timeZone: string): BusinessDay {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const offset = (instant: number) => wallClock(format, instant) - instant;
  const second = Math.floor(at / 1000) * 1000;
  const wall = wallClock(format, second);
  const wallMidnight = Math.floor(wall / DAY) * DAY;
  // The offset may have changed since midnight (summer time), so it is asked again at the guess.
  const guess = wallMidnight - offset(second);
  const midnight = wallMidnight - offset(guess);
  const change = changeAfter(midnight, wallMidnight - midnight, offset);
  const day = new Date(wallMidnight).toISOString().slice(0, 10);
  return { day, midnight, ...(change && { change }) };
}

/** The clock change of the day or of the night after it, in which the day may still run [D-13]. */
function changeAfter(
  midnight: number,
  offset: number,
  offsetAt: (instant: number) => number,
): ClockChange | undefined {
  // Zones change at most once in two days: the first second with the other offset is between these two.
  let [before, after] = [midnight - 1_000, midnight + 2 * DAY];
  const byMinutes = (offsetAt(after) - offset) / 60_000;
  if (byMinutes === 0) return undefined;
  while (after - before > 1_000) {
    const between = before + Math.floor((after - before) / 2_000) * 1_000;
    if (offsetAt(between) === offset) before = between;
    else after = between;
  }
  return { at: after, byMinutes };
}

const DAY = 86_400_000;

/** The zone's wall clock read as if it were UTC. */
function wallClock(format: Intl.DateTimeFormat, at: number): number {
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(at)) part[type] = Number(value);
  return Date.UTC(
    part['year'] ?? 0,
    (part['month'] ?? 1) - 1,
    part['day'],
    part['hour'],
    part['minute'],
    part['second'],
  );
}
