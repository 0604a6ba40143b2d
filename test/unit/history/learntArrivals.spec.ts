import { expectationOf, rateAt, type Expectation } from '../../../src/forecast/ahead/expectation.js';
import { minutesAtCounter } from '../../../src/forecast/ahead/minutes.js';
import type { PastDay } from '../../../src/forecast/roster/arrivals.js';
import { leanLimits } from '../../../src/forecast/staffing.js';
import { rosterOf } from '../../../src/forecast/roster/roster.js';
import { learntArrivals } from '../../../src/history/learntArrivals.js';
import { arrivalsOf, weekdayOf, type Customer } from '../../../src/model/arrivals.js';
import { daysAfter } from '../../../src/model/calendar.js';
import type { LearntArrivals } from '../../../src/protocol/settings.js';
import { modelBranch, standing } from '../../../src/simulator/branch.js';
import { CompactHall } from '../../../src/simulator/compactHall.js';
import { advised } from '../../../src/simulator/elasticity.js';
import { Day, type Played } from '../../../src/simulator/play.js';
import type { Staffing } from '../../../src/simulator/staff.js';
import { setupWith } from '../../support/lobby.js';

const MINUTE = 60_000;
const serviceIds = modelBranch().services.map(({ id }) => id);

/** A quieter branch than the published one, to which twice as many come from two till four. */
function customersOn(day: string, seed: number): Customer[] {
  const crowd = { load: 0.65, specialShare: 0.06 };
  const more = arrivalsOf(seed + 5_000, weekdayOf(day), crowd).filter(({ at }) => at >= 840 && at < 960);
  return [...arrivalsOf(seed, weekdayOf(day), crowd), ...more].sort((a, b) => a.at - b.at);
}

const halfHours = (each: (half: number) => number): number[] => Array.from({ length: 48 }, (_, i) => each(i));

function pastDay(day: string, customers: readonly Customer[]): PastDay {
  const services: Record<string, number> = {};
  for (const { serviceId } of customers) services[serviceId] = (services[serviceId] ?? 0) + 1;
  return {
    day,
    came: halfHours((half) => customers.filter(({ at }) => Math.floor(at / 30) === half).length),
    open: halfHours((half) => (half >= 16 && half < 36 ? 1 : 0)),
    customers: customers.length,
    services,
  };
}

const workdays = Array.from({ length: 60 }, (_, i) => daysAfter('2026-03-02', i)).filter(
  (day) => weekdayOf(day) % 6 !== 0,
);
const past = workdays.slice(0, 10).map((day, i) => pastDay(day, customersOn(day, i)));
const coming = workdays.slice(10, 30).map((day, i) => ({ day, customers: customersOn(day, 100 + i) }));

const expectedAt = (
  day: string,
  customers: readonly Customer[],
  learnt: LearntArrivals | undefined,
  minute: number,
): Expectation => {
  const issued: Record<string, number> = {};
  for (const { at, serviceId } of customers)
    if (at <= minute) issued[serviceId] = (issued[serviceId] ?? 0) + 1;
  return expectationOf(
    { midnight: 0, day, serviceIds, issued, counters: standing.length, lastTicket: 1_080, learnt },
    minute * MINUTE,
  );
};

/** The day as its managers are advised on it each minute, and follow. */
function lived(day: string, customers: readonly Customer[], learnt: LearntArrivals | undefined): Played {
  const branch = modelBranch();
  const staffing: Staffing = {
    from: standing,
    look(hall, at, staff) {
      const expectation = expectedAt(day, customers, learnt, staff.minute);
      const rate = (minute: number): number => rateAt(expectation, minute * MINUTE);
      const usual = minutesAtCounter(branch.services, expectation.services, branch.settings);
      // Today's customers are in it already.
      advised(leanLimits, { rate, until: () => staff.come, usual }).look?.(hall, at, staff);
    },
  };
  return new Day(
    customers,
    Date.UTC(2026, 2, 1, 16),
    (told) => new CompactHall(branch, told),
    staffing,
  ).play();
}

