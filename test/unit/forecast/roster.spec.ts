import fc from 'fast-check';
import { expectedArrivals, type PastDay } from '../../../src/forecast/roster/arrivals.js';
import { rosterOf } from '../../../src/forecast/roster/roster.js';
import { branchTemplate } from '../../../src/lobby/template.js';
import { calendarDay, daysAfter, weekFactor } from '../../../src/model/calendar.js';
import { setupWith } from '../../support/lobby.js';

const TUESDAY = '2026-03-03';
const PENSION = '2026-03-16';
const HALVES = Array.from({ length: 48 }, (_, i) => i);
const at = (day: string) => calendarDay(day, 'Asia/Shanghai');

/** A day that was open from 08:00 to 17:30, with so many customers each half hour, and the published mix. */
const dayWith = (day: string, each: number, open: (half: number) => number = () => 1): PastDay => {
  const share = HALVES.map((half) => (half >= 16 && half < 35 ? open(half) : 0));
  return {
    day,
    came: share.map((part) => part * each),
    open: share,
    customers: 19 * each,
    services: {},
  };
};
const expected = (day: string, past: PastDay[], counters = 6) =>
  expectedArrivals(
    at(day),
    past.map((each) => ({ past: each, at: at(each.day) })),
    counters,
  );
const workdays = (from: string, count: number): string[] =>
  Array.from({ length: 400 }, (_, i) => daysAfter(from, i))
    .filter((day) => at(day).kind === 'ordinary' && at(day).working)
    .slice(0, count);

describe('who is expected on a coming day', () => {
  it('[H-12] without any day of the branch it is the published day, for its weekday and its counters', () => {
    const { mean, busy, days, like } = expected(TUESDAY, []);
    // 09:00 of 390 customers, Tuesday's 8,327 against the mean of Monday to Friday.
    const nine = ((390 * 5876) / 49_356 / 2) * (8327 / 8339);
    expect(mean[18]).toBeCloseTo(nine, 9);
    expect(expected(TUESDAY, [], 3).mean[18]).toBeCloseTo(nine / 2, 9);
    expect([days, like]).toEqual([0, 0]);
    for (const half of HALVES.slice(16, 36)) expect(busy[half]).toBeGreaterThan(mean[half]!);
    expect(busy[0]).toBe(0);
  });

  it('[H-12] lies between the published day and the branch’s own, nearer to these with each of them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 40 }), (each, count) => {
        const past = workdays('2025-03-03', count).map((day) => dayWith(day, each * weekFactor(at(day))));
        const prior = expected(TUESDAY, []).mean[20]!;
        const own = each * weekFactor(at(TUESDAY));
        const { mean, busy } = expected(TUESDAY, past);
        const weight = past.reduce((sum, { day }) => sum + weekFactor(at(day)), 0);
        expect(mean[20]).toBeCloseTo((5 * prior + weight * own) / (5 + weight), 9);
        expect(expected(TUESDAY, [...past].reverse()).mean[20]).toBeCloseTo(mean[20]!, 9);
        expect(busy[20]).toBeGreaterThan(mean[20]!);
      }),
    );
  });

  it('[H-12] a half hour in which nobody could come is none in which nobody came', () => {
    const past = workdays('2026-01-05', 6).map((day) => dayWith(day, 20));
    const shut = workdays('2026-02-24', 3).map((day) => dayWith(day, 20, (half) => (half < 24 ? 1 : 0)));
    const { mean } = expected(TUESDAY, [...past, ...shut]);
    expect(mean[30]).toBe(expected(TUESDAY, past).mean[30]);
    // The mornings count like those of other days.
    const whole = shut.map(({ day }) => dayWith(day, 20));
    expect(mean[20]).toBe(expected(TUESDAY, [...past, ...whole]).mean[20]);
    expect(mean[30]).not.toBe(expected(TUESDAY, [...past, ...whole]).mean[30]);
    // Half of a half hour with half of its customers teaches half as much of the same.
    const half = expected(TUESDAY, [dayWith('2026-03-02', 20, () => 0.5)]).mean[20]!;
    const prior = expected(TUESDAY, []).mean[20]! / weekFactor(at(TUESDAY));
    const part = 0.5 * weekFactor(at('2026-03-02'));
    expect(half / weekFactor(at(TUESDAY))).toBeCloseTo((5 * prior + 10) / (5 + part), 9);
  });

  it('[H-12] pension days are learnt from pension days, the others count before them for five days', () => {
    const usual = workdays('2025-11-03', 60).map((day) => dayWith(day, 20 * weekFactor(at(day))));
    const pension = ['2026-01-15', '2026-01-16', '2026-01-19', '2026-01-20', '2026-02-13'].map((day) =>
      dayWith(day, 30 * weekFactor(at(day))),
    );
    const before = expected(PENSION, usual);
    const after = expected(PENSION, [...usual, ...pension.slice(0, 4)]);
    expect([before.days, before.like, after.days, after.like]).toEqual([60, 0, 64, 4]);
    const factor = weekFactor(at(PENSION));
    expect(before.mean[20]! / factor).toBeGreaterThan(20);
    expect(before.mean[20]! / factor).toBeLessThan(21);
    expect(after.mean[20]! / factor).toBeGreaterThan(24);
    expect(after.mean[20]! / factor).toBeLessThan(26);
    // The 13th is none, and an ordinary day is hardly moved by what pension days bring.
    expect(expected(PENSION, [...usual, ...pension]).like).toBe(4);
    const ordinary = expected(TUESDAY, [...usual, ...pension.slice(0, 4)]).mean[20]!;
    expect(ordinary / weekFactor(at(TUESDAY))).toBeGreaterThan(20);
    expect(ordinary / weekFactor(at(TUESDAY))).toBeLessThan(21);
  });
});

