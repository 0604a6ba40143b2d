import { arrivalsOf } from '../../model/arrivals.js';
import { usualSettings } from '../../protocol/usualSettings.js';
import { modelBranch } from '../branch.js';
import { CoreHall } from '../coreHall.js';
import { Overseer, nothingSeen, type Seen } from '../overseer.js';
import { Day, usualHabits } from '../play.js';
import { policies } from './policies.js';
import { MIDNIGHT, type Cell } from './run.js';

/** What overseers have seen of a cell's days. */
export interface Overseen extends Seen {
  days: number;
}

const MINUTE = 60_000;
const SIX = 6 * 60 * MINUTE;

/**
 * Days of a cell once more, on decide and evolve, each under an overseer, who throws at the first rule that is broken
 * [P-13]. What staff do by hand in some baselines is no command of the core's: those are left out. Care is asked for
 * as in a live branch.
 */
export function overseeCell(cell: Cell, seedBase: number, days: number): Overseen {
  const seen: Overseen[] = [];
  const { careAfter, careReminder } = usualSettings;
  for (let day = 0; day < days; day += 1) {
    const weekday = 1 + (day % 5);
    const customers = arrivalsOf(seedBase + day, weekday, cell);
    const bookings = customers.flatMap(({ booked, at, serviceId }, customer) =>
      booked === undefined ? [] : [{ customer, at: MIDNIGHT + Math.round(at * MINUTE), serviceId }],
    );
    for (const { settings, special, staffing } of policies) {
      if (typeof special === 'object') continue;
      const branch = modelBranch({ ...settings, careAfter, careReminder });
      const overseer = new Overseer(branch);
      let hall: CoreHall | undefined;
      const habits = { ...usualHabits, special };
      new Day(
        customers,
        MIDNIGHT,
        (told) =>
          (hall = new CoreHall(branch, told, MIDNIGHT, MIDNIGHT + SIX, bookings, (input, events, state) => {
            overseer.see(input, events, state);
          })),
        staffing(weekday, cell),
        habits,
      ).play();
      if (hall) overseer.checkEnd(hall.state);
      seen.push({ days: 1, ...overseer.seen });
    }
  }
  return inAll(seen);
}

/** Of several cells, or days, together. */
export function inAll(several: readonly Overseen[]): Overseen {
  const all: Overseen = { days: 0, ...nothingSeen() };
  for (const each of several) for (const key of Object.keys(all) as (keyof Overseen)[]) all[key] += each[key];
  return all;
}
