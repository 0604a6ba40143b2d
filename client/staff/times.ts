import { htmlLang, lang } from '../shared/i18n.js';

const MINUTE = 60_000;

/** Whole minutes from `since` to `now`, both branch times in UTC ms; a threshold is reached at ≥. */
export const minutesSince = (since: number, now: number): number =>
  Math.max(0, Math.floor((now - since) / MINUTE));

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
