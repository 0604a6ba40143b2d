import { quantile } from '../../simulator/bench/figures.js';
import type { Verdict } from '../../simulator/bench/targets.js';
import type { Answers } from './load.js';
import type { Beats, Figures } from './meter.js';

/** One kind of load, with forward runs or without. */
export interface Span {
  answers: Answers;
  figures: Figures;
}

/** Both kinds of load with and without forward runs, close to each other. */
export interface Round {
  open: { on: Span; off: Span };
  closed: { on: Span; off: Span };
}

/** What the live server may cost against its floor in the same run; here the floor is the server without forward runs. */
export const gate = { throughput: 0.6, p50: 1.75, p99: 2 } as const;

/** Of the commands, for whatever reason: one that is turned away is quick, and none that is not sent is slow. */
const MOST_REFUSED = 0.01;

/** Cores that the serving thread may wait for at a steady pace, before others' work says more than ours. */
export const MOST_STARVED = 0.1;

export type Kind = keyof Round;

export const perSecond = ({ answers }: Span): number => answers.latencies.length / answers.seconds;
export const latency = ({ answers }: Span, p: number): number => quantile(answers.latencies, p);

/**
 * With forward runs against without, in each round: the middle one counts, since a neighbour may disturb some. NaN,
 * which no bound is met by, where a round has nothing to tell.
 */
export function middleRatio(rounds: readonly Round[], kind: Kind, of: (span: Span) => number): number {
  const ratios = rounds.map((round) => of(round[kind].on) / of(round[kind].off));
  return ratios.every(Number.isFinite) ? quantile(ratios, 0.5) : NaN;
}

/** Figures of all rounds together. */
export function beatsOf(rounds: readonly Round[], kind: Kind, about: keyof Figures['beats']): Beats {
  const all: Beats = { forThis: 0, forTheLast: 0, none: 0, runs: [], ages: [] };
  for (const round of rounds) {
    const beats = round[kind].on.figures.beats[about];
    all.forThis += beats.forThis;
    all.forTheLast += beats.forTheLast;
    all.none += beats.none;
    all.runs.push(...beats.runs);
    all.ages.push(...beats.ages);
  }
  return all;
}

const times = (value: number): string => `${value.toFixed(2)}×`;

/**
 * Whether the machine was ours: else no ratio of times means anything, met or missed.
 *
 * @param starved cores; NaN where the system does not tell, and then nobody can say
 */
export const machineVerdict = (starved: number): Verdict =>
  verdict(
    'the machine was free to be measured on: cores the serving thread waited for, without forward runs',
    starved.toFixed(2),
    `≤ ${MOST_STARVED.toFixed(2)}, else the run settles nothing`,
    starved <= MOST_STARVED,
  );

/** [P-29] the live gate, in the closed loop and at a branch's pace, and that everybody was answered and told. */
export function forecastVerdicts(rounds: readonly Round[]): Verdict[] {
  const throughput = middleRatio(rounds, 'closed', perSecond);
  const spans = rounds.flatMap(({ open, closed }) => [open.on, open.off, closed.on, closed.off]);
  const unanswered = spans.reduce((sum, { answers }) => sum + answers.unanswered, 0);
  const refused = spans.reduce((sum, { answers }) => sum + answers.refused, 0);
  const sent = spans.reduce((sum, { answers }) => sum + answers.latencies.length, 0);
  const steady = rounds.flatMap(({ open }) => [open.on.answers, open.off.answers]);
  const nobodyFree = steady.reduce((sum, answers) => sum + answers.nobodyFree, 0);
  const due = steady.reduce((sum, { latencies }) => sum + latencies.length, nobodyFree);
  const untold = (['public', 'staff'] as const).reduce(
    (sum, about) => sum + beatsOf(rounds, 'open', about).none,
    0,
  );
  const told = (['public', 'staff'] as const).reduce(
    (sum, about) => sum + beatsOf(rounds, 'open', about).runs.length,
    0,
  );
  const slower = (kind: Kind, name: string, p: number, bound: number): Verdict => {
    const ratio = middleRatio(rounds, kind, (span) => latency(span, p));
    return verdict(
      `${name}, p${String(100 * p)} of commands`,
      times(ratio),
      `≤ ${times(bound)}`,
      ratio <= bound,
    );
  };
  const starved = quantile(
    rounds.map(({ open }) => open.off.figures.starved),
    0.5,
  );
  return [
    machineVerdict(starved),
    verdict(
      'closed loop, commands a second',
      times(throughput),
      `≥ ${times(gate.throughput)}`,
      throughput >= gate.throughput,
    ),
    slower('closed', 'closed loop', 0.5, gate.p50),
    slower('closed', 'closed loop', 0.99, gate.p99),
    slower('open', 'steady pace', 0.5, gate.p50),
    slower('open', 'steady pace', 0.99, gate.p99),
    verdict('commands without an answer', String(unanswered), '0', unanswered === 0),
    few('commands that were refused', refused, sent),
    few('commands due at a steady pace while no teller was free', nobodyFree, due),
    verdict(
      'beats at a steady pace without figures from forward runs',
      `${String(untold)} of ${String(untold + told)}`,
      '0, and some beats',
      untold === 0 && told > 0,
    ),
  ];
}

const few = (what: string, count: number, of: number): Verdict =>
  verdict(
    what,
    `${String(count)} of ${String(of)}`,
    `≤ ${String(100 * MOST_REFUSED)} %`,
    count <= MOST_REFUSED * of,
  );

function verdict(what: string, figure: string, bound: string, met: boolean): Verdict {
  return { target: 'P-29', what, figure, bound, met };
}
