import { forecastVerdicts, type Round, type Span } from '../../../src/commands/benchForecast/verdicts.js';

/** A hundred commands, of which every tenth takes `slow` ms, and four beats that told figures. */
function span({ fast = 1, slow = 10, none = 0, unanswered = 0, seconds = 1, starved = 0 } = {}): Span {
  const beats = { forThis: 3, forTheLast: 1, none, runs: [100, 100, 50, 25], ages: [900, 900, 900, 16_000] };
  return {
    answers: {
      latencies: Array.from({ length: 100 }, (_, i) => (i % 10 === 0 ? slow : fast)),
      refused: 0,
      unanswered,
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
});
