import type { Need, Roster, RosterSlot } from '../../protocol/roster.js';
import type { BranchSetup } from '../../protocol/settings.js';
import { calendarDay } from '../../model/calendar.js';
import { minutesAtCounter } from '../ahead/minutes.js';
import { HALF_HOUR, HALF_HOURS } from '../ahead/published.js';
import { arrivalsOn, PRIOR_DAYS, servicesEach, type PastDay } from './arrivals.js';
import { fewestCounters, type WaitGoal } from './erlang.js';

const GOAL: WaitGoal = { share: 0.05, minutes: 15 };

/** When the branch gives tickets, minutes after local midnight [from, until). */
export function ticketHours({ services, settings }: Pick<BranchSetup, 'services' | 'settings'>): {
  from: number;
  until: number;
} {
  const from = Math.min(...services.map(({ hours }) => hours.from));
  const until = Math.min(settings.lastTicket, Math.max(...services.map(({ hours }) => hours.to)));
  return { from, until };
}

/** The minutes [from, until) by half hours, with what they have of each. */
export function halfHoursOf(from: number, until: number): { half: number; from: number; until: number }[] {
  return Array.from({ length: HALF_HOURS }, (_, half) => ({
    half,
    from: Math.max(from, half * HALF_HOUR),
    until: Math.min(until, (half + 1) * HALF_HOUR),
  })).filter((slot) => slot.from < slot.until);
}

/**
 * What each half hour needs. Work beyond what all counters can do stands before the next half hour: the fluid balance
 * of `peakAhead`, by minutes. While it stands no steady state is near, and Erlang's formula says nothing.
 */
function needs(
  customers: readonly number[],
  slots: readonly Span[],
  counters: number,
  minutesEach: number,
): Need[] {
  let standing = 0;
  return slots.map(({ from, until }, i) => {
    const load = ((customers[i] ?? 0) / (until - from)) * minutesEach;
    let worst = 0;
    for (let minute = from; minute < until; minute += 1) {
      standing = Math.max(0, standing + load - counters);
      worst = Math.max(worst, standing);
    }
    return worst > 0
      ? { rule: 'overload', waits: worst / counters }
      : { rule: 'steady', counters: fewestCounters(load, minutesEach, GOAL) };
  });
}

type Span = Pick<RosterSlot, 'from' | 'until'>;

/**
 * How many counters a coming day needs, half hour by half hour, as if each took every service: M/M/c with the mean of
 * the branch's mix, by Erlang's formula where there is a steady state and by the fluid balance in overload.
 *
 * @param setup with which the day will open
 * @param day YYYY-MM-DD
 */
export function rosterOf(setup: BranchSetup, day: string, past: readonly PastDay[]): Omit<Roster, 'choices'> {
  const { services, counters, timeZone, settings } = setup;
  const elastic = counters.filter((counter) => counter.elastic).length;
  const at = calendarDay(day, timeZone);
  const { mean, busy, days, like } = arrivalsOn(setup, day, past);
  const each = servicesEach(
    services.map(({ id }) => id),
    past,
  );
  const minutesEach = minutesAtCounter(services, each, settings);
  const { from, until } = ticketHours(setup);
  const spans = halfHoursOf(from, until);
  const within = (halves: readonly number[]): number[] =>
    spans.map((span) => ((halves[span.half] ?? 0) * (span.until - span.from)) / HALF_HOUR);
  const [arrivals, arrivalsBusy] = [within(mean), within(busy)];
  const needed = needs(arrivals, spans, counters.length, minutesEach);
  const neededBusy = needs(arrivalsBusy, spans, counters.length, minutesEach);
  return {
    ...at,
    counters: counters.length,
    elastic,
    minutesEach,
    basis: { days, like, priorDays: PRIOR_DAYS },
    slots: spans.flatMap((span, i): RosterSlot[] => {
      const [steady, onBusyDay] = [needed[i], neededBusy[i]];
      if (!steady || !onBusyDay) return [];
      return [
        {
          from: span.from,
          until: span.until,
          arrivals: arrivals[i] ?? 0,
          arrivalsBusy: arrivalsBusy[i] ?? 0,
          work: (arrivals[i] ?? 0) * minutesEach,
          needed: steady,
          neededBusy: onBusyDay,
        },
      ];
    }),
  };
}
