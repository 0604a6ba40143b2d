import type { Browser } from 'playwright-core';
import type { CounterView } from '../../src/protocol/views.js';
import { launchBrowser } from '../support/browser.js';
import { accessibilityFaults, clippedTexts, overlappingTexts } from '../support/layout.js';
import { serveView } from '../support/viewServer.js';
import { AT } from '../support/views/branch.js';
import { signs } from '../support/views/counter.js';

const screens = [
  { width: 1024, height: 600 },
  { width: 1280, height: 720 },
  { width: 800, height: 480 },
  { width: 600, height: 1024 },
];

let browser: Browser;
const opened: { close: () => Promise<void> }[] = [];

async function show(view: CounterView, viewport = { width: 1024, height: 600 }) {
  const server = await serveView({ page: 'counter', audience: 'counter', view, at: AT, rate: 1 });
  const context = await browser.newContext({ viewport });
  opened.push(context, server);
  const page = await context.newPage();
  await page.goto(server.url);
  await page.locator('.sign h1').waitFor();
  await page.locator('.freshness .line').waitFor({ state: 'detached' });
  return { server, page };
}

beforeAll(async () => {
  browser = await launchBrowser();
});
afterEach(async () => {
  for (const thing of opened.splice(0)) await thing.close();
});
afterAll(() => browser.close());

describe('the sign above a window', () => {
  it.each([
    ['called', '请到本窗口', 'Please come to this window'],
    ['serving', '正在办理', 'Now serving'],
    ['paused', '暂停服务', 'Service paused'],
    ['closed', '未开放', 'Closed'],
    ['loveWindow', '爱心窗口', 'Priority service'],
    ['free', '您好，欢迎光临', 'Hello and welcome'],
  ] as const)('%s: says so in both languages', async (state, zh, en) => {
    const { page } = await show(signs[state]);
    expect(await page.getByText(zh).count()).toBe(1);
    expect(await page.getByText(en).count()).toBe(1);
  });

  it('as a love window it shows no number, whoever it is for', async () => {
    const { server, page } = await show(signs.called);
    await page.getByText('A037').waitFor();
    server.show(signs.loveWindow);
    await page.getByText('优先服务').waitFor();
    expect(await page.getByText('A037').count()).toBe(0);
  });

  it('[W-30] kept for somebody, it goes on showing the number that was called here, and says what it is', async () => {
    const { server, page } = await show(signs.keptCalled);
    await page.locator('.number').getByText('A027').waitFor();
    await page.getByText('请到本窗口').waitFor();
    await page.getByText('爱心窗口 · 优先服务').waitFor();
    server.show(signs.loveWindow);
    await page.locator('.number').waitFor({ state: 'detached' });
    await page.getByText('优先服务', { exact: true }).waitFor();
  });

  it.each(['many', 'packed', 'packedKept'] as const)(
    '[W-36] %s: names every service whole',
    async (state) => {
      for (const screen of screens) {
        const { page } = await show(signs[state], screen);
        for (const { zh, en } of signs[state].services) {
          expect(await page.getByText(zh, { exact: true }).count()).toBe(1);
          expect(await page.getByText(en, { exact: true }).count()).toBe(1);
        }
        expect(await clippedTexts(page)).toEqual([]);
      }
    },
  );

  it('says goodbye for a moment, then welcomes the next', async () => {
    const { server, page } = await show(signs.serving);
    server.show({ ...signs.free, servedAt: AT - 5_000 });
    await page.getByText('感谢光临，请慢走').waitFor();
    await page.getByText('您好，欢迎光临').waitFor();
  });

  describe.each(screens)('on $width × $height', (screen) => {
    it.each(Object.entries(signs))('%s: nothing is cut, covered or out of reach', async (_name, view) => {
      const { page } = await show(view, screen);
      await page.evaluate('document.getAnimations().forEach((animation) => animation.finish())');
      expect(await clippedTexts(page)).toEqual([]);
      expect(await overlappingTexts(page)).toEqual([]);
      // A smaller screen of the same page has the same words, roles and colours.
      if (screen === screens[0]) expect(await accessibilityFaults(page)).toEqual([]);
    });
  });
});
