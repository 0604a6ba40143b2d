import { htmlLang, lang } from '../shared/i18n.js';

const MINUTE = 60_000;

/** Whole minutes from `since` to `now`, both branch times in UTC ms; a threshold is reached at ≥. */
export const minutesSince = (since: number, now: number): number =>
  Math.max(0, Math.floor((now - since) / MINUTE));

/** Minutes until something is expected, as every page says them: whole, and at least one [W-34]. */
export const wholeMinutes = (minutes: number): number => Math.max(1, Math.round(minutes));

/** Whole seconds to wait until `until`, never below 0. */
export const secondsUntil = (until: number, now: number): number =>
  Math.max(0, Math.ceil((until - now) / 1000));

/** Whole seconds that are left until `until`: a page's `now` is a full second, so it never tells more than there are. */
export const secondsLeft = (until: number, now: number): number =>
  Math.max(0, Math.floor((until - now) / 1000));

/** A running time as m:ss. */
export function running(since: number, now: number): string {
  const seconds = Math.max(0, Math.floor((now - since) / 1000));
  return `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, '0')}`;
}

/** HH:mm in the branch's own time zone. */
export const clockTime = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat(htmlLang(lang.value), {
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    timeZone,
  }).format(at);

/** UTC ms of HH:mm on that date in the branch's time zone; in a clock change's missing hour, an hour later. */
export function instantOf(day: string, time: string, timeZone: string): number {
  const asUtc = Date.parse(`${day}T${time}:00Z`);
  const offset = (at: number): number => {
    const part = Object.fromEntries(
      new Intl.DateTimeFormat('en-US', {
        timeZone,
        hourCycle: 'h23',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
      })
        .formatToParts(at)
        .map(({ type, value }) => [type, Number(value)]),
    );
    return (
      Date.UTC(part['year'] ?? 0, (part['month'] ?? 1) - 1, part['day'], part['hour'], part['minute']) - at
    );
  };
  // Twice, because the offset wanted is that of the result, not of the same figures read as UTC.
  return asUtc - offset(asUtc - offset(asUtc));
}

/** YYYY-MM-DD at `at` (UTC ms) in the branch's time zone. */
const localDate = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone }).format(
    at,
  );

/** What the branch's clocks show at `at` (UTC ms), minutes after midnight. */
export const minuteOfDay = (at: number, timeZone: string): number => {
  const [hours = 0, minutes = 0] = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  })
    .format(at)
    .split(':')
    .map(Number);
  return hours * 60 + minutes;
};

/** HH:mm of a minute of the day. */
export const clockOf = (minute: number): string =>
  [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');

/** The day that the view names is over and its date is still today's: no other can be opened before tomorrow [D-1]. */
export const dayHasEnded = (
  { phase, day, timeZone }: { phase: string; day?: string; timeZone: string },
  now: number,
): boolean => phase === 'closed' && day !== undefined && day >= localDate(now, timeZone);

/** A business date in words, as the page's language writes it. */
export const longDate = (day: string): string =>
  new Intl.DateTimeFormat(htmlLang(lang.value), { month: 'long', day: 'numeric', timeZone: 'UTC' }).format(
    Date.parse(`${day}T00:00:00Z`),
  );
