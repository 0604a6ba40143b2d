import { adviceFor, dayFactor, workNow, type AdviceLimits, type Arrivals } from '../forecast/staffing.js';
import { elastic, standing } from './branch.js';
import type { Staffing } from './staff.js';

const MINUTE = 60_000;

/** No elastic counter at all. */
export const withoutElastic: Staffing = { from: standing };

/** What a branch expects of a day like others; minutes are those after midnight. */
export interface Expected {
  /** Customers a minute. */
  readonly rate: (minute: number) => number;
  /** Customers until then. */
  readonly until: (minute: number) => number;
  /** Minutes that a customer takes a counter, on average. */
  readonly usual: number;
}

/** Elastic counters by advice, which corrects what was expected by who has come [P-12]. */
export function advised(limits: AdviceLimits, { rate, until, usual }: Expected): Staffing {
  return {
    from: standing,
    look(hall, at, staff) {
      const floor = hall.floor();
      const factor = dayFactor(staff.come, until(staff.minute));
      const arrivals: Arrivals = (ahead) => factor * rate(staff.minute + ahead);
      const opened = elastic.filter((counter) => staff.isAsked(counter));
      const { advice } = adviceFor(
        workNow(floor, staff.reserved, usual, at),
        standing.length + opened.length,
        usual,
        arrivals,
        limits,
      );
      const next = elastic.find((counter) => !staff.isAsked(counter));
      if (advice === 'open' && next !== undefined && staff.pending === 0) staff.ask(next);
      if (advice !== 'close') return;
      const last = opened.findLast(
        (counter) =>
          staff.openFor(counter) >= limits.openAtLeast &&
          floor.counters[counter]?.open &&
          !floor.counters[counter].held,
      );
      if (last !== undefined) staff.close(last);
    },
  };
}

/** One counter opened when somebody has waited more than 15 min, and closed again when nobody waits 4. */
export const reactive: Staffing = {
  from: standing,
  look(hall, at, staff) {
    const floor = hall.floor();
    const longest = floor.waiting.reduce((most, { since }) => Math.max(most, (at - since) / MINUTE), 0);
    const next = elastic.find((counter) => !staff.isAsked(counter));
    if (longest > 15 && next !== undefined && staff.pending === 0) staff.ask(next);
    if (longest >= 4) return;
    const last = elastic.findLast((counter) => staff.openFor(counter) >= 30 && floor.counters[counter]?.open);
    if (last !== undefined) staff.close(last);
  },
};

/** One counter more at the two busy times, 09:50–12:00 and 13:50–16:00. */
export function fixedHours(): Staffing {
  const [counter = 0] = elastic;
  const isOpen = (minute: number): boolean =>
    (minute >= 590 && minute < 720) || (minute >= 830 && minute < 960);
  return {
    from: standing,
    look(hall, _at, staff) {
      const open = isOpen(staff.minute);
      if (open && !staff.isAsked(counter)) staff.ask(counter, true);
      const post = hall.floor().counters[counter];
      // A held counter is closed after its love window: who is escorted there finds it open.
      if (!open && staff.isAsked(counter) && post?.open && !post.held) staff.close(counter);
    },
  };
}
