import { rangeOf } from '../../../src/forecast/range.js';
import { levelAfter } from '../../../src/forecast/staff.js';
import { windowsBusy } from '../../../src/protocol/range.js';

describe('A range', () => {
  it('is P50 to P90 of a gamma: against the exact quantiles, in minutes', () => {
    // shape 1 (exponential), mean 10: ln 2 · 10 = 6.93, ln 10 · 10 = 23.03
    expect(rangeOf(10, 100)).toEqual({ low: 7, high: 23 });
    // shape 4, mean 20: 18.36 and 33.40
    expect(rangeOf(20, 100)).toEqual({ low: 18, high: 33 });
    // shape 25, mean 50: 49.34 and 63.17
    expect(rangeOf(50, 100)).toEqual({ low: 49, high: 63 });
  });

  it('without spread is the mean, and always a range', () => {
    expect(rangeOf(7, 0)).toEqual({ low: 7, high: 8 });
    expect(rangeOf(0, 0)).toEqual({ low: 1, high: 2 });
    expect(rangeOf(0.2, 100)).toEqual({ low: 1, high: 2 });
  });

  it('is absent where a figure is no figure', () => {
    for (const [mean, variance] of [
      [Number.NaN, 1],
      [Infinity, 1],
      [-1, 1],
      [1, -1],
      [1, Infinity],
    ] as const)
      expect(rangeOf(mean, variance)).toBeUndefined();
  });
});

it('[W-28] the windows are busy where the range begins at 5 min, not at 4', () => {
  expect(windowsBusy({ low: 4, high: 30 })).toBe(false);
  expect(windowsBusy({ low: 5, high: 6 })).toBe(true);
  expect(windowsBusy(undefined)).toBe(false);
});

describe('The time at which counters have done the work ahead', () => {
  it('is when the first is free, without any work', () => {
    expect(levelAfter([5, 2, 9], 0)).toBe(2);
  });

  it('fills those first that are free first', () => {
    expect(levelAfter([2, 5], 2)).toBe(4);
    // 3 min at the first until 5, then the two share 4
    expect(levelAfter([2, 5], 7)).toBe(7);
    expect(levelAfter([0, 0, 0], 9)).toBe(3);
  });
});
