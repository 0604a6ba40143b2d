import { mean, quantile, share, type CellFigures } from './figures.js';
import { policies, type PolicyId } from './policies.js';
import type { CellVerdicts, Verdict } from './targets.js';
import type { Cell, CellResult } from './run.js';

/** What a run was made with, so that it can be made again. */
export interface RunOf {
  commit: string;
  days: number;
  /** Day i of each cell is drawn from seed + i. */
  seed: number;
}

export interface Report {
  of: RunOf;
  baselines: Verdict[];
  cells: (CellVerdicts & { figures: Record<PolicyId, Row> })[];
  overall: Verdict[];
}

interface Row {
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

/** The report as a page of the documentation. */
export function markdownOf(report: Report): string {
  const { of, baselines, cells, overall } = report;
  const all = verdictsIn(report);
  const missed = all.filter(({ met }) => !met);
  const parts = [
    '# What the calling policy does',
    `Made by \`npm run bench:policy\` at commit ${of.commit}: ${String(of.days)} simulated days in each cell, day i from seed ${String(of.seed)} + i, the same days for every policy. Waits run from the arrival to the start of service, in minutes; changes carry their 95 % confidence interval from paired days. The arrivals are a published table, everything else about the branch is the model's assumption (\`src/model/branch-day.json\`).`,
    `${String(all.length - missed.length)} of ${String(all.length)} targets are met.`,
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
    '## Baselines, engine and speed',
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
  ];
  return `${parts.join('\n\n')}\n`;
}
