import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.js';
import { serveView } from '../support/viewServer.js';
import type { ServedView } from '../support/viewServer.js';
import { usualBoard } from '../support/views/board.js';
import { AT, windowLabel } from '../support/views/branch.js';

let browser: Browser;
const opened: { close: () => Promise<void> }[] = [];

async function board(options: Partial<ServedView<'board'>> = {}) {
  const server = await serveView({ page: 'board', audience: 'board', view: usualBoard, at: AT, ...options });
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  opened.push(context, server);
  return { server, page: await context.newPage() };
}

const call = (ticket: string) => ({ ticket, counter: windowLabel(4), zone: 'cash', at: AT, round: 1 });
const showsNewest = (page: Page, ticket: string) =>
  page.locator('.newest .ticket', { hasText: ticket }).waitFor();
const banner = (page: Page) => page.locator('.freshness .line');
const says = (page: Page, words: RegExp) => banner(page).filter({ hasText: words }).waitFor();
const isQuiet = (page: Page) => banner(page).waitFor({ state: 'detached' });

beforeAll(async () => {
  browser = await launchBrowser();
});
afterEach(async () => {
  for (const thing of opened.splice(0)) await thing.close();
});
afterAll(() => browser.close());

describe('a screen tells how old it is', () => {
  it('[S-5] after 15 s of silence it says so, after 60 s it hides estimates, and a beat makes it well again', async () => {
    const { server, page } = await board({ beatMs: 0 });
    await page.clock.install();
    await page.goto(server.url);
    await showsNewest(page, 'A037');
    await isQuiet(page);

    await page.clock.runFor(12_000);
    expect(await banner(page).count()).toBe(0);
    await page.clock.runFor(4_000);
    await says(page, /画面更新于 1[5-9] 秒前/);
    expect(await page.getByText('约 6–14 分钟').count()).toBe(1);

    await page.clock.runFor(45_000);
    await says(page, /画面更新于 6\d 秒前/);
    expect(await page.getByText('约 6–14 分钟').count()).toBe(0);

    server.beat();
    await isQuiet(page);
    await page.getByText('约 6–14 分钟').waitFor();
  });

  it('connecting for the first time it shows no numbers, only that it is getting ready', async () => {
    const { server, page } = await board();
    server.down();
    await page.goto(server.url);
    await says(page, /正在连接/);
    await page.getByText('叫号屏正在准备').waitFor();
    server.up();
    await showsNewest(page, 'A037');
  });

  it('a screen that is not paired says so in words', async () => {
    const { server, page } = await board({ refuse: { code: 'not-signed-in', params: {} } });
    await page.goto(server.url);
    await says(page, /本屏幕尚未接入/);
  });
});

describe('a screen resumes', () => {
  it('[S-4] after a cut it asks for what it missed, and shows it without winking old calls', async () => {
    const { server, page } = await board();
    await page.goto(server.url);
    await showsNewest(page, 'A037');
    server.down();
    await says(page, /连接中断/);
    server.show({ ...usualBoard, calls: [call('A038'), ...usualBoard.calls.slice(0, 7)] });
    server.up();
    await showsNewest(page, 'A038');
    await isQuiet(page);
    expect(server.handshakes.at(-1)?.seen).toEqual({ epoch: 'epoch-1', version: 1 });
  });

  it('a gap in the versions is never guessed over: it asks for the whole view', async () => {
    const { server, page } = await board();
    await page.goto(server.url);
    await showsNewest(page, 'A037');
    server.skip({ calls: [call('A039')] });
    await showsNewest(page, 'A039');
    expect(server.handshakes).toHaveLength(2);
    expect(server.handshakes[1]).not.toHaveProperty('seen');
  });

  it('[S-4] another epoch (a restored backup) replaces what the screen knew', async () => {
    const { server, page } = await board();
    await page.goto(server.url);
    await showsNewest(page, 'A037');
    server.down();
    server.restore({ ...usualBoard, calls: [call('A020')] });
    server.up();
    await showsNewest(page, 'A020');
    expect(await page.locator('.recent').count()).toBe(1);
    expect(await page.locator('.recent li').count()).toBe(0);
  });

  it('a reload while the server is away keeps the last view instead of an empty screen', async () => {
    const { server, page } = await board();
    await page.goto(server.url);
    await showsNewest(page, 'A037');
    await isQuiet(page);
    server.down();
    await page.reload();
    await showsNewest(page, 'A037');
    await says(page, /正在连接/);
  });
});

describe('the token of a screen', () => {
  it('leaves the address bar and still works after a reload', async () => {
    const { server, page } = await board();
    await page.goto(server.url);
    await showsNewest(page, 'A037');
    await page.waitForFunction("location.hash === ''");
    await page.reload();
    await isQuiet(page);
    expect(server.handshakes.map(({ token }) => token)).toEqual(['fixture', 'fixture']);
  });

  it('stays in the address of a demo, so that the page can be passed on', async () => {
    const { server, page } = await board({ view: { ...usualBoard, demo: true } });
    await page.goto(server.url);
    await page.getByText('演示').waitFor();
    await isQuiet(page);
    expect(page.url()).toContain('#token=fixture');
  });
});
