import { lognormalBeyond, normalQuantile } from '../../../src/forecast/ahead/lognormal.js';
import { publishedModel } from '../../../src/forecast/ahead/published.js';
import { waitsAhead, type WaitAhead } from '../../../src/forecast/ahead/waits.js';
import { arrivalsOf, type Customer } from '../../../src/model/arrivals.js';
import { lognormalRemaining, normalTail } from '../../../src/lobby/remaining.js';
import type { DaySettings } from '../../../src/protocol/settings.js';
import { estimatesIn } from '../../../src/simulator/bench/eta.js';
import { mean } from '../../../src/simulator/bench/figures.js';
import { modelBranch, standing } from '../../../src/simulator/branch.js';
import { CompactHall } from '../../../src/simulator/compactHall.js';
import { MIDNIGHT } from '../../support/lobby.js';

const MINUTE = 60_000;
const NOON = MIDNIGHT + 12 * 60 * MINUTE;

describe('Lognormal service times', () => {
  it('[P-10] have the quantiles that the tail of the normal gives back', () => {
    for (const p of [1e-6, 0.01, 0.05, 0.3, 0.5, 0.7, 0.95, 0.99, 1 - 1e-6])
      expect(Math.abs(normalTail(normalQuantile(p)) - (1 - p))).toBeLessThan(3e-7);
  });

  it('[P-10] given that they have run, exceed what has run, by the expected remaining time on average', () => {
    for (const elapsed of [0, 2, 9, 30]) {
      const draws = Array.from({ length: 4000 }, (_, i) =>
        lognormalBeyond(9.5, 0.5, elapsed, (i + 0.5) / 4000),
      );
      expect(Math.min(...draws)).toBeGreaterThanOrEqual(elapsed);
      expect(mean(draws) - elapsed).toBeCloseTo(lognormalRemaining(9.5, 0.5, elapsed), 1);
    }
    expect(lognormalBeyond(3, 0.5, 5000, 0.5)).toBeGreaterThan(5000);
    expect(Number.isFinite(lognormalBeyond(3, 0.5, 5000, 1e-12))).toBe(true);
  });
});

/** A hall at noon: six counters at work, and a line. */
function hallAtNoon(waiting: number, settings: Partial<DaySettings> = {}, nobodyComes = true) {
  const hall = new CompactHall(modelBranch(settings), { called: () => undefined, held: () => undefined });
  const people = arrivalsOf(3, 1, { load: 1, specialShare: 0 }).filter(
    ({ serviceId, tier, booked }) => serviceId === 'cash' && tier === 0 && booked === undefined,
  );
  let at = NOON - 60 * MINUTE;
  const next = (): number => (at += 1);
  for (const counter of standing) hall.open(counter, next());
  const come = (from: number, count: number): void =>
    people.slice(from, from + count).forEach((who: Customer, i) => {
      hall.arrive(from + i, who, next(), at);
    });
  // Window 6 takes no cash.
  come(0, 5);
  for (let i = 0; i < 5; i += 1) hall.start(i, next());
  come(5, waiting);
  const ids = hall.setup.services.map(({ id }) => id);
  const model = publishedModel(ids, () => (nobodyComes ? 0 : 0.5), nobodyComes ? 0 : 0.5);
  const waits = (seed = 1): WaitAhead[] => waitsAhead(hall.lobby, model, next(), 200, seed);
  return { hall, waits, next };
}

describe('Waits ahead', () => {
  it('[P-10] grow along the line, and spread', () => {
    const waits = hallAtNoon(12).waits();
    expect(waits).toHaveLength(12);
    for (const { p10, p50, p90 } of waits) {
      expect(p10).toBeGreaterThan(0);
      expect(p10).toBeLessThan(p50);
      expect(p50).toBeLessThan(p90);
    }
    expect(waits.map(({ p50 }) => p50)).toEqual(waits.map(({ p50 }) => p50).sort((a, b) => a - b));
  });

  it('[P-10] are the same for the same seed, and change nothing in the lobby', () => {
    const { hall, waits } = hallAtNoon(6);
    const before = JSON.stringify(hall.lobby.waiting);
    expect(waits(5).map(({ p50 }) => p50)).not.toEqual(waits(6).map(({ p50 }) => p50));
    expect(JSON.stringify(hall.lobby.waiting)).toBe(before);
  });

  it('[P-10] are longer when a counter closes and shorter when one opens', () => {
    const last = (waits: WaitAhead[]): number => waits.at(-1)?.p50 ?? NaN;
    const usual = last(hallAtNoon(12).waits());
    const fewer = hallAtNoon(12);
    fewer.hall.close(0, fewer.next());
    expect(last(fewer.waits())).toBeGreaterThan(usual * 1.1);
    const more = hallAtNoon(12);
    more.hall.open(6, more.next());
    expect(last(more.waits())).toBeLessThan(usual * 0.95);
  });

  it('[P-10] have no figure for whom no counter can serve', () => {
    const { hall, waits, next } = hallAtNoon(2);
    for (const counter of standing) hall.close(counter, next());
    expect(waits()).toEqual([]);
  });

  it('[P-10] miss by a fifth less than counting heads, on simulated days', () => {
    const { estimates } = estimatesIn({ name: 'as modelled', services: 1, arrivals: 1 }, 401, 1);
    const off = (of: (each: (typeof estimates)[number]) => number): number =>
      mean(estimates.map((each) => Math.abs(of(each) - each.seen)));
    expect(estimates.length).toBeGreaterThan(60);
    expect(off(({ told }) => told.middle)).toBeLessThan(0.8 * off(({ queueLength }) => queueLength));
  });
});
