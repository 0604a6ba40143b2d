import { Load, type Hall } from '../../../src/commands/benchForecast/load.js';
import { forecastVerdicts, type Round, type Span } from '../../../src/commands/benchForecast/verdicts.js';

import { chanceOf } from '../../../src/model/chance.js';

/** A hundred commands, of which every tenth takes `slow` ms, and four beats that told figures. */
function span({
  fast = 1,
  slow = 10,
  none = 0,
  unanswered = 0,
  refused = 0,
  nobodyFree = 0,
  seconds = 1,
  starved = 0,
} = {}): Span {
  const beats = { forThis: 3, forTheLast: 1, none, runs: [100, 100, 50, 25], ages: [900, 900, 900, 16_000] };
  return {
    answers: {
      latencies: Array.from({ length: 100 }, (_, i) => (i % 10 === 0 ? slow : fast)),
      refused,
      unanswered,
      nobodyFree,
      seconds,
    },
    figures: {
      lags: [0],
      busy: 0.1,
      cores: 0.1,
      own: 0.1,
      starved,
      beats: { public: beats, staff: beats },
    },
  };
}

const rounds = (on: Partial<Record<'open' | 'closed', Span>>, times = 5): Round[] =>
  Array.from({ length: times }, () => ({
    open: { on: on.open ?? span(), off: span() },
    closed: { on: on.closed ?? span(), off: span() },
  }));

const missed = (all: readonly Round[]): string[] =>
  forecastVerdicts(all).flatMap(({ what, met }) => (met ? [] : [what]));

describe('npm run bench:forecast', () => {
  it('[P-29] holds commands to the live gate, with forward runs against without', () => {
    expect(missed(rounds({}))).toEqual([]);
    expect(missed(rounds({ closed: span({ seconds: 1.6 }) }))).toEqual([]);
    expect(missed(rounds({ closed: span({ seconds: 1.7 }) }))).toEqual(['closed loop, commands a second']);
    expect(missed(rounds({ open: span({ fast: 1.7, slow: 19 }) }))).toEqual([]);
    expect(missed(rounds({ open: span({ fast: 1.8 }) }))).toEqual(['steady pace, p50 of commands']);
    expect(missed(rounds({ open: span({ slow: 21 }) }))).toEqual(['steady pace, p99 of commands']);
    expect(missed(rounds({ closed: span({ fast: 1.8, slow: 21 }) }))).toEqual([
      'closed loop, p50 of commands',
      'closed loop, p99 of commands',
    ]);
  });

  it('[P-29] takes the middle round, and no command or beat that had nothing', () => {
    const [bad] = rounds({ open: span({ slow: 100 }) }, 1);
    expect(missed([...rounds({}, 3), bad!, bad!])).toEqual([]);
    expect(missed([...rounds({}, 2), bad!, bad!, bad!])).toEqual(['steady pace, p99 of commands']);
    expect(missed(rounds({ closed: span({ unanswered: 1 }) }))).toEqual(['commands without an answer']);
    const crowded = rounds({}).map((round) => ({
      ...round,
      open: { ...round.open, off: span({ starved: 0.3 }) },
    }));
    expect(missed(crowded)).toEqual([expect.stringContaining('the machine was free')]);
    expect(missed(rounds({ open: span({ none: 1 }) }))).toEqual([
      'beats at a steady pace without figures from forward runs',
    ]);
  });

  it('[P-29] misses what cannot be told, and what a server that turns commands away is fast at', () => {
    const untold = rounds({}).map((round) => ({
      ...round,
      open: { ...round.open, off: span({ starved: NaN }) },
    }));
    expect(missed(untold)).toEqual([expect.stringContaining('the machine was free')]);
    const [silent] = rounds({ closed: { ...span(), answers: { ...span().answers, latencies: [] } } }, 1);
    const [broken] = rounds({}, 1);
    broken!.closed.off.answers.latencies = [];
    for (const one of [silent!, broken!])
      expect(missed([...rounds({}, 4), one])).toEqual(
        expect.arrayContaining([expect.stringContaining('p99')]),
      );
    // Of 2 000 commands.
    expect(missed(rounds({ open: span({ refused: 4 }) }))).toEqual([]);
    expect(missed(rounds({ open: span({ refused: 5 }) }))).toEqual(['commands that were refused']);
    expect(missed(rounds({ open: span({ nobodyFree: 5 }) }))).toEqual([
      'commands due at a steady pace while no teller was free',
    ]);
  });
});

describe('the load of npm run bench:forecast', () => {
  /** A branch of two tellers, who are answered when the test says so. */
  class TwoTellers implements Hall {
    readonly tellers = 2;
    readonly #open: (() => void)[] = [];
    most = 0;
    turnedAway = 0;

    constructor(private readonly atOnce: boolean) {}

    next(): ReturnType<Hall['next']> {
      if (this.#open.length === this.tellers) {
        this.turnedAway += 1;
        if (this.turnedAway > 3) this.answer();
        return undefined;
      }
      if (this.atOnce) setImmediate(() => this.answer());
      return new Promise((resolve) => {
        this.#open.push(() => resolve({ ok: true, seq: 1, result: {} }));
        this.most = Math.max(this.most, this.#open.length);
      });
    }

    answer(): void {
      for (const done of this.#open.splice(0)) done();
    }
  }

  it('[P-29] keeps half of the tellers busy at most, and counts what was due while nobody was free', async () => {
    const quick = new TwoTellers(true);
    const load = new Load([quick], chanceOf(1));
    expect(load.atOnce).toBe(1);
    const closed = await load.closed(0.02);
    expect(closed.latencies.length).toBeGreaterThan(0);
    expect([quick.most, closed.nobodyFree]).toEqual([1, 0]);
    expect(new Load(Array<Hall>(100).fill(quick), chanceOf(1)).atOnce).toBe(64);
    const slow = new TwoTellers(false);
    const going = new Load([slow], chanceOf(1)).open(2_000, 0.05);
    const due = setInterval(() => slow.answer(), 60);
    const open = await going;
    clearInterval(due);
    expect(open.nobodyFree).toBe(slow.turnedAway);
    expect(open.nobodyFree).toBeGreaterThan(3);
    expect(open.latencies.length).toBeGreaterThan(2);
  });
});
