import { branchModelOf, expectationOf } from '../../../src/forecast/ahead/expectation.js';
import { weekdayOf } from '../../../src/model/arrivals.js';
import { branchTemplate } from '../../../src/lobby/template.js';

const HOUR = 3_600_000;
const serviceIds = branchTemplate.services.map(({ id }) => id);
/** Wednesday, from local midnight at 0. */
const sofar = { midnight: 0, day: '2026-03-04', serviceIds, issued: {}, counters: 6, lastTicket: 17 * 60 };
const day = (issued: Record<string, number>, at = 8 * HOUR, counters = 6) =>
  expectationOf({ ...sofar, issued, counters }, at);
const total = (rates: readonly number[]): number => 30 * rates.reduce((sum, rate) => sum + rate, 0);

describe('What the rest of a day is expected to bring', () => {
  it('[P-17] is the published day in the morning, scaled to the counters', () => {
    const usual = total(day({}).rates);
    expect(usual).toBeGreaterThan(300);
    expect(total(day({}, 8 * HOUR, 3).rates)).toBeCloseTo(usual / 2, 0);
    expect(day({}).services.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  });

  it('[P-17] follows today: a quiet day is expected to stay quiet, and what is asked for to be asked for', () => {
    const noon = 12 * HOUR;
    const quiet = day({ cash: 20 }, noon);
    const busy = day({ cash: 400 }, noon);
    expect(total(quiet.rates)).toBeLessThan(0.4 * total(day({}, 8 * HOUR).rates));
    expect(total(busy.rates)).toBeGreaterThan(1.2 * total(day({}, 8 * HOUR).rates));
    const cash = serviceIds.indexOf('cash');
    expect(busy.services[cash]).toBeGreaterThan(0.9);
    expect(busy.services.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  });

  it('[P-31] is the published day to the last figure where the branch has no days of its own', () => {
    const wednesday = 8_232 / ((9_183 + 8_327 + 8_232 + 7_067 + 8_886) / 5);
    const perMinute = (customers: number): number => (390 * (customers / 49_356) * wednesday) / 60;
    const { rates } = day({});
    for (const [hour, customers] of [
      [7, 0],
      [8, 1_608],
      [14, 7_321],
      [16, 4_128],
      [17, 0],
    ] as const)
      for (const half of [2 * hour, 2 * hour + 1]) expect(rates[half]).toBeCloseTo(perMinute(customers), 9);
    expect(rates).toHaveLength(48);
    expect(total(rates)).toBeCloseTo(total(day({}, 0).rates), 9);
  });

  it('[P-31] is the branch’s own day where it has learnt one, corrected by today as the published one is', () => {
    const learnt = {
      halfHours: Array.from({ length: 48 }, (_, half) => (half >= 18 && half < 30 ? 10 : 0)),
      services: { cash: 0.5, personal: 0.5 },
      days: 12,
    };
    const own = (issued: Record<string, number>, at: number) =>
      expectationOf({ ...sofar, issued, learnt }, at);
    const morning = own({}, 9 * HOUR);
    expect(morning.rates[20]).toBeCloseTo(1 / 3, 9);
    expect(morning.rates[17]).toBe(0);
    expect(morning.services[serviceIds.indexOf('personal')]).toBe(0.5);
    // Thirty were to come until half past ten, and sixty did.
    const busy = own({ cash: 60 }, 10.5 * HOUR);
    expect(busy.rates[20]).toBeCloseTo((1 / 3) * (90 / 60), 9);
    expect(busy.services[serviceIds.indexOf('cash')]).toBeCloseTo((25 + 60) / 110, 9);
    const early = expectationOf({ ...sofar, learnt, lastTicket: 12 * 60 + 15 }, 9 * HOUR);
    expect(early.rates.slice(23, 26)).toEqual([1 / 3, 1 / 6, 0]);
  });

  it('[P-17] gives forward runs a rate that is nought outside of the day and never above its peak', () => {
    const model = branchModelOf(day({}));
    expect(model.rate(-HOUR)).toBe(0);
    expect(model.rate(30 * HOUR)).toBe(0);
    expect(model.rate(10.5 * HOUR)).toBeGreaterThan(0);
    for (let hour = 0; hour < 24; hour += 1) expect(model.rate(hour * HOUR)).toBeLessThanOrEqual(model.peak);
  });

  it('knows the days of the week', () => {
    for (const [date, weekday] of [
      ['2026-03-04', 3],
      ['2024-02-29', 4],
      ['2000-01-01', 6],
      ['2100-03-01', 1],
    ] as const)
      expect(weekdayOf(date)).toBe(weekday);
  });
});
