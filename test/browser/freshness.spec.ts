/**
 * A screen that is cut off for half a minute while things happen says how old it is, and in the end shows what a
 * screen shows that is opened only then [S-4, S-5]. The cable is a proxy between the page and a real server; the
 * page's own clock is put forward, the branch's stands.
 */
import type { Browser } from 'playwright-core';
import { BranchServer } from '../support/branchServer.js';
import { launchBrowser } from '../support/browser.js';
import { startProxy } from '../support/proxy.js';
import type { Proxy } from '../support/proxy.js';
import { Screens } from '../support/screens.js';
import type { Screen } from '../support/screens.js';
import type { Kind } from '../support/shownTruth.js';
import { PATIENCE_MS } from '../support/steps.js';

let browser: Browser;
let branch: BranchServer;
let screens: Screens;
let proxy: Proxy;
let managerToken: string;
const tellers: Record<string, string> = {};
const devices: Partial<Record<Kind, string>> = {};

const issue = async (): Promise<void> => {
  await branch.ok(managerToken, { type: 'IssueTicket', serviceIds: ['cash'] });
};
const call = async (counterId: string): Promise<void> => {
  await branch.ok(tellers[counterId]!, { type: 'CallNext' });
  const { state } = await branch.state();
  const visitId = state.counters[counterId]!.visitId!;
  const { version } = state.visits[visitId]!;
  await branch.ok(tellers[counterId]!, { type: 'StartService', visitId, version });
};
const finish = async (counterId: string): Promise<void> => {
  const { state } = await branch.state();
  const visitId = state.counters[counterId]!.visitId!;
  const { version } = state.visits[visitId]!;
  await branch.ok(tellers[counterId]!, { type: 'FinishService', visitId, version });
};

/** A good half minute in the lobby, none of which the screen may miss in the end. */
async function muchHappens(): Promise<void> {
  await finish('w1');
  await issue();
  await call('w2');
  await call('w1');
  await issue();
  const { state } = await branch.state();
  const last = Object.values(state.visits).findLast(({ stage }) => stage.status === 'waiting')!;
  await branch.ok(managerToken, {
    type: 'FlagPriority',
    visitId: last.id,
    version: last.version,
    needs: [],
    consent: true,
  });
  const { version } = (await branch.state()).state.visits[last.id]!;
  await branch.ok(managerToken, { type: 'ConfirmLoveWindow', visitId: last.id, version });
  await branch.ok(tellers['w2']!, { type: 'PauseCounter', reason: 'break' });
  await branch.step(30_000);
  await branch.publicBeat();
}

const banner = (screen: Screen) => screen.page.locator('.freshness .line');

beforeAll(async () => {
  browser = await launchBrowser();
}, PATIENCE_MS);
beforeEach(async () => {
  branch = await BranchServer.start();
  screens = new Screens(browser, branch);
  proxy = await startProxy(branch.port);
  managerToken = await branch.hire({ id: 'lobby', name: '大堂经理', role: 'lobbyManager' });
  await branch.ok(managerToken, { type: 'OpenDay' });
  for (const counterId of ['w1', 'w2', 'w3']) {
    const id = `t${counterId.slice(1)}`;
    tellers[counterId] = await branch.hire({ id, name: id, role: 'teller' });
    await branch.ok(tellers[counterId], { type: 'SignOn', counterId });
  }
  devices.board = await branch.enrol('board');
  devices.teller = tellers['w1']!;
  for (let i = 0; i < 4; i += 1) await issue();
  await call('w1');
}, PATIENCE_MS);
afterEach(async () => {
  await screens.close();
  await proxy.close();
  await branch.close();
});
afterAll(() => browser.close());

describe.each([
  ['pulled', '连接中断'],
  ['frozen', undefined],
] as const)('the line is %s for 30 s', (how, atOnce) => {
  it.each([
    ['board', ''],
    ['teller', 't1'],
  ] as const)(
    '[S-4, S-5] the %s says how old it is, then equals a fresh one',
    async (kind, of) => {
      const screen = await screens.open(kind, {
        token: devices[kind]!,
        of,
        origin: `http://127.0.0.1:${String(proxy.port)}`,
        prepare: (page) => page.clock.install(),
      });
      await screens.agree();
      // A board whose clips were still on their way when the line goes would rightly say that it is mute.
      await screen.page.waitForLoadState('networkidle');
      const held = await screen.look();

      if (how === 'pulled') proxy.pull();
      else proxy.freeze();
      await muchHappens();
      if (atOnce !== undefined) await banner(screen).filter({ hasText: atOnce }).waitFor();
      await screen.page.clock.runFor(16_000);
      await banner(screen)
        // Whom to follow is said to customers: staff have words of their own.
        .filter({
          hasText: kind === 'teller' ? /画面更新于 1[5-9] 秒前/ : /画面更新于 1[5-9] 秒前，请以现场为准/,
        })
        .waitFor();
      await screen.page.clock.runFor(14_000);
      await banner(screen)
        .filter({ hasText: /画面更新于 (29|3\d) 秒前/ })
        .waitFor();
      // It shows what it last knew, and says so; it makes nothing up.
      expect(await screen.look()).toEqual(held);
      if (kind === 'teller') {
        await screen.says('请改用手工登记簿');
        expect(await screen.page.locator('main').getAttribute('inert')).not.toBeNull();
      }

      const before = screen.mark();
      proxy.mend();
      await screen.page.clock.runFor(10_000);
      await screen.live();
      await screens.agree();
      // What it missed came as changes; the whole view was not needed.
      expect(screen.since(before).filter((frame) => frame.includes('"view"'))).toEqual([]);

      const fresh = await screens.open(kind, { token: devices[kind]!, of });
      await screens.caughtUp();
      expect(screen.view()).toEqual(fresh.view());
      expect(await screen.text()).toBe(await fresh.text());
      expect(await screen.look()).not.toEqual(held);
      expect(screens.faults()).toEqual([]);
    },
    PATIENCE_MS,
  );
});
