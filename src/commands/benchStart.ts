/**
 * `npm run bench:start -- [--branches 2000] [--events 500] [--learning 40] [--days 5] [--rate 50] [--rounds 2] [--seed 1] [--out docs/bench]`:
 * how long a server of many branches takes to start in the middle of the day, and what the first start after an upgrade
 * costs the commands while it learns from past days. Writes start.md and start.json; exit 1 when a bound is missed.
 */
import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { pageOf, startVerdicts } from './benchStart/page.js';
import type { Measured } from './benchStart/page.js';
import { startOnce } from './benchStart/start.js';
import type { Started, StartOf } from './benchStart/start.js';
import { forgetWhatIsDerived, writeBranches } from './benchStart/written.js';
import type { Wanted, Written } from './benchStart/written.js';
import { commitHere } from './commitHere.js';
import { numberIn } from './demoOptions.js';

/** Tickets are taken for so long at least. */
const SECONDS = 15;
/** Of the running day of branches that learn. */
const EVENTS_BESIDE_LEARNING = 200;

const { values } = parseArgs({
  options: {
    branches: { type: 'string', default: '2000' },
    events: { type: 'string', default: '500' },
    learning: { type: 'string', default: '40' },
    days: { type: 'string', default: '5' },
    rate: { type: 'string', default: '50' },
    rounds: { type: 'string', default: '2' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string', default: 'docs/bench' },
    serve: { type: 'boolean', default: false },
  },
});

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** A start in a process of its own. */
function started(of: StartOf): Promise<Started> {
  const child = fork(fileURLToPath(import.meta.url), ['--serve']);
  return new Promise((resolve, reject) => {
    child.once('message', (told: Started) => resolve(told));
    child.once('exit', (code) => reject(new Error(`the server ended: ${String(code)}`)));
    child.send(of);
  });
}

function serve(): void {
  process.once('message', (of: StartOf) => {
    startOnce(of).then(
      (told) => process.send?.(told, () => process.exit()),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
}

/** Works on a data directory of its own, which is gone afterwards. */
async function onBranches<T>(
  wanted: Wanted,
  work: (dataDir: string, written: Written) => Promise<T>,
): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'love-window-bench-'));
  try {
    const written = await writeBranches(dataDir, wanted);
    say(`${String(written.branches)} branches, ${String(written.events)} events`);
    return await work(dataDir, written);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** In each round once with what is derived from the log, and once without it. */
async function rounds(
  count: number,
  dataDir: string,
  { at }: Written,
  rate: number,
): Promise<[without: Started[], with_: Started[]]> {
  const without: Started[] = [];
  const with_: Started[] = [];
  const start = { dataDir, at: at + 1_000, rate, seconds: rate > 0 ? SECONDS : 0 };
  for (let i = 0; i < count; i += 1) {
    await forgetWhatIsDerived(dataDir);
    without.push(await started(start));
    with_.push(await started(start));
    say(`round ${String(i + 1)} of ${String(count)}`);
  }
  return [without, with_];
}

async function bench(): Promise<void> {
  const seed = numberIn('seed', values.seed, 0, 2 ** 31 - 1);
  const rate = numberIn('rate', values.rate, 1, 1_000);
  const count = numberIn('rounds', values.rounds, 1, 20);
  const branches = numberIn('branches', values.branches, 1, 5_000);
  const events = numberIn('events', values.events, 1, 2_000);
  const learners = numberIn('learning', values.learning, 1, 1_000);
  const pastDays = numberIn('days', values.days, 1, 30);
  const commit = commitHere();
  const machine = {
    cores: cpus().length,
    model: cpus()[0]?.model ?? 'unknown',
    node: process.version,
    loadBefore: loadavg()[0] ?? 0,
  };
  const restart = await onBranches({ branches, events, pastDays: 0, seed }, async (dataDir, written) => {
    const [whole, snapshots] = await rounds(count, dataDir, written, 0);
    return { written, whole, snapshots };
  });
  const wanted = { branches: learners, events: EVENTS_BESIDE_LEARNING, pastDays, seed };
  const learning = await onBranches(wanted, async (dataDir, written) => {
    const [first, later] = await rounds(count, dataDir, written, rate);
    return { written, days: learners * pastDays, first, later };
  });
  const measured: Measured = { of: { commit, seed, rate, machine }, restart, learning };
  const verdicts = startVerdicts(measured);
  mkdirSync(values.out, { recursive: true });
  writeFileSync(
    join(values.out, 'start.json'),
    `${JSON.stringify({ of: measured.of, verdicts }, null, 2)}\n`,
  );
  writeFileSync(join(values.out, 'start.md'), pageOf(measured));
  for (const { what, figure, bound, met } of verdicts)
    say(`${met ? 'met' : 'missed'}: ${what}: ${figure} (${bound})`);
  process.exit(verdicts.every(({ met }) => met) ? 0 : 1);
}

if (values.serve) serve();
else
  bench().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  });
