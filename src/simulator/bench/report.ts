import { mean, quantile, share, type CellFigures } from './figures.js';
import { policies, type PolicyId } from './policies.js';
import type { Overseen } from './overseen.js';
import type { CellVerdicts, Verdict } from './targets.js';
import type { Cell, CellResult } from './run.js';

/** What a run was made with, so that it can be made again. */
export interface RunOf {
  commit: string;
  days: number;
  /** The baselines' reproduction is judged on more days. */
  baselineDays: number;
  /** Day i of each cell is drawn from seed + i. */
  seed: number;
  /** The hash that the seed was derived from. */
  seedFrom?: string;
}

export interface Report {
  of: RunOf;
  baselines: Verdict[];
  cells: (CellVerdicts & { figures: Record<PolicyId, Row> })[];
  overall: Verdict[];
  /** What of L12–L16 was held to on the core [P-13]. */
  overseen: Overseen;
}

export interface Row {
  normalMean: number;
  normalP95: number;
  over15: number;
  specialMean: number;
  specialP95: number;
  vipWithin10: number;
  heldIdle: number;
  elasticMinutes: number;
  openings: number;
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

const rowOf = ({ waits, days }: CellFigures): Row => ({
  normalMean: round(mean(waits.normal)),
  normalP95: round(quantile(waits.normal, 0.95)),
  over15: round(share(waits.normal, (wait) => wait > 15)),
  specialMean: round(mean(waits.special)),
  specialP95: round(quantile(waits.special, 0.95)),
  vipWithin10: round(share(waits.vip, (wait) => wait <= 10)),
  heldIdle: round(mean(days.map(({ heldIdle }) => heldIdle))),
  elasticMinutes: round(mean(days.map(({ elasticMinutes }) => elasticMinutes))),
  openings: round(mean(days.map(({ openings }) => openings))),
});

export const figuresOf = (result: CellResult): Record<PolicyId, Row> =>
  Object.fromEntries(policies.map(({ id }) => [id, rowOf(result[id])])) as Record<PolicyId, Row>;

export const verdictsIn = ({ baselines, cells, overall }: Report): Verdict[] => [
  ...baselines,
  ...cells.flatMap(({ verdicts }) => verdicts),
  ...overall,
];

const count = (value: number): string => value.toLocaleString('en-GB');

const cellName = ({ load, specialShare }: Cell): string =>
  `load ${load.toFixed(1)}, ${(100 * specialShare).toFixed(0)} % special`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const verdictRows = (verdicts: readonly Verdict[]): string[][] =>
  verdicts.map(({ target, what, figure, bound, met }) => [
    target,
    what,
    figure,
    bound,
    met ? 'met' : '**missed**',
  ]);

/** Verdicts as a table. */
export const verdictTable = (verdicts: readonly Verdict[]): string =>
  table(verdictHead, verdictRows(verdicts));

const verdictHead = ['target', 'what', 'figure', 'bound', ''] as const;

const seedText = ({ seed, seedFrom }: RunOf): string =>
  seedFrom === undefined
    ? `seed ${String(seed)}`
    : `seed ${String(seed)}, which nobody has chosen: it is the first eight digits of the hash ${seedFrom}, less its highest bit`;

const reckonAnew = `\`npm run bench:policy -- --rows <folder>\` writes what every figure is made of, two gzipped tables for each cell.
\`load-…-special-….csv.gz\` has a row for each visit: policy, day, customer, segment, binding (1: a need that only some counters meet), service, arrived, called, started, ended (minutes after midnight, empty where it did not come to that), counter (index), held (1: a counter was held), overtaken (love windows counted). \`…-days.csv.gz\` has the minutes that held counters stood without service, the minutes that elastic counters were staffed and their openings, for each day.
A wait is started − arrived of the visits that were served; who did not come has no start and is left out. Quantiles are by nearest rank. A change against another policy is the ratio of the two means over all visits (or days, for held idle) less one, and its interval is that of the ratio over paired days by the delta method. Policies: a FIFO, b strict priority, c manual love window, cReactive and cStatic the same with elastic counters, d recommended, eLean and eForecast with advice.`;

/** The report as a page of the documentation; `plot` is the picture beside it. */
export function markdownOf(report: Report, plot: string): string {
  const { of, baselines, cells, overall, overseen } = report;
  const all = verdictsIn(report);
  const missed = all.filter(({ met }) => !met);
  const parts = [
    '# What the calling policy does',
    `Made by \`npm run bench:policy\` at commit ${of.commit}: ${String(of.days)} simulated days in each cell, day i from seed s + i, the same days for every policy. Waits run from the arrival to the start of service, in minutes; changes carry their 95 % confidence interval from paired days. The arrivals are a published table, everything else about the branch is the model's assumption (\`src/model/branch-day.json\`). Here s is ${seedText(of)}.`,
    `${String(all.length - missed.length)} of ${String(all.length)} targets are met.`,
    `![Waits by policy in the six cells](${plot})`,
    ...(missed.length > 0
      ? [
          '## Missed',
          table(
            ['cell', ...verdictHead.slice(0, 4)],
            [
              ...cells.flatMap(({ cell, verdicts }) =>
                verdicts
                  .filter(({ met }) => !met)
                  .map(({ target, what, figure, bound }) => [cellName(cell), target, what, figure, bound]),
              ),
              ...[...baselines, ...overall]
                .filter(({ met }) => !met)
                .map(({ target, what, figure, bound }) => ['', target, what, figure, bound]),
            ],
          ),
        ]
      : []),
    '## Rules that held',
    `Every day above was held to L1–L11 as it was played, as far as a compact lobby can break them. ${count(overseen.days)} days, of each cell and of each policy whose staff do nothing by hand, were played once more on \`decide\` and \`evolve\` and held to what a day without a server can break of L12–L16, over ${count(overseen.commands)} commands: L12, ${count(overseen.repeats)} repeats of what had been seen before and ${count(overseen.strayDays)} commands of another day were refused; L13 and L16, ${count(overseen.choices)} calls and holds were chosen again from the log alone, with the same reasons, and the log folded to the same state with needs and without; L14, ${count(overseen.unnoticed)} commands that the public may not notice left board and kiosk byte for byte as they were, and needs never showed; L15, ${count(overseen.care)} care tasks and reminders came at their time and went with the call. Command ids, keys, frames and their times are the server's: its own tests hold it to them.`,
    '## Baselines, engine and speed',
    `T0 holds the baselines to the published figures they were set by, over ${String(of.baselineDays)} days: over 400 days the mean wait of a branch this busy has a standard error of 5 %, half of it from how busy the days happen to be. T10 corrects the engine's mean by a plain first-come line on the same customers (a control variate), whose own mean comes from 20 million others. T11 depends on the machine and on what else it does.`,
    verdictTable([...baselines, ...overall]),
    ...cells.flatMap(({ cell, verdicts, figures }) => [
      `## ${cellName(cell)}`,
      table(
        [
          'policy',
          'normal mean',
          'normal p95',
          'over 15 min',
          'special mean',
          'special p95',
          'VIP within 10',
          'held idle',
          'elastic minutes',
          'openings',
        ],
        policies.map(({ id, name }) => {
          const row = figures[id];
          return [
            name,
            row.normalMean.toFixed(2),
            row.normalP95.toFixed(1),
            `${(100 * row.over15).toFixed(1)} %`,
            row.specialMean.toFixed(2),
            row.specialP95.toFixed(1),
            `${(100 * row.vipWithin10).toFixed(1)} %`,
            row.heldIdle.toFixed(0),
            row.elasticMinutes.toFixed(0),
            row.openings.toFixed(1),
          ];
        }),
      ),
      verdictTable(verdicts),
    ]),
    '## Reckon anew',
    reckonAnew,
  ];
  return `${parts.join('\n\n')}\n`;
}
