/** A real board fed by a real server with 20 public changes a second, and what it keeps of them [W-58]. */
import { resolve } from 'node:path';
import type { Browser, CDPSession, Page } from 'playwright-core';
import type { Actor } from '../../src/lobby/input.js';
import type { Command } from '../../src/protocol/commands.js';
import { DemoClock } from '../../src/runtime/demo-clock.js';
import { DAY, kiosk, manager, MIDNIGHT, tellerAt } from './lobby.js';
import { TestServer, type Page as Tap } from './server.js';

export const CHANGES_PER_SECOND = 20;
export const SAMPLE_MS = 2_000;
const NINE = MIDNIGHT + 9 * 3_600_000;
const windows = ['w1', 'w2'];

export interface Sample {
  /** Public changes that had reached the board. */
  changes: number;
  /** Bytes of live objects after a forced collection. */
  heap: number;
  /** DOM nodes that live, in the page or out of it. */
  nodes: number;
  listeners: number;
}

/**
 * What grew from the one span to the other, judged by each span's smallest sample: what a look finds beside it is on its
 * way out. Over ten thousand changes that floor moves by half a per cent; five times as much is a leak: one kept view a
 * change shows within 20 s. Nodes come and go with the words _called again_, some 20 at a time.
 */
export function grown(early: readonly Sample[], late: readonly Sample[]): (keyof Sample)[] {
  const most = {
    heap: (floor: number) => floor * 1.025,
    nodes: (floor: number) => floor + 50,
    listeners: (floor: number) => floor,
  };
  return (['heap', 'nodes', 'listeners'] as const).filter(
    (of) => floor(late, of) > most[of](floor(early, of)),
  );
}

const floor = (samples: readonly Sample[], of: keyof Sample): number =>
  Math.min(...samples.map((sample) => sample[of]));

/** A span in words, for whoever runs the soak. */
export const told = (samples: readonly Sample[]): string =>
  `heap ${String(Math.round(floor(samples, 'heap') / 1024))} KB, ${String(floor(samples, 'nodes'))} nodes`;

export class BoardSoak {
  #step = 0;
  #calls = 0;
  #paused = false;
  #waiting: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly test: TestServer,
    private readonly tap: Tap,
    readonly page: Page,
    private readonly cdp: CDPSession,
  ) {}

  static async start(browser: Browser): Promise<BoardSoak> {
    const test = await TestServer.start({
      clientDir: resolve(process.env['CLIENT_DIST'] ?? 'dist/client'),
      clock: new DemoClock(NINE, 1),
      every: (ms, tick) => {
        const timer = setInterval(tick, ms);
        return () => {
          clearInterval(timer);
        };
      },
    });
    await test.opened();
    const tap = await test.page(await test.deviceToken('board'));
    const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
    const page = await context.newPage();
    await page.goto(`${test.server.url}/board/#token=${await test.deviceToken('board')}`);
    await page.locator('.board:not(.dimmed)').waitFor();
    const soak = new BoardSoak(test, tap, page, await context.newCDPSession(page));
    for (const counterId of windows) await soak.#do({ type: 'SignOn', counterId }, tellerAt(counterId));
    for (let i = 0; i < 9; i += 1) await soak.#do({ type: 'IssueTicket', serviceIds: ['cash'] }, kiosk);
    return soak;
  }

  async end(): Promise<void> {
    await this.page.context().close();
    await this.test.end();
  }

  /** Lets the lobby live at its rate for so long, and looks at the page's memory on the way. */
  async run(seconds: number): Promise<Sample[]> {
    const from = { at: performance.now(), step: this.#step };
    // Steps that a busy machine was late for are made up for.
    const makeDue = (ms: number): void => {
      const due = Math.floor((ms / 1000) * CHANGES_PER_SECOND);
      while (!this.#paused && this.#step - from.step < due) {
        const step = (this.#step += 1);
        this.#waiting = this.#waiting.then(() => this.#change(step));
      }
    };
    const timer = setInterval(() => {
      makeDue(performance.now() - from.at);
    }, 1000 / CHANGES_PER_SECOND);
    const samples: Sample[] = [];
    try {
      for (let next = SAMPLE_MS; next <= seconds * 1000; next += SAMPLE_MS) {
        await until(from.at + next);
        makeDue(next);
        samples.push(await this.#look());
      }
    } finally {
      clearInterval(timer);
    }
    await this.#waiting;
    return samples;
  }

  /** Between two changes, when the page has painted the last one; the lobby makes up for the pause. */
  async #look(): Promise<Sample> {
    this.#paused = true;
    await this.#waiting;
    await this.page.evaluate(
      'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))',
    );
    const changes = this.tap.patches.length;
    // The second collection takes what the first one's finalizers let go.
    await this.cdp.send('HeapProfiler.collectGarbage');
    await this.cdp.send('HeapProfiler.collectGarbage');
    const { usedSize } = await this.cdp.send('Runtime.getHeapUsage');
    const { nodes, jsEventListeners } = await this.cdp.send('Memory.getDOMCounters');
    this.#paused = false;
    return { changes, heap: usedSize, nodes, listeners: jsEventListeners };
  }

  /** Each step is seen on the board: a ticket, a call, an arrival; now and then a notice or a short pause. */
  async #change(step: number): Promise<void> {
    const counterId = windows[this.#calls % windows.length] ?? '';
    const teller = tellerAt(counterId);
    const { counters, visits, notices } = this.test.shown().state;
    const visit = visits[counters[counterId]?.visitId ?? ''];
    const on = { visitId: visit?.id ?? '', version: visit?.version ?? 0 };
    if (step % 61 === 0) {
      const [noticeId] = Object.keys(notices);
      const text = { zh: '雨天地面湿滑，请慢行', en: 'The floor may be wet' };
      if (noticeId !== undefined) await this.#do({ type: 'WithdrawNotice', noticeId }, manager);
      else await this.#do({ type: 'PostNotice', kind: 'weather', text, minutes: 60 }, manager);
      return;
    }
    if (step % 3 === 0) await this.#do({ type: 'IssueTicket', serviceIds: ['cash'] }, kiosk);
    else if (visit?.stage.status === 'called') {
      await this.#do({ type: 'StartService', ...on }, teller);
      this.#calls += 1;
    } else {
      // Not seen on the board, so it is no step of its own.
      if (visit) await this.#do({ type: 'FinishService', ...on }, teller);
      await this.#do({ type: 'CallNext' }, teller);
    }
  }

  async #do(command: Command, actor: Actor): Promise<void> {
    const id = `soak-${String(this.#step)}-${command.type}-${String(Math.random()).slice(2)}`;
    const { branchId, server } = this.test;
    const ack = await server.lobbies.execute(branchId, { id, day: DAY, command, actor });
    if (!ack.ok) throw new Error(`${command.type}: ${ack.code}`);
  }
}

const until = (at: number): Promise<void> =>
  new Promise((done) => setTimeout(done, Math.max(0, at - performance.now())));
