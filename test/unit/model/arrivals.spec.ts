import { arrivalsOf, hourlyRates, weekdayFactor } from '../../../src/model/arrivals.js';
import type { Customer } from '../../../src/model/arrivals.js';

const FRIDAY = 5;
const days = Array.from({ length: 300 }, (_, seed) => arrivalsOf(seed, FRIDAY));
const all = days.flat();

const share = (customers: readonly Customer[], holds: (customer: Customer) => boolean): number =>
  customers.filter(holds).length / customers.length;
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe("The demo day's customers", () => {
  it('are the same for the same seed and others for another', () => {
    expect(arrivalsOf(7, 1)).toEqual(arrivalsOf(7, 1));
    expect(arrivalsOf(7, 1)).not.toEqual(arrivalsOf(8, 1));
  });

  it('come in the order of their times, while the branch is open', () => {
    for (const day of days) {
      const times = day.map(({ at }) => at);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(times.at(0)).toBeGreaterThanOrEqual(8 * 60);
      expect(times.at(-1)).toBeLessThan(18 * 60);
    }
  });

  it('are as many as the table says for that weekday, hour by hour', () => {
    const factor = weekdayFactor(FRIDAY);
    expect(factor).toBeCloseTo(8886 / 8339, 6);
    expect(all.length / days.length / factor).toBeCloseTo(390, -1);
    for (const [hour, rate] of hourlyRates()) {
      const came = all.filter(({ at }) => Math.floor(at / 60) === hour).length / days.length / factor;
      expect(came / rate).toBeGreaterThan(0.95);
      expect(came / rate).toBeLessThan(1.05);
    }
  });

  it('differ from day to day by chance and by the day itself', () => {
    const counts = days.map(({ length }) => length);
    const center = mean(counts);
    const deviation = Math.sqrt(mean(counts.map((count) => (count - center) ** 2)));
    // Poisson alone gives √416 = 20; with the day's factor of 8 % it is 39.
    expect(deviation).toBeGreaterThan(30);
    expect(deviation).toBeLessThan(48);
  });

  it('have the segments, lines and service times of the model', () => {
    expect(share(all, ({ special }) => special !== undefined)).toBeCloseTo(0.06, 2);
    expect(share(all, ({ tier }) => tier > 0)).toBeCloseTo(0.1, 2);
    expect(share(all, ({ booked }) => booked !== undefined)).toBeCloseTo(0.06, 2);
    expect(share(all, ({ serviceId }) => serviceId.startsWith('corporate'))).toBeCloseTo(0.07, 2);
    expect(share(all, ({ serviceId }) => serviceId === 'foreignExchange')).toBeCloseTo(0.03 * 0.93, 2);
    const cash = all.filter(({ serviceId }) => serviceId === 'cash' || serviceId === 'cashComplex');
    expect(share(cash, ({ serviceId }) => serviceId === 'cash')).toBeCloseTo(0.74, 1);
    const quick = all.filter(({ serviceId, special }) => serviceId === 'cash' && special === undefined);
    expect(mean(quick.map(({ serviceMinutes }) => serviceMinutes))).toBeCloseTo(3.6, 1);
    const slower = all.filter(({ serviceId, special }) => serviceId === 'cash' && special !== undefined);
    expect(mean(slower.map(({ serviceMinutes }) => serviceMinutes)) / 3.6).toBeGreaterThan(1.25);
    expect(share(all, ({ leaves }) => leaves === true)).toBeCloseTo(0.025 * 0.94, 2);
  });

  it('who need support have needs that a counter of the branch can cover, and walk slowly', () => {
    const special = all.filter(({ special }) => special !== undefined);
    const needs = (customer: Customer) => customer.special?.needs ?? [];
    expect(mean(special.map(({ walkMinutes }) => walkMinutes))).toBeCloseTo(1.8, 1);
    expect(Math.max(...special.map(({ walkMinutes }) => walkMinutes))).toBeLessThanOrEqual(5);
    expect(special.every((customer) => needs(customer).length > 0)).toBe(true);
    expect(share(special, (customer) => needs(customer).includes('lowCounter'))).toBeGreaterThan(0.1);
    const low = special.filter((customer) => needs(customer).includes('lowCounter'));
    expect(
      low.some(({ serviceId }) => serviceId.startsWith('corporate') || serviceId === 'foreignExchange'),
    ).toBe(false);
    expect(mean(special.map((customer) => customer.special?.seenAfter ?? NaN))).toBeCloseTo(1, 1);
  });
});