/** Customers of the next two hours, and ordinary ones' waits, over the coming days. */
function figures(learntOn: (day: string) => LearntArrivals | undefined) {
  let [off, looks, wait, long, served, elastic] = [0, 0, 0, 0, 0, 0];
  for (const { day, customers } of coming) {
    const learnt = learntOn(day);
    for (let minute = 510; minute <= 900; minute += 30) {
      const expectation = expectedAt(day, customers, learnt, minute);
      let expected = 0;
      for (let ahead = 0; ahead < 120; ahead += 1) expected += rateAt(expectation, (minute + ahead) * MINUTE);
      off += Math.abs(expected - customers.filter(({ at }) => at > minute && at <= minute + 120).length);
      looks += 1;
    }
    const { rows, elasticMinutes } = lived(day, customers, learnt);
    elastic += elasticMinutes;
    for (const [i, { arrivedAt, startedAt }] of rows.entries()) {
      if (startedAt === undefined || customers[i]?.special) continue;
      served += 1;
      wait += startedAt - arrivedAt;
      if (startedAt - arrivedAt >= 15) long += 1;
    }
  }
  return { off: off / looks, wait: wait / served, long: long / served, elastic: elastic / coming.length };
}

describe('who comes to a branch that is unlike the published one', () => {
  it('[P-31] is known twice as well from ten days of its own, and advice then opens windows in time', () => {
    const published = figures(() => undefined);
    const own = figures((day) => learntArrivals(modelBranch(), day, past));
    // 22.9 of 80 customers off, and 12.2; over 15 min 4.7 % and 4.2 %, on average 3.57 and 3.43 min, with 135 and 134 min.
    expect(own.off).toBeLessThan(0.6 * published.off);
    expect(own.long).toBeLessThan(0.92 * published.long);
    expect(own.wait).toBeLessThan(0.98 * published.wait);
    expect(own.elastic).toBeLessThan(1.02 * published.elastic);
  });

  it('[P-31, H-12] is what the roster of that day says, half hour by half hour', () => {
    const setup = setupWith({ lastTicket: 18 * 60 });
    const day = workdays[10] ?? '';
    const roster = rosterOf(setup, day, past);
    const learnt = learntArrivals(setup, day, past);
    expect(learnt?.days).toBe(10);
    for (const { from, arrivals } of roster.slots)
      expect(learnt?.halfHours[from / 30]).toBeCloseTo(arrivals, 3);
    // Double from two on, which the published day has nothing of.
    const [before, after] = [learnt?.halfHours[27] ?? 0, learnt?.halfHours[28] ?? 0];
    expect(after / before).toBeGreaterThan(1.4 * (7_321 / 3_828));
    const shares = Object.values(learnt?.services ?? {});
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 3);
  });

  it('[P-31] comes in the hours of its services, whenever the last ticket of a day is', () => {
    const setup = setupWith({ lastTicket: 12 * 60 });
    const late = {
      ...setup,
      services: setup.services.map((service) => ({ ...service, hours: { from: 9 * 60 + 15, to: 16 * 60 } })),
    };
    const day = workdays[10] ?? '';
    const all = learntArrivals(setup, day, past)?.halfHours ?? [];
    const some = learntArrivals(late, day, past)?.halfHours ?? [];
    expect(
      some
        .slice(0, 18)
        .concat(some.slice(32))
        .every((customers) => customers === 0),
    ).toBe(true);
    expect(some[18]).toBeCloseTo((all[18] ?? 0) / 2, 3);
    expect(some.slice(19, 32)).toEqual(all.slice(19, 32));
    expect(some[30]).toBeGreaterThan(0);
  });

  it('[P-31] is nothing of its own before its first day', () => {
    expect(learntArrivals(setupWith(), '2026-03-04', [])).toBeUndefined();
  });
});
