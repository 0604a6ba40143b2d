import { quantile } from '../../simulator/bench/figures.js';
import { verdictTable } from '../../simulator/bench/report.js';
import type { Verdict } from '../../simulator/bench/targets.js';
import type { Started } from './start.js';
import type { Written } from './written.js';

/** What was measured. */
export interface Measured {
  of: {
    commit: string;
    seed: number;
    rate: number;
    machine: { cores: number; model: string; node: string; loadBefore: number };
  };
  restart: { written: Written; whole: Started[]; snapshots: Started[] };
  learning: { written: Written; days: number; first: Started[]; later: Started[] };
}

/** Seconds. */
const MOST_WHOLE = 10;
const MOST_FROM_SNAPSHOTS = 2;

const middle = (starts: readonly Started[], of: (start: Started) => number): number =>
  quantile(starts.map(of), 0.5);
const seconds = (value: number): string => `${value.toFixed(1)} s`;
const of = (starts: readonly Started[], figures: 'latencies' | 'stretches', p: number): string =>
  quantile(
    starts.flatMap((start) => start[figures]),
    p,
  ).toFixed(1);

export function startVerdicts({ restart, learning }: Measured): Verdict[] {
  const start = (what: string, starts: readonly Started[], most: number): Verdict => {
    const figure = middle(starts, (each) => each.seconds);
    return {
      target: 'start',
      what,
      figure: `${seconds(figure)} (${seconds(middle(starts, ({ cpu }) => cpu))} of processors)`,
      bound: `≤ ${String(most)} s`,
      met: figure <= most,
    };
  };
  const refused = [...learning.first, ...learning.later].reduce((sum, each) => sum + each.refused, 0);
  return [
    start('from the whole log', restart.whole, MOST_WHOLE),
    start('from snapshots', restart.snapshots, MOST_FROM_SNAPSHOTS),
    { target: 'learning', what: 'tickets refused', figure: String(refused), bound: '0', met: refused === 0 },
  ];
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map(row).join('\n');

export function pageOf(measured: Measured): string {
  const { of: run, restart, learning } = measured;
  const { machine } = run;
  const perDay = (1_000 * middle(learning.first, (each) => each.learning)) / learning.days;
  return `${[
    '# What a start costs',
    `Made by \`npm run bench:start\` at commit ${run.commit}, seed ${String(run.seed)}, on ${String(machine.cores)} cores (${machine.model}, Node ${machine.node}) whose load average was ${machine.loadBefore.toFixed(1)} before the run${machine.loadBefore > 0.5 ? ': the machine did other work too, so believe processor time and ratios, and no other time' : ''}. The production server starts in a process of its own on a data directory of days played on the production core, modules and all, until it answers.`,
    verdictTable(startVerdicts(measured)),
    '## In the middle of the day',
    `${String(restart.written.branches)} branches with ${String(restart.written.events)} events of a running day in all. Medians of ${String(restart.snapshots.length)} starts.`,
    table(
      ['start', 's', 's of processors', 'MB resident'],
      (['whole', 'snapshots'] as const).map((how) => [
        how === 'whole' ? 'from the whole log' : 'from snapshots',
        middle(restart[how], (each) => each.seconds).toFixed(1),
        middle(restart[how], (each) => each.cpu).toFixed(1),
        middle(restart[how], (each) => each.resident).toFixed(0),
      ]),
    ),
    '## The first start after an upgrade',
    `${String(learning.written.branches)} branches have ${String(learning.days)} past days in all, of ${String(Math.round(learning.written.events / learning.days))} events and ${String(Math.round(learning.written.visits / learning.days))} visits each, from which nobody has learnt yet how long services take. Meanwhile ${String(run.rate)} tickets a second are taken: latency counts from the instant one is due to its answer. What the serving thread does in one go, in ms of processor, is what a command waits for at most because of it.`,
    table(
      [
        'start',
        'learnt after s',
        'tickets: p50 ms',
        'p99',
        'in one go: p50 ms',
        'p99',
        'p99.9',
        'MB at most',
      ],
      (['first', 'later'] as const).map((how) => {
        const starts = learning[how];
        return [
          how === 'first' ? 'the first' : 'any later',
          middle(starts, (each) => each.learning).toFixed(1),
          of(starts, 'latencies', 0.5),
          of(starts, 'latencies', 0.99),
          of(starts, 'stretches', 0.5),
          of(starts, 'stretches', 0.99),
          of(starts, 'stretches', 0.999),
          middle(starts, (each) => each.most).toFixed(0),
        ];
      }),
    ),
    `That is ${perDay.toFixed(0)} ms a day, of which half is rest. 200 branches with 30 past days each are learnt from within ${((perDay * 6_000) / 60_000).toFixed(0)} minutes; days that open before go by what is known by then.`,
  ].join('\n\n')}\n`;
}
