import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setRate } from '../demo/clockDoor.js';
import { startPlayers } from '../demo/players.js';
import type { Players } from '../demo/players.js';
import { branchTemplate } from '../lobby/template.js';
import { businessDay } from '../runtime/business-day.js';
import { AlreadyRunning } from './dataDir.js';
import { castOf, demoRates } from './demoCast.js';
import { NotEmpty } from './demoData.js';
import { BadArguments, readDemoArguments, usage } from './demoOptions.js';
import type { DemoArguments } from './demoOptions.js';
import { startDemo } from './demoServer.js';
import type { DemoServer } from './demoServer.js';
import { QUICK } from './demoTime.js';
import { newLogger } from './logging.js';
import { PortTaken } from './port.js';

const MINUTE_MS = 60_000;
/** The players are there a little before the doors open. */
const BEFORE_OPENING = 7 * 60 + 45;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function main(): Promise<void> {
  const wanted = readDemoArguments(process.argv.slice(2));
  if (wanted === undefined) {
    say(usage);
    return;
  }
  const own = wanted.data === undefined ? mkdtempSync(join(tmpdir(), 'love-window-demo-')) : undefined;
  const dataDir = wanted.data ?? own ?? '';
  let server: DemoServer | undefined;
  let players: Players | undefined;
  const leave = (): void => {
    if (own !== undefined) rmSync(own, { recursive: true, force: true });
  };
  const stop = (): void => {
    players?.stop();
    (server?.close() ?? Promise.resolve())
      .catch((error: unknown) => say(String(error)))
      .finally(() => {
        leave();
        process.exit(0);
      });
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  say('Preparing the branch … / 正在准备网点……');
  try {
    server = await startDemo({
      dataDir,
      port: wanted.port,
      ...(wanted.phones === undefined ? {} : { phones: wanted.phones }),
      logger: newLogger('warn'),
      rates: demoRates,
      rate: wanted.players ? QUICK : wanted.speed,
      past: { days: wanted.pastDays, seed: wanted.seed },
      startAt: wanted.players ? BEFORE_OPENING : wanted.start,
    });
  } catch (error) {
    leave();
    throw error;
  }

  if (wanted.players) {
    say('The morning is played up to now … / 正在补演开门以来的情形……');
    players = startPlayers({ url: server.url, cast: castOf(server), seed: wanted.seed });
    await morning(server, players, wanted);
  }
  say(welcome(server.url, wanted));
}

/** Waits until the branch's clock shows the time at which the visitor comes in. */
async function morning(
  server: DemoServer,
  { clock }: Players,
  { start, speed }: DemoArguments,
): Promise<void> {
  const { midnight } = businessDay(server.lobbies.shown(branchTemplate.id).now(), branchTemplate.timeZone);
  await new Promise<void>((come) => void clock.wake(midnight + start * MINUTE_MS, come));
  await setRate(server.url, speed);
}

const welcome = (url: string, { players, speed }: DemoArguments): string => `
  爱心窗口 · 演示 / Love Window, a demo: sample data, everybody may open every page
  打开 / open   ${url}/
  ${players ? `时间 ${speed} 倍速，按 Ctrl-C 结束 / time runs ${speed} times as fast, Ctrl-C ends it` : '没有人替您操作：先在大堂经理平板上开门营业 / nobody acts but you: open the day on the manager page first'}
`;

main().catch((error: unknown) => {
  if (error instanceof PortTaken) {
    process.stderr.write(`${error.hint((port) => `npm run demo -- --port ${String(port)}`)}\n`);
    process.exit(1);
  }
  const expected = [BadArguments, NotEmpty, AlreadyRunning].some((kind) => error instanceof kind);
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  process.stderr.write(`${(expected ? undefined : stack) ?? message}\n`);
  if (error instanceof BadArguments) process.stderr.write(`\n${usage}`);
  process.exit(1);
});
