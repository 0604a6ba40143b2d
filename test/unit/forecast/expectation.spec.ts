import { branchModelOf, expectationOf } from '../../../src/forecast/ahead/expectation.js';
import { weekdayOf } from '../../../src/model/arrivals.js';
import { branchTemplate } from '../../../src/lobby/template.js';

const HOUR = 3_600_000;
const serviceIds = branchTemplate.services.map(({ id }) => id);
/** Wednesday, from local midnight at 0. */
const sofar = { midnight: 0, day: '2026-03-04', serviceIds, issued: {}, counters: 6, lastTicket: 17 * 60 };
const day = (issued: Record<string, number>, at = 8 * HOUR, counters = 6) =>
  expectationOf({ ...sofar, issued, counters }, at);
const total = (hourly: readonly number[]): number => 60 * hourly.reduce((sum, rate) => sum + rate, 0);

describe('What the rest of a day is expected to bring', () => {
  it('[P-17] is the published day in the morning, scaled to the counters', () => {
    const usual = total(day({}).hourly);
    expect(usual).toBeGreaterThan(300);
    expect(total(day({}, 8 * HOUR, 3).hourly)).toBeCloseTo(usual / 2, 0);
    expect(day({}).services.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  });

  it('[P-17] follows today: a quiet day is expected to stay quiet, and what is asked for to be asked for', () => {
    const noon = 12 * HOUR;
    const quiet = day({ cash: 20 }, noon);
    const busy = day({ cash: 400 }, noon);
    expect(total(quiet.hourly)).toBeLessThan(0.4 * total(day({}, 8 * HOUR).hourly));
    expect(total(busy.hourly)).toBeGreaterThan(1.2 * total(day({}, 8 * HOUR).hourly));
    const cash = serviceIds.indexOf('cash');
    expect(busy.services[cash]).toBeGreaterThan(0.9);
    expect(busy.services.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
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
