import { performance } from 'node:perf_hooks';
import { setTimeout as passes } from 'node:timers/promises';
import { startServer } from '../../boot.js';
import type { RunningServer } from '../../boot.js';
import type { Actor } from '../../lobby/input.js';
import type { Command } from '../../protocol/commands.js';
import { DemoClock } from '../../runtime/demo-clock.js';
import { scheduled } from '../benchForecast/meter.js';
import { newLogger } from '../logging.js';

/** One start that is asked for. */
export interface StartOf {
  dataDir: string;
  /** Branch time to begin with, UTC ms. */
  at: number;
  /** Tickets a second that are taken until every past day has been learnt from, and for so many seconds at least. */
  rate: number;
  seconds: number;
}

/** What became of it. */
export interface Started {
  /** Seconds until the server served, by the clock and of processors. */
  seconds: number;
  cpu: number;
  /** Seconds from then until every past day had been learnt from. */
  learning: number;
  /** MB of resident memory when it served, and the most until it ended. */
  resident: number;
  most: number;
  /** Ms from the instant a ticket was due to its answer. */
  latencies: number[];
  refused: number;
  /** Ms of processor that the serving thread used between two looks 2 ms apart: what the next command waits for at most. */
  stretches: number[];
}

const LOOK_MS = 2;
const manager: Actor = { id: 'bench', role: 'lobbyManager', name: 'bench', skills: [], session: 'bench' };
const ticket: Command = { type: 'IssueTicket', serviceIds: ['cash'] };

const megabytes = (): number => process.memoryUsage.rss() / 2 ** 20;

/** Starts the production server in this process, has tickets taken meanwhile, and ends it. */
export async function startOnce({ dataDir, at, rate, seconds }: StartOf): Promise<Started> {
  const began = performance.now();
  const used = process.cpuUsage();
  const clock = new DemoClock(at, 1);
  const server = await startServer({ dataDir, port: 0, logger: newLogger('warn'), clock });
  const { user, system } = process.cpuUsage(used);
  const served = performance.now();
  const resident = megabytes();
  let most = resident;
  let learning: number | undefined;
  const stretches: number[] = [];
  let ran = scheduled().ran;
  const look = setInterval(() => {
    const now = scheduled().ran;
    stretches.push(now - ran);
    ran = now;
    most = Math.max(most, megabytes());
  }, LOOK_MS);
  const learnt = server.learningSettled().then(() => {
    learning = (performance.now() - served) / 1_000;
  });
  const goesOn = (): boolean => learning === undefined || performance.now() - served < 1_000 * seconds;
  const sent = await tickets(server, rate, goesOn);
  await learnt;
  clearInterval(look);
  await server.close();
  return {
    seconds: (served - began) / 1_000,
    cpu: (user + system) / 1e6,
    learning: learning ?? NaN,
    resident,
    most,
    ...sent,
    stretches,
  };
}

/** So many tickets a second, at one branch after the other, whatever the server does. */
async function tickets(
  { lobbies }: RunningServer,
  rate: number,
  goesOn: () => boolean,
): Promise<Pick<Started, 'latencies' | 'refused'>> {
  const latencies: number[] = [];
  let refused = 0;
  const branches = lobbies.branchIds();
  const running: Promise<void>[] = [];
  const from = performance.now();
  for (let i = 0; rate > 0 && goesOn(); i += 1) {
    const due = from + (1_000 * i) / rate;
    if (due > performance.now()) await passes(due - performance.now());
    const request = { id: `${String(from)}-${String(i)}`, command: ticket, actor: manager };
    running.push(
      lobbies.execute(branches[i % branches.length] ?? '', request).then((ack) => {
        latencies.push(performance.now() - due);
        if (!ack.ok) refused += 1;
      }),
    );
  }
  await Promise.all(running);
  return { latencies, refused };
}
