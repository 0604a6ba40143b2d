import { minuteAt } from '../lobby/wall-clock.js';
import type { EventType, Occurrence } from '../lobby/events.js';
import { HALF_HOUR, HALF_HOURS } from '../forecast/ahead/published.js';
import type { PastDay } from '../forecast/roster/arrivals.js';
import { halfHoursOf, ticketHours } from '../forecast/roster/roster.js';

/** All that a day's arrivals are read from; a `DayOpened` comes first. */
export const arrivalEvents: readonly EventType[] = [
  'DayOpened',
  'SettingsChanged',
  'ServiceInterrupted',
  'VisitIssued',
  'DayClosed',
];

const zeros = (): number[] => Array.from({ length: HALF_HOURS }, () => 0);

/**
 * Who came on a day that is over, and when one could: from the opening to the last ticket or the closing, outages left
 * out. A half hour in which nobody could come is no half hour in which nobody came. Undefined of a day on which nobody
 * came at all: it was opened, but not the branch.
 *
 * @param entries of the types above, in order
 */
export function pastDayOf(entries: readonly Occurrence[]): PastDay | undefined {
  const [first] = entries;
  if (first?.event.type !== 'DayOpened') return undefined;
  const { day, setup, ...local } = first.event;
  const minute = (at: number): number => minuteAt(local, at);
  let { lastTicket } = setup.settings;
  let closed = Infinity;
  const issued: number[] = [];
  const services: Record<string, number> = {};
  const out: { from: number; until: number }[] = [];
  for (const { event, at } of entries)
    if (event.type === 'SettingsChanged') lastTicket = event.settings.lastTicket ?? lastTicket;
    else if (event.type === 'ServiceInterrupted')
      out.push({ from: minute(event.from), until: minute(event.to) });
    else if (event.type === 'DayClosed') closed = minute(at);
    else if (event.type === 'VisitIssued') {
      issued.push(minute(at));
      for (const id of event.serviceIds) services[id] = (services[id] ?? 0) + 1;
    }
  if (issued.length === 0) return undefined;
  const { from, until } = ticketHours({
    services: setup.services,
    settings: { ...setup.settings, lastTicket },
  });
  const open = zeros();
  const give = (start: number, end: number, sign: 1 | -1): void => {
    const spans = halfHoursOf(Math.max(start, from, minute(first.at)), Math.min(end, until, closed));
    for (const span of spans)
      open[span.half] = (open[span.half] ?? 0) + (sign * (span.until - span.from)) / HALF_HOUR;
  };
  give(from, until, 1);
  for (const outage of out) give(outage.from, outage.until, -1);
  const came = zeros();
  // A ticket beyond the hours says nothing of a rate, be there some minutes of its half hour within them.
  for (const at of issued) {
    const half = Math.floor(at / HALF_HOUR);
    if (at >= from && at < until && (open[half] ?? 0) > 0) came[half] = (came[half] ?? 0) + 1;
  }
  return { day, came, open, customers: issued.length, services };
}
