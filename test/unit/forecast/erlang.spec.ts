import fc from 'fast-check';
import { erlangB, erlangC, fewestCounters, waitsLonger } from '../../../src/forecast/roster/erlang.js';

const GOAL = { share: 0.05, minutes: 15 };

/** Erlang's sums as he wrote them, with whole numbers as large as they get: load = tenths / 10. */
function erlangBySums(counters: number, tenths: number): { blocked: number; waits: number } {
  // a^k / k! over the common denominator 10^c · c!, so that nothing is rounded before the last step.
  let term = 1n;
  for (let k = 1n; k <= BigInt(counters); k += 1n) term *= 10n * k;
  let sum = 0n;
  for (let k = 0n; ; k += 1n) {
    sum += term;
    if (k === BigInt(counters)) break;
    term = (term * BigInt(tenths)) / (10n * (k + 1n));
  }
  const share = (part: bigint, whole: bigint): number => Number((part * 10n ** 15n) / whole) / 1e15;
  // C = (a^c/c!)·c/(c−a) / (Σ_{k<c} a^k/k! + (a^c/c!)·c/(c−a))
  const full = term * BigInt(10 * counters);
  const others = (sum - term) * BigInt(10 * counters - tenths);
  return { blocked: share(term, sum), waits: share(full, others + full) };
}

const cases = fc
  .tuple(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0.01, max: 0.99, noNaN: true }))
  .map(([counters, share]) => ({ counters, tenths: Math.max(1, Math.floor(10 * counters * share)) }));

describe('Erlang’s formulas', () => {
  it.each([
    // Published tables of the load that 1 % blocking allows.
    [5, 1.3608],
    [10, 4.4612],
    [20, 12.031],
    [100, 84.064],
  ])('[H-13] %i counters block 1 %% at %f erlangs', (counters, load) => {
    expect(erlangB(counters, load)).toBeCloseTo(0.01, 5);
  });

  it('[H-13] one counter makes as many wait as it is busy, two a third at one erlang', () => {
    expect(erlangC(1, 0.8)).toBeCloseTo(0.8, 12);
    expect(erlangC(2, 1)).toBeCloseTo(1 / 3, 12);
    // M/M/1, ρ = 0.8, 5 minutes each: P(W > 15) = 0.8·exp(−0.2·15/5).
    expect(waitsLonger(1, 0.8, 5, 15)).toBeCloseTo(0.8 * Math.exp(-0.6), 12);
  });

  it('[H-13] say what the sums say that they stand for', () => {
    fc.assert(
      fc.property(cases, ({ counters, tenths }) => {
        const { blocked, waits } = erlangBySums(counters, tenths);
        expect(erlangB(counters, tenths / 10)).toBeCloseTo(blocked, 10);
        expect(erlangC(counters, tenths / 10)).toBeCloseTo(waits, 10);
      }),
    );
  });

  it('[H-13] are shares, rise with the load and fall with every counter, however large', () => {
    const load = fc.double({ min: 0, max: 2_000, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_500 }), load, load, (counters, one, other) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        for (const share of [erlangB, erlangC, (c: number, a: number) => waitsLonger(c, a, 6, 15)]) {
          expect(share(counters, less)).toBeGreaterThanOrEqual(0);
          expect(share(counters, more)).toBeLessThanOrEqual(1);
          expect(share(counters, less)).toBeLessThanOrEqual(share(counters, more) + 1e-12);
          expect(share(counters + 1, more)).toBeLessThanOrEqual(share(counters, more) + 1e-12);
        }
      }),
    );
  });

  it('[H-13] the fewest counters keep the goal, one fewer does not, and nobody expected still needs one', () => {
    const minutes = fc.double({ min: 0.5, max: 60, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 0, max: 200, noNaN: true }), minutes, (load, each) => {
        const counters = fewestCounters(load, each, GOAL);
        expect(counters).toBeGreaterThan(load);
        expect(waitsLonger(counters, load, each, 15)).toBeLessThanOrEqual(0.05);
        if (counters > 1) expect(waitsLonger(counters - 1, load, each, 15)).toBeGreaterThan(0.05);
      }),
      { numRuns: 1_000 },
    );
    expect(fewestCounters(0, 6, GOAL)).toBe(1);
  });
});
