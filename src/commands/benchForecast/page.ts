import { quantile } from '../../simulator/bench/figures.js';
import { verdictTable } from '../../simulator/bench/report.js';
import type { Verdict } from '../../simulator/bench/targets.js';
import type { Beats } from './meter.js';
import { beatsOf, latency, perSecond, type Kind, type Round, type Span } from './verdicts.js';

/** What a run was made with. */
export interface RunOf {
  commit: string;
  branches: number;
  rounds: number;
  /** Of each span. */
  seconds: number;
  /** Commands a second at the steady pace. */
  rate: number;
  /** Commands on their way in the closed loop. */
  atOnce: number;
  seed: number;
  machine: { cores: number; model: string; node: string; loadBefore: number };
}

/** A span's samples as the figures that are told of them. */
const rowOf = (span: Span) => ({
  perSecond: round(perSecond(span)),
  p50: round(latency(span, 0.5)),
  p95: round(latency(span, 0.95)),
  p99: round(latency(span, 0.99)),
  refused: span.answers.refused,
  nobodyFree: span.answers.nobodyFree,
  lagP50: round(quantile(span.figures.lags, 0.5)),
  lagP99: round(quantile(span.figures.lags, 0.99)),
  lagMost: round(quantile(span.figures.lags, 1)),
  busy: round(span.figures.busy),
  cores: round(span.figures.cores),
  own: round(span.figures.own),
  starved: round(span.figures.starved),
});
type Row = ReturnType<typeof rowOf>;

const beatRow = (beats: Beats) => ({
  forThis: beats.forThis,
  forTheLast: beats.forTheLast,
  none: beats.none,
  runs: { least: quantile(beats.runs, 0), p50: quantile(beats.runs, 0.5), most: quantile(beats.runs, 1) },
  ageSeconds: {
    p50: round(quantile(beats.ages, 0.5) / 1_000),
    p95: round(quantile(beats.ages, 0.95) / 1_000),
    most: round(quantile(beats.ages, 1) / 1_000),
  },
});

const round = (value: number): number => Math.round(value * 100) / 100;
const kinds: readonly Kind[] = ['open', 'closed'];
const spelled: Record<Kind, string> = { open: 'steady pace', closed: 'closed loop' };

/** Everything that is told of a run, as JSON. */
export const resultOf = (of: RunOf, rounds: readonly Round[], verdicts: readonly Verdict[]) => ({
  of,
  verdicts,
  rounds: rounds.map(({ open, closed }) => ({
    open: { on: rowOf(open.on), off: rowOf(open.off) },
    closed: { on: rowOf(closed.on), off: rowOf(closed.off) },
  })),
  beats: Object.fromEntries(
    kinds.map((kind) => [
      kind,
      { public: beatRow(beatsOf(rounds, kind, 'public')), staff: beatRow(beatsOf(rounds, kind, 'staff')) },
    ]),
  ) as Record<Kind, Record<'public' | 'staff', ReturnType<typeof beatRow>>>,
});

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const ms = (value: number): string => value.toFixed(1);

export function pageOf({ of, verdicts, rounds, beats }: ReturnType<typeof resultOf>): string {
  const middle = (kind: Kind, how: 'on' | 'off', figure: keyof Row): number =>
    quantile(
      rounds.map((each) => each[kind][how][figure]),
      0.5,
    );
  const { machine } = of;
  return `${[
    '# What looking ahead costs the live server',
    `Made by \`npm run bench:forecast\` at commit ${of.commit}, on ${String(machine.cores)} cores (${machine.model}, Node ${machine.node}) whose load average was ${machine.loadBefore.toFixed(1)} before the run${machine.loadBefore > 0.5 ? ': the machine did other work too' : ''}. One production server in a process of its own, with its log in SQLite at \`synchronous=FULL\`, serves ${String(of.branches)} branches of the model branch's size; another program on the same machine holds, for each of them, a board, a manager's page, a phone and six teller consoles open on sockets, with 15 to 40 people waiting.`,
    `Each of ${String(of.rounds)} rounds measures four spans of ${String(of.seconds)} s: with forward runs and without, at a steady ${String(of.rate)} commands a second over all branches (a branch of this size sends one in 16 s in its busiest hour; latency counts from the instant a command is due) and in a closed loop of ${String(of.atOnce)} commands at once (which fills the machine, and in which whoever was served joins the line again). The order changes from round to round, and ratios are medians over rounds. The gate is that of the live server against its floor: here the floor is the same server without forward runs. What the server itself is against a bare socket is not measured here.`,
    verdictTable(verdicts),
    '## Commands and the event loop',
    'Medians over rounds, ms. Lag is how late a timer of the event loop comes; cores are those of the whole server process, of these its own those of the thread that serves commands, which waited for more while others had them.',
    table(
      [
        'load',
        'forward runs',
        'commands/s',
        'p50',
        'p95',
        'p99',
        'lag p50',
        'lag p99',
        'lag most',
        'loop busy',
        'cores',
        'of these its own',
        'cores it waited for',
      ],
      kinds.flatMap((kind) =>
        (['on', 'off'] as const).map((how) => [
          spelled[kind],
          how === 'on' ? 'yes' : 'no',
          middle(kind, how, 'perSecond').toFixed(0),
          ...(['p50', 'p95', 'p99', 'lagP50', 'lagP99', 'lagMost'] as const).map((figure) =>
            ms(middle(kind, how, figure)),
          ),
          `${(100 * middle(kind, how, 'busy')).toFixed(0)} %`,
          ...(['cores', 'own', 'starved'] as const).map((figure) => middle(kind, how, figure).toFixed(2)),
        ]),
      ),
    ),
    '## What the beats told',
    'Estimates are told every 15 s, worked out a second before. A beat may tell those of the beat before while its own are still being worked out; without either, those by counts and means. Age is the time from the lobby that the forward runs began with to the beat that tells them.',
    table(
      [
        'load',
        'figures for',
        'fresh',
        'of the beat before',
        'none',
        'runs (least, median, most)',
        'age s (median, p95, most)',
      ],
      kinds.flatMap((kind) =>
        (['public', 'staff'] as const).map((about) => {
          const { forThis, forTheLast, none, runs, ageSeconds } = beats[kind][about];
          return [
            spelled[kind],
            about,
            String(forThis),
            String(forTheLast),
            String(none),
            `${String(runs.least)}, ${String(runs.p50)}, ${String(runs.most)}`,
            `${ms(ageSeconds.p50)}, ${ms(ageSeconds.p95)}, ${ms(ageSeconds.most)}`,
          ];
        }),
      ),
    ),
  ].join('\n\n')}\n`;
}
