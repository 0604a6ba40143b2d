import type { BoardView } from '../../src/protocol/views.js';

/**
 * How full the screen is: `roomy` with one row of windows, `full` with more, `crowded` with more than four lines;
 * a portrait screen has its own proportions.
 */
export type Arrangement = 'roomy' | 'full' | 'crowded' | 'portrait';

/** Lines beyond which each takes a narrow card. */
const LINES = 4;
/** Windows in a row at most, by the width in em of the longest label; a label beyond the last is cut with an ellipsis. */
const PER_ROW = {
  landscape: [
    { ems: 5.5, most: 8 },
    { ems: 9, most: 6 },
    { ems: Infinity, most: 4 },
  ],
  portrait: [
    { ems: 6.5, most: 4 },
    { ems: 9.5, most: 3 },
    { ems: Infinity, most: 2 },
  ],
};

/** Width of a text in em: a Chinese character is 1, anything else about half. */
export const ems = (text: string): number =>
  Array.from(text).reduce((sum, sign) => sum + (sign > '\u2E7F' ? 1 : 0.5), 0);

/** Windows in each row of the strip: whole rows of about equal length. */
export function perRow(counters: BoardView['counters'], portrait: boolean): number {
  const labels = Object.values(counters).map(({ label }) => label.zh);
  const longest = Math.max(0, ...labels.map(ems));
  const rule = PER_ROW[portrait ? 'portrait' : 'landscape'];
  const most = rule.find((row) => longest <= row.ems)?.most ?? 1;
  if (portrait) return most;
  const rows = Math.ceil(Math.max(labels.length, 1) / most);
  return Math.ceil(Math.max(labels.length, 1) / rows);
}

export const isCrowded = (view: BoardView | undefined): boolean =>
  Object.keys(view?.zones ?? {}).length > LINES;

export function arrangementOf(view: BoardView | undefined, portrait: boolean): Arrangement {
  if (portrait) return 'portrait';
  if (view === undefined) return 'roomy';
  if (isCrowded(view)) return 'crowded';
  return Object.keys(view.counters).length > perRow(view.counters, false) ? 'full' : 'roomy';
}
