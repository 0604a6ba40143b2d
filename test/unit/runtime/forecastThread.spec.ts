import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expectationOf } from '../../../src/forecast/ahead/expectation.js';
import { stateSnapshot } from '../../../src/forecast/compact/stateSnapshot.js';
import { answerTo, type AheadRequest } from '../../../src/forecast/live/request.js';
import { ForecastThread } from '../../../src/runtime/forecast-thread.js';
import { DAY, LobbyDay, MIDNIGHT } from '../../support/lobby.js';
import { listening } from '../../support/logs.js';

const WORKER = pathToFileURL(resolve('dist/src/runtime/forecast-worker.js'));

/** Six people at two windows. */
function request(runs = 20): AheadRequest {
  const day = new LobbyDay().open().signOn('w1', 'w2');
  for (let i = 0; i < 6; i += 1) day.issue();
  const services = day.state.setup?.services ?? [];
  const serviceIds = services.map(({ id }) => id);
  const expectation = expectationOf(
    { midnight: MIDNIGHT, day: DAY, issued: day.state.issuedOf, serviceIds, counters: 6, lastTicket: 1_020 },
    day.now,
  );
  return {
    expectation,
    at: day.now,
    runs,
    seed: 1,
    waitEnd: 'service',
    zones: [[0]],
    variants: [{ lobby: stateSnapshot(day.state) }],
  };
}

/** Niceness of each thread of this process: the 19th field of its line, counted after the name in brackets. */
const niceness = (): number[] =>
  readdirSync('/proc/self/task').map((id) => {
    const [, fields = ''] = readFileSync(`/proc/self/task/${id}/stat`, 'utf8').split(') ');
    return Number(fields.split(' ')[16]);
  });

const logger = listening();
let thread: ForecastThread;
afterEach(() => thread.close());

describe('The forecast thread', () => {
  it('[P-16] works out what this thread would', async () => {
    thread = new ForecastThread(WORKER, logger);
    const asked = request();
    const [answer] = (await thread.ask(asked, 'main public')) ?? [];
    expect(Object.keys(answer?.visits ?? {})).toHaveLength(6);
    expect([answer]).toEqual(answerTo(asked));
  });

  const onLinux = process.platform === 'linux' ? it : it.skip;
  onLinux('[P-30] steps back behind the thread that serves commands, and that one alone does', async () => {
    const before = niceness().filter((nice) => nice >= 10).length;
    thread = new ForecastThread(WORKER, logger);
    await thread.ask(request());
    expect(niceness().filter((nice) => nice >= 10)).toHaveLength(before + 1);
  });

  it('[P-16] of several requests about the same works out the latest, and a question before them', async () => {
    thread = new ForecastThread(WORKER, logger);
    const order: string[] = [];
    const ask = (name: string, about?: string): Promise<unknown> =>
      thread.ask(request(), about).then((answers) => order.push(answers ? name : `${name}: overtaken`));
    await Promise.all([
      ask('first', 'a'),
      ask('second', 'a'),
      ask('third', 'a'),
      ask('other', 'b'),
      ask('question'),
    ]);
    expect(order).toEqual(['second: overtaken', 'first', 'question', 'third', 'other']);
    await thread.settled();
  });

  it('[P-19] leaves the last of more than six waiting questions without figures, at once', async () => {
    thread = new ForecastThread(WORKER, logger);
    const asked = Array.from({ length: 8 }, () => thread.ask(request()));
    const first = await Promise.race(asked.map(async (answer, i) => [i, await answer] as const));
    expect(first).toEqual([7, undefined]);
    expect((await Promise.all(asked)).filter((answers) => answers === undefined)).toHaveLength(1);
  });

  it('[P-16] gives many branches coarser figures rather than some of them none', async () => {
    thread = new ForecastThread(WORKER, logger);
    const asked = request(100);
    const all = await Promise.all(Array.from({ length: 60 }, (_, i) => thread.ask(asked, `b${String(i)}`)));
    const [fine, coarse] = [answerTo(asked), answerTo({ ...asked, runs: 25 })];
    expect(coarse).not.toEqual(fine);
    expect(all[1]).toEqual(coarse);
    expect(all.at(-1)).toEqual(fine);
    expect(all.filter((answers) => answers === undefined)).toEqual([]);
  });

  it('[P-16] that fails answers nothing, says so, and is left alone for a while', async () => {
    thread = new ForecastThread(pathToFileURL(resolve('dist/no-such-program.js')), logger);
    expect(await thread.ask(request())).toBeUndefined();
    expect(logger.said.filter((line) => line.startsWith('the forecast thread failed'))).toHaveLength(1);
    expect(await thread.ask(request())).toBeUndefined();
    expect(logger.said).toHaveLength(1);
  });

  it('[P-16] that takes more and more memory is ended before the server wants for it', async () => {
    const hoards = `const all = []; for (;;) all.push(new Array(100_000).fill(all.length))`;
    const program = `import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => { ${hoards} })`;
    const log = listening();
    thread = new ForecastThread(new URL(`data:text/javascript,${encodeURIComponent(program)}`), log);
    expect(await thread.ask(request())).toBeUndefined();
    expect(log.said).toEqual(['the forecast thread failed']);
  });

  it('[P-16] when closed, answers what it still owes', async () => {
    thread = new ForecastThread(WORKER, logger);
    const owed = [thread.ask(request(10_000)), thread.ask(request(), 'a')];
    await thread.close();
    expect(await Promise.all(owed)).toEqual([undefined, undefined]);
  });
});
