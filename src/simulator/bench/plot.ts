import { policies, type PolicyId } from './policies.js';
import type { Report, Row } from './report.js';

const panels: readonly { title: string; of: (row: Row) => number; bound?: number }[] = [
  { title: 'normal wait, mean', of: ({ normalMean }) => normalMean },
  { title: 'normal wait, 95th percentile', of: ({ normalP95 }) => normalP95 },
  { title: 'priority wait, 95th percentile', of: ({ specialP95 }) => specialP95, bound: 7 },
];

const ours: readonly PolicyId[] = ['d', 'eLean', 'eForecast'];

const NAMES = 222;
const PANEL = 268;
const GAP = 34;
const ROW = 38;
const HEAD = 84;
/** Of a row: each special share has its own line in it. */
const LINES = [-9, 0, 9];

const width = NAMES + panels.length * (PANEL + GAP);
const height = HEAD + policies.length * ROW + 40;

/** A round step that gives four to seven ticks up to `most`. */
const stepFor = (most: number): number => [1, 2, 5, 10, 20, 50].find((step) => most / step <= 7) ?? 100;

const text = (x: number, y: number, words: string, more = ''): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}"${more}>${words}</text>`;

/** Colours that follow the reader's theme, so that the picture can stand in a page of either. */
const style = `
  text { font: 13px system-ui, 'Segoe UI', sans-serif; fill: #3d444d; }
  .small { font-size: 11.5px; }
  .title { font-weight: 600; }
  .grid { stroke: #d1d9e0; }
  .bound { stroke: #1a7f37; stroke-dasharray: 4 3; }
  .base { --mark: #7d8590; }
  .own { --mark: #c2410c; }
  .dot { stroke: var(--mark); stroke-width: 2; }
  .usual { fill: var(--mark); }
  .busy { fill: none; }
  .own text { font-weight: 600; }
  @media (prefers-color-scheme: dark) {
    text { fill: #d1d7e0; }
    .grid { stroke: #3d444d; }
    .bound { stroke: #57ab5a; }
    .base { --mark: #9198a1; }
    .own { --mark: #f79257; }
  }`;

const dot = (x: number, y: number, busy: boolean): string =>
  `<circle class="dot ${busy ? 'busy' : 'usual'}" cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="3.6"/>`;

/** Waits by policy over all cells, as a picture: a row for each policy, a mark for each cell. */
export function plotOf({ cells }: Pick<Report, 'cells'>): string {
  const shares = [...new Set(cells.map(({ cell }) => cell.specialShare))];
  const scales = panels.map(({ of }) => {
    const most = Math.max(...cells.flatMap(({ figures }) => Object.values(figures).map(of)));
    const step = stepFor(most);
    return { step, end: step * Math.ceil((most + 0.01) / step) };
  });
  const left = (panel: number): number => NAMES + panel * (PANEL + GAP);
  const xOf = (panel: number, value: number): number =>
    left(panel) + (PANEL * value) / (scales[panel]?.end ?? 1);
  const bottom = HEAD + policies.length * ROW;

  const axes = panels.map(({ title, bound }, panel) => {
    const { step, end } = scales[panel] ?? { step: 1, end: 1 };
    const ticks = Array.from({ length: Math.round(end / step) + 1 }, (_, i) => i * step).map((value) => {
      const x = xOf(panel, value).toFixed(1);
      return `<line class="grid" x1="${x}" x2="${x}" y1="${String(HEAD)}" y2="${String(bottom)}"/>${text(Number(x), bottom + 17, String(value), ' class="small" text-anchor="middle"')}`;
    });
    const at = bound === undefined ? '' : xOf(panel, bound).toFixed(1);
    const line =
      at && `<line class="bound" x1="${at}" x2="${at}" y1="${String(HEAD)}" y2="${String(bottom)}"/>`;
    return [
      text(left(panel), HEAD - 14, title, ' class="title"'),
      ...ticks,
      line,
      text(left(panel) + PANEL, bottom + 33, 'minutes', ' class="small" text-anchor="end"'),
    ].join('');
  });

  const rows = policies.map(({ id, name }, i) => {
    const y = HEAD + (i + 0.5) * ROW;
    const dots = panels.flatMap(({ of }, panel) =>
      cells.map(({ cell, figures }) =>
        dot(xOf(panel, of(figures[id])), y + (LINES[shares.indexOf(cell.specialShare)] ?? 0), cell.load > 1),
      ),
    );
    return `<g class="${ours.includes(id) ? 'own' : 'base'}">${text(0, y + 4, name)}${dots.join('')}</g>`;
  });

  const percent = shares.map((share) => String(Math.round(100 * share))).join(', ');
  const legend = `<g class="base">${dot(NAMES + 6, 18, false)}${text(NAMES + 16, 22, 'usual load')}${dot(NAMES + 106, 18, true)}${text(NAMES + 116, 22, '10 % more')}${text(NAMES + 200, 22, `in each row from top to bottom ${percent} % with priority; dashed: the target with advice`)}</g>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(width)} ${String(height)}" width="${String(width)}" height="${String(height)}" role="img" aria-label="Waits by policy in six kinds of branch; all figures stand in the tables">
<style>${style}
</style>
${[legend, ...axes, ...rows].join('\n')}
</svg>
`;
}
