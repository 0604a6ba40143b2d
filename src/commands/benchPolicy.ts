/**
 * `npm run bench:policy -- [--days 400] [--seed 1] [--seed-from <hash>] [--out docs/bench] [--name policy]
 * [--rows <folder>] [--core-days 4]`: the calling policy on simulated days against its targets. Writes a page, its figures as JSON
 * and a plot; exit 1 when a target is missed. `--seed-from` derives the seed from the first eight hex digits given,
 * such as a commit's hash; `--rows` writes each visit of each day, so that every figure can be reckoned anew; so many
 * days of each cell and policy are played once more on the core and held to L12–L16.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inAll, overseeCell, type Overseen } from '../simulator/bench/overseen.js';
import { plotOf } from '../simulator/bench/plot.js';
import { figuresOf, markdownOf, verdictsIn, type Report } from '../simulator/bench/report.js';
import { cells, runCell, type CellResult } from '../simulator/bench/run.js';
import { speedVerdicts } from '../simulator/bench/speed.js';
import { baselines, baselineVerdicts, overallVerdict, verdictsOf } from '../simulator/bench/targets.js';
import { theoryVerdicts } from '../simulator/bench/theory.js';
import { rowsInto } from './benchRows.js';
import { seedFrom } from './benchSeed.js';
import { commitHere } from './commitHere.js';
import { numberIn } from './demoOptions.js';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const { values } = parseArgs({
  options: {
    days: { type: 'string', default: '400' },
    seed: { type: 'string', default: '1' },
    'seed-from': { type: 'string' },
    out: { type: 'string', default: 'docs/bench' },
    name: { type: 'string', default: 'policy' },
    rows: { type: 'string' },
    'core-days': { type: 'string', default: '4' },
  },
});

/** The baselines are held to published means over so many times the days: 400 days err by 5 %. */
const TIMES_MORE = 30;
/** T10: customers through the engine for each queue, and through the plain line beside it. */
const CUSTOMERS = 600_000;
const MANY = 20_000_000;

const hash = values['seed-from'];
const seed = hash === undefined ? numberIn('seed', values.seed, 0, 2 ** 31 - 1) : seedFrom(hash);
const days = numberIn('days', values.days, 2, 10_000);
const coreDays = numberIn('core-days', values['core-days'], 1, 1_000);
const results: CellResult[] = [];
const overseen: Overseen[] = [];
const judged: Report['cells'] = [];
for (const cell of cells) {
  const rows = values.rows === undefined ? undefined : rowsInto(values.rows, cell);
  const result = runCell(cell, seed, days, rows?.onDay);
  await rows?.done();
  results.push(result);
  judged.push({ cell, verdicts: verdictsOf(cell, result), figures: figuresOf(result) });
  overseen.push(overseeCell(cell, seed, coreDays));
  say(`load ${String(cell.load)}, special ${String(cell.specialShare)}: played`);
}
const usual = runCell({ load: 1, specialShare: 0.06 }, seed, TIMES_MORE * days, undefined, baselines);
say('baselines: played');
const report: Report = {
  of: { commit: commitHere(), days, baselineDays: TIMES_MORE * days, seed, ...(hash && { seedFrom: hash }) },
  baselines: baselineVerdicts(usual),
  cells: judged,
  overall: [overallVerdict(results), ...theoryVerdicts(CUSTOMERS, MANY, seed), ...speedVerdicts(seed)],
  overseen: inAll(overseen),
};
mkdirSync(values.out, { recursive: true });
const file = (kind: string): string => join(values.out, `${values.name}.${kind}`);
writeFileSync(file('json'), `${JSON.stringify(report, null, 2)}\n`);
writeFileSync(file('svg'), plotOf(report));
writeFileSync(file('md'), markdownOf(report, `${values.name}.svg`));
for (const { cell, verdicts } of judged)
  for (const { target, what, figure, bound, met } of verdicts)
    if (!met)
      say(
        `missed: load ${String(cell.load)}, special ${String(cell.specialShare)}: ${target} ${what}: ${figure}, not ${bound}`,
      );
for (const { target, what, figure, bound, met } of [...report.baselines, ...report.overall])
  say(`${met ? 'met' : 'missed'}: ${target} ${what}: ${figure} (${bound})`);
const missed = verdictsIn(report).filter(({ met }) => !met).length;
say(`${String(verdictsIn(report).length - missed)} of ${String(verdictsIn(report).length)} targets are met`);
process.exitCode = missed === 0 ? 0 : 1;
