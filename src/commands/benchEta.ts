/**
 * `npm run bench:eta -- [--days 20] [--seed 1] [--out docs/bench]`: the wait estimates on simulated days against their
 * targets. Writes eta.md and eta.json; exit 1 when a target is missed.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { etaVerdicts } from '../simulator/bench/etaVerdicts.js';
import { verdictTable } from '../simulator/bench/report.js';
import { commitHere } from './commitHere.js';
import { numberIn } from './demoOptions.js';

const { values } = parseArgs({
  options: {
    days: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string', default: 'docs/bench' },
  },
});
const days = numberIn('days', values.days, 1, 10_000);
const seed = numberIn('seed', values.seed, 0, 2 ** 31 - 1);
const of = { commit: commitHere(), days, seed };
const verdicts = etaVerdicts(seed, days);
const page = [
  '# How good the wait estimates are',
  `Made by \`npm run bench:eta\` at commit ${of.commit}: ${String(days)} simulated days in each world, day i from seed ${String(seed)} + i, mode d at load 1.0 and 6 % specials. One estimate for each visit that finds no free counter, when its ticket is taken, from 100 forward runs; specials and no-shows are left out; the truth is the start of service.`,
  verdictTable(verdicts),
].join('\n\n');
mkdirSync(values.out, { recursive: true });
writeFileSync(join(values.out, 'eta.json'), `${JSON.stringify({ of, verdicts }, null, 2)}\n`);
writeFileSync(join(values.out, 'eta.md'), `${page}\n`);
for (const { target, what, figure, bound, met } of verdicts)
  process.stdout.write(`${met ? 'met' : 'missed'}: ${target} ${what}: ${figure} (${bound})\n`);
process.exitCode = verdicts.every(({ met }) => met) ? 0 : 1;
