/**
 * `npm run bench:policy -- [--days 400] [--seed 1] [--seed-from <hex>] [--out docs/bench] [--rows <folder>]`: the
 * calling policy on simulated days against its targets. Writes policy.md and policy.json; exit 1 when a target is
 * missed. `--seed-from` derives the seed from the first eight hex digits given, such as a commit's hash; `--rows`
 * writes each visit of each day, so that every figure can be reckoned anew.
 */
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { createGzip, type Gzip } from 'node:zlib';
import { segmentOf } from '../simulator/bench/figures.js';
import { figuresOf, markdownOf, verdictsIn, type Report } from '../simulator/bench/report.js';
import { cells, runCell, type Cell, type CellResult, type OnDay } from '../simulator/bench/run.js';
import { speedVerdicts } from '../simulator/bench/speed.js';
import {
  baselineVerdicts,
  overallVerdict,
  verdictsOf,
  type CellVerdicts,
} from '../simulator/bench/targets.js';
import { theoryVerdicts } from '../simulator/bench/theory.js';
import { commitHere } from './commitHere.js';
import { numberIn } from './demoOptions.js';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const { values } = parseArgs({
  options: {
    days: { type: 'string', default: '400' },
    seed: { type: 'string', default: '1' },
    'seed-from': { type: 'string' },
    out: { type: 'string', default: 'docs/bench' },
    rows: { type: 'string' },
  },
});

const COLUMNS =
  'policy,day,customer,segment,binding,service,arrived,called,started,ended,counter,held,overtaken';

/** Writes one gzipped table per cell while it is played. */
function rowsInto(folder: string, { load, specialShare }: Cell): { onDay: OnDay; done: () => Promise<void> } {
  mkdirSync(folder, { recursive: true });
  const zip: Gzip = createGzip();
  const file = zip.pipe(
    createWriteStream(join(folder, `load-${String(load)}-special-${String(specialShare)}.csv.gz`)),
  );
  zip.write(`${COLUMNS}\n`);
  return {
    onDay(policy, day, customers, { rows }) {
      const lines = rows.map((row, i) => {
        const customer = customers[i];
        if (!customer) return '';
        const binding = customer.special && customer.special.needs.length > 1 ? 1 : 0;
        const times = [row.arrivedAt, row.calledAt, row.startedAt, row.endedAt].map(
          (at) => at?.toFixed(4) ?? '',
        );
        const cells = [policy.id, day, i, segmentOf(customer), binding, customer.serviceId, ...times];
        return [...cells, row.counter ?? '', row.held ? 1 : 0, row.passed ?? ''].join(',');
      });
      zip.write(`${lines.join('\n')}\n`);
    },
    async done() {
      zip.end();
      await finished(file);
    },
  };
}

/** A seed that nobody has chosen: 31 bits of what the hash begins with. */
function seedOf(): number {
  const from = values['seed-from'];
  if (from === undefined) return numberIn('seed', values.seed, 0, 2 ** 31 - 1);
  const digits = /^[0-9a-f]{8}/i.exec(from)?.[0];
  if (digits === undefined) throw new Error('--seed-from wants at least eight hex digits');
  return Number.parseInt(digits, 16) % 2 ** 31;
}

const seed = seedOf();
const days = numberIn('days', values.days, 2, 10_000);
const results: CellResult[] = [];
const judged: Report['cells'] = [];
for (const cell of cells) {
  const rows = values.rows === undefined ? undefined : rowsInto(values.rows, cell);
  const result = runCell(cell, seed, days, rows?.onDay);
  await rows?.done();
  const verdicts: CellVerdicts = { cell, verdicts: verdictsOf(cell, result) };
  results.push(result);
  judged.push({ ...verdicts, figures: figuresOf(result) });
  say(`load ${String(cell.load)}, special ${String(cell.specialShare)}: played`);
}
const usual = results[cells.findIndex(({ load, specialShare }) => load === 1 && specialShare === 0.06)];
const report: Report = {
  of: { commit: commitHere(), days, seed },
  baselines: usual ? baselineVerdicts(usual) : [],
  cells: judged,
  overall: [overallVerdict(results), ...theoryVerdicts(1_000_000, seed), ...speedVerdicts(seed)],
};
mkdirSync(values.out, { recursive: true });
writeFileSync(join(values.out, 'policy.json'), `${JSON.stringify(report, null, 2)}\n`);
writeFileSync(join(values.out, 'policy.md'), markdownOf(report));
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
