import { performance } from 'node:perf_hooks';
import { nextAt } from '../../lobby/choice/next.js';
import { arrivalsOf, type Customer } from '../../model/arrivals.js';
import type { BranchSetup } from '../../protocol/settings.js';
import { modelBranch, standing } from '../branch.js';
import { CompactHall } from '../compactHall.js';
import { CoreHall } from '../coreHall.js';
import { Day } from '../play.js';
import { quantile } from './figures.js';
import type { Verdict } from './targets.js';

const MIDNIGHT = Date.UTC(2026, 2, 1, 16);
const MINUTE = 60_000;
const staffing = { from: standing };

/** The core's own day, with its bookings known from the morning on. */
export const coreDay = (branch: BranchSetup, customers: readonly Customer[]): Day =>
  new Day(
    customers,
    MIDNIGHT,
    (told) =>
      new CoreHall(
        branch,
        told,
        MIDNIGHT,
        MIDNIGHT + 6 * 60 * MINUTE,
        customers.flatMap(({ booked, at, serviceId }, customer) =>
          booked === undefined ? [] : [{ customer, at: MIDNIGHT + Math.round(at * MINUTE), serviceId }],
        ),
      ),
    staffing,
  );

export const compactDay = (branch: BranchSetup, customers: readonly Customer[]): Day =>
  new Day(customers, MIDNIGHT, (told) => new CompactHall(branch, told), staffing);

const secondsOf = (act: () => void): number => {
  const from = performance.now();
  act();
  return (performance.now() - from) / 1000;
};

/** One decision with `waiting` visits before the counter, in ms, as many times as asked. */
function decisions(waiting: number, times: number): number[] {
  const branch = modelBranch({ minutesToProtect: 240 });
  const hall = new CompactHall(branch, { called: () => undefined, held: () => undefined });
  const people = arrivalsOf(1, 1, { load: 2, specialShare: 0.06 }).slice(0, waiting);
  people.forEach((who, i) => {
    hall.arrive(i, who, MIDNIGHT + i, MIDNIGHT + i);
  });
  const [counter] = hall.lobby.counters;
  if (!counter) return [];
  return Array.from(
    { length: times },
    (_, i) => 1000 * secondsOf(() => nextAt(hall.lobby, counter, MIDNIGHT + 20 * MINUTE + i)),
  );
}

/** T11: rounds of both engines in turn, medians compared; the absolute is told but not judged. */
export function speedVerdicts(seed: number): Verdict[] {
  const branch = modelBranch();
  const days = (from: number, count: number): Customer[][] =>
    Array.from({ length: count }, (_, i) => arrivalsOf(seed + from + i, 1 + (i % 5)));
  const few = days(0, 3);
  const many = days(0, 60);
  const rates = { core: [] as number[], compact: [] as number[] };
  // The first round only warms both up.
  for (let round = 0; round < 6; round += 1) {
    const core = secondsOf(() => few.forEach((day) => coreDay(branch, day).play()));
    const compact = secondsOf(() => many.forEach((day) => compactDay(branch, day).play()));
    if (round === 0) continue;
    rates.core.push(few.length / core);
    rates.compact.push(many.length / compact);
  }
  const [core, compact] = [quantile(rates.core, 0.5), quantile(rates.compact, 0.5)];
  const p99 = quantile(decisions(300, 3000).slice(1000), 0.99);
  return [
    {
      target: 'T11',
      what: 'days a second on the compact lobby, against the core',
      figure: `${(compact / core).toFixed(1)}× (${compact.toFixed(0)} against ${core.toFixed(1)})`,
      bound: '≥ 20×',
      met: compact / core >= 20,
    },
    {
      target: 'T11',
      what: 'next visit with 300 waiting, p99',
      figure: `${p99.toFixed(3)} ms`,
      bound: '≤ 1 ms',
      met: p99 <= 1,
    },
  ];
}