describe('a roster', () => {
  const roster = (past: PastDay[] = [], setup = branchTemplate, day = TUESDAY) => rosterOf(setup, day, past);

  it('[H-11] has every half hour in which tickets are given, the last one as long as it is', () => {
    const { slots, counters, elastic, known, kind } = roster();
    expect(slots[0]).toMatchObject({ from: 480, until: 510 });
    expect(slots.at(-1)).toMatchObject({ from: 1050, until: 1065 });
    expect(slots).toHaveLength(20);
    expect({ counters, elastic, known, kind }).toEqual({
      counters: 8,
      elastic: 2,
      known: true,
      kind: 'ordinary',
    });
    // A quarter of an hour has half the customers of its half hour, and needs about as many windows.
    expect(slots.at(-1)!.arrivals).toBeCloseTo(slots.at(-2)!.arrivals / 2, 9);
    expect(slots.at(-1)!.needed).toEqual(slots.at(-2)!.needed);
  });

  it('[H-13] asks for what Erlang says, by the work of the branch’s own mix', () => {
    const { slots, minutesEach } = roster();
    const ten = slots.find(({ from }) => from === 600)!;
    expect(ten.work).toBeCloseTo(ten.arrivals * minutesEach, 9);
    // 28.4 customers in half an hour, 6.1 minutes each, are 5.8 erlangs: 50 % wait too long at six, 3 % at seven.
    expect(minutesEach).toBeCloseTo(6.09, 2);
    expect(ten.arrivals).toBeCloseTo(28.4, 1);
    expect(ten.needed).toEqual({ rule: 'steady', counters: 7 });
    expect(ten.neededBusy).toEqual({ rule: 'steady', counters: 9 });
    const long = { ...dayWith('2026-03-02', 20), services: { cash: 380 } };
    const complex = { ...long, services: { cashComplex: long.customers } };
    expect(roster([complex]).minutesEach).toBeGreaterThan(roster([long]).minutesEach + 3);
    // Who came for what there is no longer makes nobody's work less.
    const gone = { ...long, services: { telegrams: long.customers } };
    expect(roster([gone]).minutesEach).toBeCloseTo(minutesEach, 9);
  });

  it('[H-13] in overload only the work that piles up counts, until it is done', () => {
    const past = workdays('2025-11-03', 40).map((day) => ({
      ...dayWith(day, 5),
      came: HALVES.map((half) => (half === 20 || half === 21 ? 60 : half < 35 ? 5 : 0)),
    }));
    const { slots, counters } = roster(past);
    const rules = slots.map(({ needed }) => needed.rule);
    expect(rules.slice(0, 4)).toEqual(['steady', 'steady', 'steady', 'steady']);
    // Two half hours bring more than can be done, and the third does what they left.
    expect(rules.slice(4, 8)).toEqual(['overload', 'overload', 'overload', 'steady']);
    expect(rules.at(-1)).toBe('steady');
    const [first, second] = slots.slice(4, 6);
    // All that came beyond what eight windows do in half an hour stands before them.
    const waits = (slot: typeof first): number =>
      slot?.needed.rule === 'overload' ? slot.needed.waits : NaN;
    expect(waits(first)).toBeCloseTo((first!.work - 30 * counters) / counters, 6);
    expect(waits(second)).toBeCloseTo((first!.work + second!.work - 60 * counters) / counters, 6);
  });

  it('[H-13] needs no fewer windows when more come, and more than there are where that keeps the goal', () => {
    const counts = [0, 5, 10, 15, 20, 25, 30, 34, 36, 38, 40, 45, 50].map((each) =>
      roster(workdays('2025-11-03', 60).map((day) => dayWith(day, each))),
    );
    const needed = counts.map(({ slots }) => {
      const slot = slots.find(({ from }) => from === 600)!;
      return slot.needed.rule === 'steady' ? slot.needed.counters : Infinity;
    });
    expect(needed).toEqual([...needed].sort((a, b) => a - b));
    expect(needed[0]).toBeLessThan(3);
    expect(needed.at(-1)).toBe(Infinity);
  });

  it('[H-11] a branch that closes early, or gives no tickets at all, has no more half hours than that', () => {
    expect(roster([], setupWith({ lastTicket: 600 })).slots).toHaveLength(4);
    expect(roster([], setupWith({ lastTicket: 480 })).slots).toEqual([]);
  });
});
