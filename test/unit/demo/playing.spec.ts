import { BranchClock } from '../../../src/demo/branchClock.js';
import { StandBack } from '../../../src/demo/standBack.js';
import { Wishes } from '../../../src/demo/wishes.js';

// A module of its own has no global jest; Jest hands it over here.
const { jest } = import.meta as unknown as { jest: typeof globalThis.jest };

const NINE = 1_800_000_000_000;

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

describe('Branch time as players know it', () => {
  const clockAt = (
    rate: number,
  ): { clock: BranchClock; rung: number[]; wake: (after: number) => () => void } => {
    const clock = new BranchClock(() => performance.now());
    clock.hear(NINE, rate);
    const rung: number[] = [];
    const wake = (after: number): (() => void) => clock.wake(NINE + after, () => rung.push(after));
    return { clock, rung, wake };
  };

  it('runs as fast as the beats say, and rings in order', () => {
    const { rung, wake } = clockAt(10);
    wake(20_000);
    wake(10_000);
    const cancel = wake(15_000);
    cancel();
    jest.advanceTimersByTime(999);
    expect(rung).toEqual([]);
    jest.advanceTimersByTime(1_001);
    expect(rung).toEqual([10_000, 20_000]);
  });

  it('stands while it is frozen, and takes up the new speed at the beat', () => {
    const { clock, rung, wake } = clockAt(0);
    wake(60_000);
    expect(jest.getTimerCount()).toBe(0);
    jest.advanceTimersByTime(3_600_000);
    expect(rung).toEqual([]);
    clock.hear(NINE, 60);
    jest.advanceTimersByTime(1_000);
    expect(rung).toEqual([60_000]);
  });

  it('rings what a step of a frozen clock has passed', () => {
    const { clock, rung, wake } = clockAt(0);
    wake(60_000);
    clock.hear(NINE + 120_000, 0);
    jest.advanceTimersByTime(1);
    expect(rung).toEqual([60_000]);
    expect(jest.getTimerCount()).toBe(0);
  });
});

describe('What a player means to do', () => {
  const player = () => {
    const clock = new BranchClock(() => performance.now());
    clock.hear(NINE, 1);
    let asked = 0;
    const wishes = new Wishes(clock, () => (asked += 1));
    const acts: string[] = [];
    const wish = (key: string, after: number, said = key, ok = true) => ({
      key,
      after,
      act: () => {
        acts.push(said);
        return Promise.resolve(ok);
      },
    });
    return { wishes, acts, wish, asked: () => asked };
  };

  it('keeps its time and fits the newest screen', async () => {
    const { wishes, acts, wish } = player();
    wishes.want([wish('call', 1_000, 'old')]);
    await jest.advanceTimersByTimeAsync(900);
    wishes.want([wish('call', 1_000, 'new')]);
    await jest.advanceTimersByTimeAsync(101);
    expect(acts).toEqual(['new']);
  });

  it('is dropped when the screen no longer asks for it', async () => {
    const { wishes, acts, wish } = player();
    wishes.want([wish('call', 1_000)]);
    wishes.want([]);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(acts).toEqual([]);
  });

  it('is tried again after a refusal, but not at once', async () => {
    const { wishes, acts, wish, asked } = player();
    const want = (): void => wishes.want([wish('break', 0, 'break', false)]);
    want();
    await jest.advanceTimersByTimeAsync(1);
    want();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(acts).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(11_000);
    expect(asked()).toBe(1);
    want();
    await jest.advanceTimersByTimeAsync(1);
    expect(acts).toHaveLength(2);
  });
});

describe('A person at a screen that a player plays', () => {
  it('has it for a while after each act; own acts and first looks are nobody else', () => {
    let turns = 0;
    const standBack = new StandBack(() => (turns += 1), 1_000);
    standBack.notice('free', false);
    standBack.notice('serving A001', true);
    standBack.answered(true);
    expect(standBack.away).toBe(false);
    standBack.notice('free', false);
    expect(standBack.away).toBe(true);
    jest.advanceTimersByTime(900);
    standBack.notice('serving A002', false);
    jest.advanceTimersByTime(900);
    expect(standBack.away).toBe(true);
    jest.advanceTimersByTime(100);
    expect(standBack.away).toBe(false);
    expect(turns).toBe(1);
  });

  it('is seen too while the player acts', () => {
    const refused = new StandBack(() => undefined, 1_000);
    refused.notice('called', false);
    refused.notice('serving', true);
    refused.answered(false);
    expect(refused.away).toBe(true);
    const twice = new StandBack(() => undefined, 1_000);
    twice.notice('serving', false);
    twice.notice('serving, paused', true);
    twice.notice('paused', true);
    twice.answered(true);
    expect(twice.away).toBe(true);
  });

  it('is not suspected while nothing can be said', () => {
    const standBack = new StandBack(() => undefined, 1_000);
    standBack.notice('off', false);
    standBack.notice(undefined, false);
    standBack.notice('w1', false);
    expect(standBack.away).toBe(false);
  });
});
