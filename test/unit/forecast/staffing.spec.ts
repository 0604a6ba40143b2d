import {
  adviceFor,
  dayFactor,
  forecastLimits,
  leanLimits,
  peakAhead,
  workNow,
} from '../../../src/forecast/staffing.js';
import { arrivalsOf, minutesPerCustomer } from '../../../src/model/arrivals.js';
import { expected } from '../../../src/simulator/bench/policies.js';
import { modelBranch, standing } from '../../../src/simulator/branch.js';
import { CompactHall } from '../../../src/simulator/compactHall.js';
import { advised } from '../../../src/simulator/elasticity.js';
import type { StaffActs } from '../../../src/simulator/staff.js';
import { MIDNIGHT } from '../../support/lobby.js';

const MINUTE = 60_000;
const NINE = MIDNIGHT + 9 * 60 * MINUTE;
const nobody = (): number => 0;

/** A hall with these counters open in which so many stand in line. */
function hallWith(open: readonly number[], waiting: number): CompactHall {
  const hall = new CompactHall(modelBranch(), { called: () => undefined, held: () => undefined });
  open.forEach((counter, i) => {
    hall.open(counter, NINE - 1000 + i);
  });
  const cash = arrivalsOf(1, 1).filter(({ serviceId, special }) => serviceId === 'cash' && !special);
  cash.slice(0, open.length + waiting).forEach((who, i) => {
    hall.arrive(i, who, NINE + i, NINE + i);
  });
  return hall;
}

/** What advice makes staff do at nine o'clock. */
function actsOn(hall: CompactHall, openFor: number, asked: readonly number[]): string[] {
  const acts: string[] = [];
  const staff: StaffActs = {
    minute: 9 * 60,
    come: 0,
    reserved: 0,
    pending: 0,
    isAsked: (counter) => asked.includes(counter),
    openFor: () => openFor,
    ask: (counter) => acts.push(`ask ${String(counter)}`),
    close: (counter) => acts.push(`close ${String(counter)}`),
  };
  advised(leanLimits, { rate: nobody, until: nobody, usual: 6 }).look?.(hall, NINE + MINUTE, staff);
  return acts;
}

describe('Advice on elastic counters', () => {
  it('[P-11] sums what waits, what is reserved and what is left of running services', () => {
    const hall = hallWith([0, 1], 3);
    const floor = hall.floor();
    expect(workNow(floor, 0, 6, NINE + 10)).toBeCloseTo(5 * 3.6, 5);
    expect(workNow(floor, 2, 6, NINE + 10)).toBeCloseTo(5 * 3.6 + 2 * 6, 5);
  });

  it('[P-11] sees the most work per counter that lies ahead', () => {
    // Nobody comes: it is never more than now. Two a minute of six minutes each for four counters: eight more a minute.
    expect(peakAhead(60, 6, 25, 6, nobody)).toBe(10);
    expect(peakAhead(0, 4, 10, 6, () => 2)).toBeCloseTo((10 * (2 * 6 - 4)) / 4, 9);
    expect(peakAhead(0, 4, 30, 6, (ahead) => (ahead < 10 ? 2 : 0))).toBeCloseTo(20, 9);
  });

  it('[P-11] opens above its limit, closes where one counter fewer stays below its own', () => {
    const with6 = (work: number, limits = leanLimits): string => adviceFor(work, 6, 6, nobody, limits).advice;
    expect(with6(6 * 15.7)).toBe('open');
    expect(with6(6 * 15.5)).toBe('none');
    expect(with6(5 * 9.1)).toBe('none');
    expect(with6(5 * 8.9)).toBe('close');
    expect(with6(6 * 11.3, forecastLimits)).toBe('open');
    expect(with6(5 * 6.6, forecastLimits)).toBe('none');
    expect(with6(5 * 6.4, forecastLimits)).toBe('close');
    expect(adviceFor(0, 1, 6, nobody, leanLimits).advice).toBe('none');
  });

  it('[P-11] asks for one counter at a time and closes none before 30 minutes or while it is held', () => {
    expect(actsOn(hallWith(standing, 40), 0, [])).toEqual(['ask 6']);
    expect(actsOn(hallWith([...standing, 6], 0), 29, [6])).toEqual([]);
    expect(actsOn(hallWith([...standing, 6], 0), 30, [6])).toEqual(['close 6']);
    const held = hallWith([...standing, 6], 0);
    const counter = held.lobby.counters[6];
    if (counter) counter.held = true;
    expect(actsOn(held, 30, [6])).toEqual([]);
  });

  it('[P-12] takes a day for busier or quieter by who has come, the more the longer it lasts', () => {
    expect(dayFactor(0, 0)).toBe(1);
    expect(dayFactor(100, 100)).toBe(1);
    expect(dayFactor(120, 100)).toBeGreaterThan(1.1);
    expect(dayFactor(120, 100)).toBeLessThan(1.2);
    expect(dayFactor(360, 300)).toBeGreaterThan(dayFactor(120, 100));
    expect(dayFactor(0, 100)).toBeLessThan(0.5);
  });

  it('[P-12] expects as many customers until the evening as come on many days', () => {
    const days = Array.from({ length: 100 }, (_, i) => arrivalsOf(500 + i, 2).length);
    const come = days.reduce((sum, count) => sum + count, 0) / days.length;
    const { until, rate } = expected(2, { load: 1, specialShare: 0.06 });
    expect(until(18 * 60) / come).toBeCloseTo(1, 1);
    expect(until(8 * 60)).toBe(0);
    expect(until(10 * 60 + 30) - until(10 * 60)).toBeCloseTo(30 * rate(10 * 60), 6);
  });

  it('[P-12] knows how long a customer takes a counter, the longer the more need support', () => {
    const people = Array.from({ length: 300 }, (_, i) => arrivalsOf(i, 3)).flat();
    const taken = people.map(({ leaves, serviceMinutes, walkMinutes }) =>
      leaves ? 1 : serviceMinutes + walkMinutes,
    );
    const mean = taken.reduce((sum, minutes) => sum + minutes, 0) / taken.length;
    expect(minutesPerCustomer(0.06) / mean).toBeCloseTo(1, 2);
    expect(minutesPerCustomer(0.1)).toBeGreaterThan(minutesPerCustomer(0.03));
  });
});
