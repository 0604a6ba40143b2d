import type { Browser } from 'playwright-core';
import type { Ack, CommandMessage } from '../../src/protocol/commands.js';
import type { RatingView } from '../../src/protocol/views.js';
import { launchBrowser } from '../support/browser.js';
import { accessibilityFaults, clippedTexts, overlappingTexts } from '../support/layout.js';
import { LATER, serveView } from '../support/viewServer.js';
import { AT, windowLabel } from '../support/views/branch.js';
import { pads } from '../support/views/rating.js';

const screens = [
  { width: 1024, height: 600 },
  { width: 800, height: 480 },
  { width: 800, height: 1280 },
];

let browser: Browser;
const opened: { close: () => Promise<void> }[] = [];

async function show(
  view: RatingView,
  viewport = { width: 1024, height: 600 },
  answer?: (message: CommandMessage) => Ack | typeof LATER | undefined,
) {
  const server = await serveView({
    page: 'rating',
    audience: 'rating',
    view,
    at: AT,
    ...(answer ? { answer } : {}),
  });
  const context = await browser.newContext({ viewport });
  opened.push(context, server);
  const page = await context.newPage();
  await page.goto(server.url);
  await page.locator('.pad h1').waitFor();
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

describe('the rating pad', () => {
  it('asks, takes one tap, and says thank you', async () => {
    const { server, page } = await show(pads.asking);
    await page.getByRole('button', { name: '满意 Good', exact: true }).click();
    await page.getByText('谢谢您的评价').waitFor();
    expect(server.commands).toEqual([
      expect.objectContaining({
        day: '2026-03-02',
        command: { type: 'RateService', ratingId: 'r1', stars: 4 },
      }),
    ]);
  });

  it('repeats a tap whose answer was lost under the same id, so that it counts once', async () => {
    let answers = 0;
    const lostFirst = (): Ack | undefined => (answers++ === 0 ? undefined : { ok: true, seq: 1, result: {} });
    const { server, page } = await show(pads.asking, undefined, lostFirst);
    const cut = setInterval(() => {
      if (server.commands.length === 0) return;
      clearInterval(cut);
      server.down();
      server.up();
    }, 10);
    await page.getByRole('button', { name: /非常满意/ }).click();
    await page.getByText('谢谢您的评价').waitFor();
    expect(server.commands).toHaveLength(2);
    expect(server.commands[1]).toEqual(server.commands[0]);
  });

  it('a refused tap asks to tap again; one that is too late is thanked all the same', async () => {
    let code: 'storage-unavailable' | 'no-rating-asked' = 'storage-unavailable';
    const { page } = await show(pads.asking, undefined, () => ({ ok: false, code, params: {} }));
    await page.getByRole('button', { name: /非常满意/ }).click();
    await page.getByText('还没有送达，请再点一次').waitFor();
    code = 'no-rating-asked';
    await page.getByRole('button', { name: /非常满意/ }).click();
    await page.getByText('谢谢您的评价').waitFor();
  });

  it('[R-2] a late answer neither thanks nor troubles the next customer, who can rate at once', async () => {
    const { server, page } = await show(pads.asking, undefined, ({ command }) =>
      command.type === 'RateService' && command.ratingId === 'r1' ? LATER : undefined,
    );
    await page.getByRole('button', { name: /^不满意/ }).click();
    await page.locator('.chosen').waitFor();
    const next: RatingView = { ...pads.asking, ask: { ratingId: 'r2', ticket: 'A038', until: AT + 19_000 } };
    server.show(next);
    await page.getByText('A038').waitFor();
    expect(await page.locator('.chosen').count()).toBe(0);
    server.answerLate({ ok: false, code: 'storage-unavailable', params: {} });
    server.show({ ...next, label: windowLabel(4) });
    await page.getByText('4 号窗口').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.getByRole('button', { name: /非常满意/ }).click();
    await page.locator('.chosen', { hasText: '非常满意' }).waitFor();
    expect(server.commands.map(({ command }) => command)).toEqual([
      { type: 'RateService', ratingId: 'r1', stars: 2 },
      { type: 'RateService', ratingId: 'r2', stars: 5 },
    ]);
  });

  it('stops asking when the time is over', async () => {
    const { page } = await show(pads.asked);
    await page.getByText('很高兴为您服务').waitFor();
    expect(await page.getByRole('button').count()).toBe(0);
  });

  it('cannot be tapped while the link is lost', async () => {
    const { server, page } = await show(pads.asking);
    server.down();
    await page.getByText('连接中断').first().waitFor();
    expect(await page.getByRole('button', { disabled: true }).count()).toBe(5);
  });

  describe.each(screens)('on $width × $height', (screen) => {
    it.each(Object.entries(pads))('%s: nothing is cut, covered or out of reach', async (_name, view) => {
      const { page } = await show(view, screen);
      expect(await clippedTexts(page)).toEqual([]);
      expect(await overlappingTexts(page)).toEqual([]);
      // A heading stands in one line: none leaves a single character for the next.
      const lines = '(el) => el.offsetHeight / parseFloat(getComputedStyle(el).fontSize)';
      const heights = await page.evaluate<number[]>(`[...document.querySelectorAll('h2 .zh')].map(${lines})`);
      expect(heights.filter((height) => height > 2)).toEqual([]);
      // A smaller screen of the same page has the same words, roles and colours.
      if (screen === screens[0]) expect(await accessibilityFaults(page)).toEqual([]);
    });

    it('every face is at least 96 px wide and high', async () => {
      const { page } = await show(pads.asking, screen);
      for (const face of await page.getByRole('button').all()) {
        const box = await face.boundingBox();
        expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(96);
      }
    });
  });
});
