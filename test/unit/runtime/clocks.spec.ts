import { businessDay } from '../../../src/runtime/business-day.js';
import { DemoClock } from '../../../src/runtime/demo-clock.js';
import { RealClock } from '../../../src/runtime/real-clock.js';
import { frozenClock } from '../../support/clocks.js';

const HOUR = 3_600_000;

describe('[T-2] RealClock', () => {
  let wall: number;
  let elapsed: number;
  let steps: number[];
  let clock: RealClock;
  const pass = (ms: number) => {
    wall += ms;
    elapsed += ms;
  };

  beforeEach(() => {
    wall = Date.UTC(2026, 2, 2, 9);
    elapsed = 500;
    steps = [];
    clock = new RealClock(
      () => wall,
      () => elapsed,
    );
    clock.onStep((byMs) => steps.push(byMs));
  });

  it('goes with the wall clock', () => {
    pass(1500);
    expect(clock.now()).toBe(wall);
    expect(steps).toEqual([]);
  });

  it('does not mind small corrections', () => {
    wall -= 4_000;
    const before = clock.now();
    pass(10);
    expect(clock.now()).toBe(before + 10);
    expect(steps).toEqual([]);
  });

  it('follows a step forward and tells of it before the new time is seen', () => {
    let toldAt = 0;
    clock.onStep(() => (toldAt += 1));
    wall += 2 * HOUR;
    expect(clock.now()).toBe(wall);
    expect([steps, toldAt]).toEqual([[2 * HOUR], 1]);
    clock.now();
    expect(steps).toHaveLength(1);
  });

  it('goes on through a step back, and through its repair', () => {
    const before = clock.now();
    wall -= HOUR;
    pass(10);
    expect(clock.now()).toBe(before + 10);
    wall += HOUR;
    pass(10);
    expect(clock.now()).toBe(before + 20);
    expect(steps).toEqual([-HOUR, HOUR]);
  });

  it('never runs backwards, whatever the wall clock does', () => {
    let last = clock.now();
    for (const by of [-HOUR, 3 * HOUR, -6_000, -2 * HOUR, 5_500, HOUR]) {
      wall += by;
      pass(1);
      expect(clock.now()).toBeGreaterThanOrEqual(last);
      last = clock.now();
    }
  });
});

describe('DemoClock', () => {
  it('rings on the way, in order, each at its time, also what is set meanwhile', () => {
    const clock = frozenClock(1_000);
    const rung: [string, number][] = [];
    clock.wake(1_300, () => rung.push(['c', clock.now()]));
    clock.wake(1_100, () => {
      rung.push(['a', clock.now()]);
      clock.wake(1_200, () => rung.push(['b', clock.now()]));
    });
    clock.wake(1_150, () => rung.push(['never', clock.now()]))();
    clock.step(299);
    expect(rung).toEqual([
      ['a', 1_100],
      ['b', 1_200],
    ]);
    clock.step(1);
    expect(rung.at(-1)).toEqual(['c', 1_300]);
  });

  it('runs at its rate, stands still at 0, and only goes forward', () => {
    let real = 0;
    const clock = new DemoClock(1_000, 60, () => real);
    real += 100;
    expect(clock.now()).toBe(7_000);
    clock.setRate(0);
    real += 100;
    expect(clock.now()).toBe(7_000);
    expect(() => clock.setRate(-1)).toThrow(RangeError);
    expect(() => clock.step(-1)).toThrow(RangeError);
    expect(() => clock.step(Number.NaN)).toThrow(RangeError);
  });
});

describe('[V-1] The business day', () => {
  it.each([
    ['Asia/Shanghai', '2026-03-01T23:30:00Z', '2026-03-02', '2026-03-01T16:00:00Z'],
    ['Asia/Shanghai', '2026-03-02T15:59:59.999Z', '2026-03-02', '2026-03-01T16:00:00Z'],
    ['Asia/Shanghai', '2026-03-02T16:00:00Z', '2026-03-03', '2026-03-02T16:00:00Z'],
    ['Asia/Kolkata', '2026-03-02T00:00:00Z', '2026-03-02', '2026-03-01T18:30:00Z'],
    ['Pacific/Kiritimati', '2026-12-31T10:00:00Z', '2027-01-01', '2026-12-31T10:00:00Z'],
  ])('in %s at %s is %s from %s', (zone, at, day, midnight) => {
    expect(businessDay(Date.parse(at), zone)).toEqual({ day, midnight: Date.parse(midnight) });
  });

  it.each([
    // The Sundays on which clocks go forward and back, the Saturdays before, whose days may run into that night.
    ['America/New_York', '2026-03-08T15:00:00Z', '2026-03-08T05:00:00Z', '2026-03-08T07:00:00Z', 60],
    ['America/New_York', '2026-11-01T15:00:00Z', '2026-11-01T04:00:00Z', '2026-11-01T06:00:00Z', -60],
    ['Europe/Berlin', '2026-03-28T15:00:00Z', '2026-03-27T23:00:00Z', '2026-03-29T01:00:00Z', 60],
    ['Europe/Berlin', '2026-10-24T15:00:00Z', '2026-10-23T22:00:00Z', '2026-10-25T01:00:00Z', -60],
    // Half an hour, and at midnight itself.
    ['Australia/Lord_Howe', '2026-10-04T02:00:00Z', '2026-10-03T13:30:00Z', '2026-10-03T15:30:00Z', 30],
    ['Asia/Beirut', '2026-03-29T10:00:00Z', '2026-03-28T22:00:00Z', '2026-03-28T22:00:00Z', 60],
  ])('[D-13] in %s at %s begins at %s and has a clock change', (zone, at, midnight, changed, byMinutes) => {
    expect(businessDay(Date.parse(at), zone)).toMatchObject({
      midnight: Date.parse(midnight),
      change: { at: Date.parse(changed), byMinutes },
    });
  });

  it('throws for a zone that does not exist', () => {
    expect(() => businessDay(0, 'Bank/Lobby')).toThrow(RangeError);
  });
});
