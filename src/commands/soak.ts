/**
 * `npm run soak -- [--minutes 60] [--speed 20] [--seed 1] [--period 5]`: a demo server in its own process, played
 * for an hour; exit 1 when its memory grows or its log has an error. The last line is JSON.
 */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as passes } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { setRate } from '../demo/clockDoor.js';
import { startPlayers } from '../demo/players.js';
import type { Players } from '../demo/players.js';
import { branchTemplate } from '../lobby/template.js';
import { businessDay } from '../runtime/business-day.js';
import { numberIn } from './demoOptions.js';
import { serveForSoak } from './soakServer.js';
import type { FromServer, ToServer } from './soakServer.js';
import { verdictOf } from './soakVerdict.js';
import type { Sample } from './soakVerdict.js';

const MB = 1024 * 1024;
const ERROR_LEVEL = 50;
const BEFORE_OPENING = 7 * 60 + 45;
/** The first hour is played fast, so that a short soak too measures a lobby full of people. */
const MORNING_SPEED = 300;
const MEASURE_FROM_MS = 9 * 3_600_000;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** The server's process, as the soak sees it. */
class Server {
  errors = 0;
  readonly #child: ChildProcess;
  #onMessage: (message: FromServer) => void = () => undefined;

  constructor(readonly died: (why: string) => void) {
    const own = fileURLToPath(import.meta.url);
    this.#child = fork(own, ['--serve'], {
      // Resident memory without the allocators' own swings: they keep up to 40 MB that nothing uses.
      execArgv: ['--expose-gc', '--max-semi-space-size=1'],
      env: { ...process.env, MALLOC_ARENA_MAX: '1' },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child.on('message', (message: FromServer) => this.#onMessage(message));
    this.#child.on('exit', (code, signal) => died(`the server ended: ${signal ?? code ?? 0}`));
    for (const stream of [this.#child.stdout, this.#child.stderr])
      if (stream) createInterface({ input: stream }).on('line', (line) => this.#read(line));
  }

  async ready(): Promise<Extract<FromServer, { ready: unknown }>['ready']> {
    const message = await this.#next();
    if (!('ready' in message)) throw new Error('the server did not say that it is ready');
    return message.ready;
  }

  async measure(minute: number): Promise<Sample> {
    const answer = this.#next();
    this.#tell('measure');
    const message = await answer;
    if (!('memory' in message)) throw new Error('the server did not tell its memory');
    const { rss, heapUsed } = message.memory;
    return { minute, rss: rss / MB, heap: heapUsed / MB };
  }

  end(): Promise<void> {
    this.#child.removeAllListeners('exit');
    const ended = new Promise<void>((resolve) => this.#child.once('exit', () => resolve()));
    this.#tell('end');
    return ended;
  }

  #tell(wanted: ToServer): void {
    this.#child.send(wanted);
  }

  #next(): Promise<FromServer> {
    return new Promise((resolve) => (this.#onMessage = resolve));
  }

  /** Anything that is no line of the log was written by a fault. */
  #read(line: string): void {
    let level: unknown;
    try {
      level = (JSON.parse(line) as { level?: unknown }).level;
    } catch {
      level = ERROR_LEVEL;
    }
    if (typeof level !== 'number' || level >= ERROR_LEVEL) {
      this.errors += 1;
      say(`log: ${line}`);
    }
  }
}

async function soak(): Promise<void> {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '60' },
      speed: { type: 'string', default: '20' },
      seed: { type: 'string', default: '1' },
      period: { type: 'string', default: '5' },
    },
  });
  const minutes = numberIn('minutes', values.minutes, 0.2, 24 * 60);
  const speed = numberIn('speed', values.speed, 1, 60);
  const period = numberIn('period', values.period, 1, 60) * 1_000;
  const server = new Server((why) => {
    process.stderr.write(`${why}\n`);
    process.exit(1);
  });
  const { url, cast } = await server.ready();
  const answers = { accepted: 0, refused: 0, days: 0, visits: 0, loveWindows: 0 };
  const players = startPlayers({
    url,
    cast,
    seed: numberIn('seed', values.seed, 0, 1e9),
    onAnswer(type, answer) {
      answers[answer?.ok === true ? 'accepted' : 'refused'] += 1;
      if (answer?.ok !== true) return;
      if (type === 'OpenDay') answers.days += 1;
      if (type === 'FinishService') answers.visits += 1;
      if (type === 'ConfirmLoveWindow') answers.loveWindows += 1;
    },
  });
  await morning(players, url, speed);
  say(`${minutes} min at speed ${speed}; memory in MB after a forced collection`);
  const samples: Sample[] = [];
  const begun = performance.now();
  for (let next = 1; next * period <= minutes * 60_000; next += 1) {
    await passes(Math.max(0, begun + next * period - performance.now()));
    const sample = await server.measure((performance.now() - begun) / 60_000);
    samples.push(sample);
    if (samples.length % 12 === 1) say(line(sample, players));
  }
  players.stop();
  await server.end();
  const verdict = verdictOf(samples, server.errors);
  say(JSON.stringify({ ...verdict, minutes, speed, samples: samples.length, ...answers }));
  process.exit(verdict.ok ? 0 : 1);
}

async function morning(players: Players, url: string, speed: number): Promise<void> {
  const { midnight } = businessDay(Date.now(), branchTemplate.timeZone);
  await new Promise<void>((come) => void players.clock.wake(midnight + MEASURE_FROM_MS, come));
  await setRate(url, speed);
}

const line = ({ minute, rss, heap }: Sample, { clock }: Players): string =>
  `${minute.toFixed(1).padStart(6)} min  rss ${rss.toFixed(1)}  heap ${heap.toFixed(1)}  branch ${new Date(clock.now()).toISOString()}`;

const serving = process.argv.includes('--serve');
(serving ? serveForSoak(MORNING_SPEED, BEFORE_OPENING) : soak()).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
