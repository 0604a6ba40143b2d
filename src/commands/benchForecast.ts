/**
 * `npm run bench:forecast -- [--branches 200] [--rounds 5] [--seconds 15] [--rate 50] [--seed 1] [--out docs/bench]`:
 * what forward runs for many branches cost the commands of a live server, against the same server without them.
 * Writes forecast.md and forecast.json; exit 1 when the live gate is missed.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as passes } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { arrivalsOf } from '../model/arrivals.js';
import { chanceOf } from '../model/chance.js';
import { Load } from './benchForecast/load.js';
import { Lobby } from './benchForecast/lobby.js';
import { pageOf, resultOf } from './benchForecast/page.js';
import { serveForBench } from './benchForecast/server.js';
import type { FromServer, ToServer } from './benchForecast/server.js';
import { forecastVerdicts, type Round, type Span } from './benchForecast/verdicts.js';
import { commitHere } from './commitHere.js';
import { numberIn } from './demoOptions.js';

/** Until every branch has been told figures of its own. */
const WARM_MS = 17_000;
const WAITING = { least: 15, most: 40 };
/** Branches that are furnished with people at once. */
const AT_ONCE = 8;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const { values } = parseArgs({
  options: {
    branches: { type: 'string', default: '200' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '15' },
    rate: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string', default: 'docs/bench' },
    serve: { type: 'boolean', default: false },
  },
});
const branches = numberIn('branches', values.branches, 1, 2_000);

/** The server's process. */
class Server {
  readonly #child: ChildProcess;
  #onMessage: (message: FromServer) => void = () => undefined;

  constructor() {
    this.#child = fork(fileURLToPath(import.meta.url), ['--serve', '--branches', String(branches)]);
    this.#child.on('message', (message: FromServer) => this.#onMessage(message));
    this.#child.once('exit', (code, signal) => {
      process.stderr.write(`the server ended: ${signal ?? code ?? 0}\n`);
      process.exit(1);
    });
  }

  async ready(): Promise<Extract<FromServer, { ready: unknown }>['ready']> {
    const message = await this.#next();
    if (!('ready' in message)) throw new Error('the server did not say that it is ready');
    return message.ready;
  }

  async turn(on: boolean): Promise<void> {
    const done = this.#next();
    this.#tell(on ? 'on' : 'off');
    await done;
  }

  /** What the server makes of it while `load` lasts. */
  async measured(load: () => Promise<Span['answers']>): Promise<Span> {
    this.#tell('measure');
    const answers = await load();
    const told = this.#next();
    this.#tell('figures');
    const message = await told;
    if (!('figures' in message)) throw new Error('the server did not tell its figures');
    return { answers, figures: message.figures };
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
}

async function bench(): Promise<void> {
  const of = {
    commit: commitHere(),
    branches,
    rounds: numberIn('rounds', values.rounds, 1, 100),
    seconds: numberIn('seconds', values.seconds, 1, 600),
    rate: numberIn('rate', values.rate, 1, 10_000),
    seed: numberIn('seed', values.seed, 0, 2 ** 31 - 1),
    machine: {
      cores: cpus().length,
      model: cpus()[0]?.model ?? 'unknown',
      node: process.version,
      loadBefore: loadavg()[0] ?? 0,
    },
  };
  const chance = chanceOf(of.seed);
  const server = new Server();
  const { url, branches: cast } = await server.ready();
  say(`${String(cast.length)} branches are served`);
  const lobbies: Lobby[] = [];
  const left = [...cast.entries()];
  const fill = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) {
      const [i, people] = next;
      const waiting = Math.floor(chance.between(WAITING.least, WAITING.most + 1));
      lobbies.push(await Lobby.filled(url, people, arrivalsOf(of.seed + i, 1), waiting));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, fill));
  say('everybody is there');
  const load = new Load(lobbies, chance);
  let isOn = false;
  const spans = async (on: boolean): Promise<{ open: Span; closed: Span }> => {
    await server.turn(on);
    if (on && !isOn) await passes(WARM_MS);
    isOn = on;
    return {
      open: await server.measured(() => load.open(of.rate, of.seconds)),
      closed: await server.measured(() => load.closed(of.seconds)),
    };
  };
  const rounds: Round[] = [];
  for (let i = 0; i < of.rounds; i += 1) {
    const first = i % 2 === 1;
    const [one, other] = [await spans(first), await spans(!first)];
    const [on, off] = first ? [one, other] : [other, one];
    rounds.push({ open: { on: on.open, off: off.open }, closed: { on: on.closed, off: off.closed } });
    say(`round ${String(i + 1)} of ${String(of.rounds)}`);
  }
  for (const lobby of lobbies) lobby.close();
  await server.end();
  const verdicts = forecastVerdicts(rounds);
  const result = resultOf({ ...of, atOnce: load.atOnce }, rounds, verdicts);
  mkdirSync(values.out, { recursive: true });
  writeFileSync(join(values.out, 'forecast.json'), `${JSON.stringify(result, null, 2)}\n`);
  writeFileSync(join(values.out, 'forecast.md'), pageOf(result));
  for (const { what, figure, bound, met } of verdicts)
    say(`${met ? 'met' : 'missed'}: ${what}: ${figure} (${bound})`);
  process.exit(verdicts.every(({ met }) => met) ? 0 : 1);
}

(values.serve ? serveForBench(branches) : bench()).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
