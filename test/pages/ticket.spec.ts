import { EventEmitter, once } from 'node:events';
import type { Browser, Page } from 'playwright-core';
import type { Ack, CommandMessage } from '../../src/protocol/commands.js';
import type { TicketView } from '../../src/protocol/views.js';
import { launchBrowser } from '../support/browser.js';
import { serveView } from '../support/viewServer.js';
import { AT } from '../support/views/branch.js';
import {
  busyTicket,
  calledTicket,
  cancelledTicket,
  helpAskedTicket,
  reservedTicket,
  servedTicket,
  tickets,
  waitingTicket,
} from '../support/views/ticket.js';

const accepted: Ack = { ok: true, seq: 1, result: {} };
/** Stands in for the phone's motor, which a test machine lacks. */
const MOTOR = `
  window.shaken = [];
  Object.defineProperty(navigator, 'vibrate', { value: (pattern) => { window.shaken.push(pattern); return true; } });
`;
const shaken = (page: Page) => page.evaluate<number[][]>('window.shaken');

let browser: Browser;
const opened: { close: () => Promise<void> }[] = [];

async function hold(
  view: TicketView = waitingTicket,
  answer: (message: CommandMessage) => Ack | undefined = () => accepted,
  {
    clock = false,
    reducedMotion = 'no-preference',
  }: { clock?: boolean; reducedMotion?: 'reduce' | 'no-preference' } = {},
) {
  const arrivals = new EventEmitter();
  const server = await serveView({
    page: 'ticket',
    audience: 'ticket',
    view,
    at: AT,
    beatMs: 100,
    answer: (message) => {
      arrivals.emit('command');
      return answer(message);
    },
  });
  /** Resolves once the phone has sent so many commands. */
  const received = async (count: number): Promise<void> => {
    while (server.commands.length < count) await once(arrivals, 'command');
  };
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    reducedMotion,
  });
  opened.push(context, server);
  const page = await context.newPage();
  await page.addInitScript(MOTOR);
  if (clock) await page.clock.install();
  await page.goto(server.url);
  await page.locator('h1').waitFor();
  await page.locator('.freshness .line').waitFor({ state: 'detached' });
  return { server, page, received };
}

const tap = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).tap();
const sent = ({ commands }: { commands: CommandMessage[] }) => commands.map(({ command }) => command);

beforeAll(async () => {
  browser = await launchBrowser();
});
afterEach(async () => {
  for (const thing of opened.splice(0)) await thing.close();
});
afterAll(() => browser.close());

describe('waiting', () => {
  it('shows number, people ahead, range and when it was updated', async () => {
    const { page } = await hold();
    const words = await page.locator('article').innerText();
    for (const each of ['A042', '等候中', '现金存取', '约 6–14 分钟', '更新于 10:30'])
      expect(words).toContain(each);
    expect(await page.locator('.ahead').innerText()).toMatch(/5\s*位在您前面/);
  });

  it('[W-28] says that the windows are busy, and "you are next" only when it will be soon', async () => {
    const { server, page } = await hold(busyTicket);
    const words = await page.locator('article').innerText();
    for (const each of ['等候中', '窗口正忙，请先坐一坐', '约 20–23 分钟']) expect(words).toContain(each);
    expect(words).not.toMatch(/马上|请准备/);
    server.push({ minutes: { low: 2, high: 4 } });
    await page.getByText('马上就到您了').waitFor();
    expect(await page.locator('article').innerText()).toContain('请准备');
  });

  it('hides an estimate that is a minute old, and says how old the page is', async () => {
    const { server, page } = await hold(waitingTicket, undefined, { clock: true });
    server.down();
    await page.clock.fastForward(20_000);
    await page.getByText(/画面更新于 2\d 秒前/).waitFor();
    expect(await page.locator('article').innerText()).toContain('约 6–14 分钟');
    await page.clock.fastForward(45_000);
    await page.getByText('暂无法预计').waitFor();
    expect(await page.locator('article').innerText()).not.toContain('6–14');
    expect(await page.locator('article').innerText()).toContain('请同时留意大厅屏幕');
  });

  it('asks for help once, and says that it was told', async () => {
    const { server, page, received } = await hold();
    await page.getByRole('button', { name: '需要帮助' }).waitFor();
    await page.evaluate(
      "for (let i = 0; i < 3; i++) [...document.querySelectorAll('button')].find((b) => b.textContent.includes('需要帮助')).click()",
    );
    await received(1);
    server.show(helpAskedTicket);
    await page.getByText('已告诉工作人员，马上就来').waitFor();
    expect(sent(server)).toEqual([{ type: 'RequestHelp', place: 'phone', visitId: 'v42' }]);
  });

  it('remembers language and larger text on this phone', async () => {
    const { page } = await hold();
    await tap(page, '大字');
    await tap(page, 'English');
    await page.reload();
    await page.getByText('people before you').waitFor();
    expect(await page.evaluate("document.documentElement.hasAttribute('data-elder')")).toBe(true);
    expect(await page.evaluate('document.documentElement.lang')).toBe('en');
  });
});

it('[W-70] its icon on a home screen opens the ticket, and an iPhone’s is a bookmark', async () => {
  const { server, page } = await hold();
  const manifest = page.locator('link[rel="manifest"]');
  expect(await manifest.getAttribute('href')).toBe('/home/ticket.webmanifest');
  // Started from the icon: a new tab at the manifest's address, without a token.
  const start = new URL('/ticket/', server.url).href;
  const icon = await page.context().newPage();
  await icon.goto(start);
  await icon.getByText('位在您前面').waitFor();
  await icon.addInitScript("Object.defineProperty(navigator, 'standalone', { value: false })");
  await icon.reload();
  await icon.getByText('位在您前面').waitFor();
  expect(await icon.locator('link[rel="manifest"]').count()).toBe(0);
  expect(await icon.locator('link[rel="apple-touch-icon"]').count()).toBe(1);
});

describe('called', () => {
  it('shows the counter in huge type, in the title too, and vibrates once per call', async () => {
    const { server, page } = await hold();
    await tap(page, '叫到我时震动提醒');
    await page.getByText('已开启震动提醒').waitFor();
    server.show(calledTicket);
    const counter = page.getByRole('heading', { name: '3 号窗口' });
    await counter.waitFor();
    const size = await page.evaluate<string>('getComputedStyle(document.querySelector("h1")).fontSize');
    expect(parseFloat(size)).toBeGreaterThanOrEqual(60);
    expect(await page.title()).toContain('3 号窗口');
    const first = (await shaken(page)).length;
    expect(first).toBe(2); // the sample and the call
    server.push({ round: 2 });
    await page.getByText('再次叫到您').waitFor();
    expect(await shaken(page)).toHaveLength(first + 1);
    server.push({ version: 9 });
    await page.getByText('再次叫到您').waitFor();
    expect(await shaken(page)).toHaveLength(first + 1);
  });

  it('a love-window customer reads the window here, without a word about why', async () => {
    const { server, page } = await hold(reservedTicket);
    await page.getByText('工作人员会来接您').waitFor();
    expect(await page.locator('body').innerText()).not.toMatch(/爱心|优先|特需|priority/i);
    server.show(calledTicket);
    await page.getByRole('heading', { name: '3 号窗口' }).waitFor();
    expect(await page.locator('body').innerText()).not.toMatch(/爱心|优先|特需|priority/i);
  });

  it('pulses below three times a second, and not at all where motion is unwanted', async () => {
    const timing = 'getComputedStyle(document.querySelector(".called")).animationDuration';
    const { page } = await hold(calledTicket);
    expect(parseFloat(await page.evaluate<string>(timing))).toBeGreaterThanOrEqual(1 / 3);
    const { page: still } = await hold(calledTicket, undefined, { reducedMotion: 'reduce' });
    const count = 'getComputedStyle(document.querySelector(".called")).animationIterationCount';
    expect(await still.evaluate<string>(count)).toBe('1');
    expect(parseFloat(await still.evaluate<string>(timing))).toBeLessThan(0.001);
  });
});

describe('leaving the line', () => {
  it('asks first, sends one command for the version seen, and can be undone', async () => {
    const { server, page, received } = await hold();
    await tap(page, '取消排队');
    const dialog = page.getByRole('dialog', { name: '不再等候了吗？' });
    await dialog.getByRole('button', { name: '继续等候' }).tap();
    await dialog.waitFor({ state: 'detached' });
    expect(server.commands).toEqual([]);

    await tap(page, '取消排队');
    await dialog.getByRole('button', { name: '取消排队' }).tap();
    await received(1);
    expect(sent(server)).toEqual([{ type: 'CancelVisit', visitId: 'v42', version: 3 }]);
    server.show(cancelledTicket);
    await page.getByText('已取消排队').waitFor();
    await tap(page, /撤销，继续等候/);
    await received(2);
    expect(sent(server)[1]).toEqual({ type: 'Undo', commandId: 'cancel-1' });
    server.show({ ...waitingTicket, version: 5 });
    await page.getByText('位在您前面').waitFor();
  });

  it('offers no undo once its time is over', async () => {
    const { page } = await hold({ ...cancelledTicket, undo: { commandId: 'cancel-1', until: AT - 1 } });
    await page.getByText('需要时请再取一张号').waitFor();
    expect(await page.getByRole('button', { name: /撤销/ }).count()).toBe(0);
  });

  it('speaks to the customer, not about one, when it is refused', async () => {
    const { page } = await hold(waitingTicket, () => ({ ok: false, code: 'stale', params: {} }));
    await tap(page, '取消排队');
    await page.getByRole('dialog').getByRole('button', { name: '取消排队' }).tap();
    await page.getByText('您的号票刚刚有变化').waitFor();
  });

  it('cannot be asked while being served', async () => {
    const { page } = await hold(tickets.servingTicket);
    await page.getByText('正在 3 号窗口为您办理').waitFor();
    expect(await page.getByRole('button', { name: '取消排队' }).count()).toBe(0);
  });
});

describe('the end', () => {
  it.each([
    ['servedTicket', '办好了，谢谢您'],
    ['leftTicket', '这张号票已结束'],
    ['cancelledLongAgoTicket', '已取消排队'],
    ['absentForGoodTicket', '叫号时没有等到您'],
    ['closedTicket', '今天的营业已结束'],
    ['mergedTicket', '已并入您的另一张号票'],
  ] as const)('%s has a kind word and nothing left to press', async (name, words) => {
    const { page } = await hold(tickets[name]);
    await page.getByText(words, { exact: true }).waitFor();
    expect(await page.locator('main button').count()).toBe(0);
  });

  it('a dead link says so, and what to do', async () => {
    const server = await serveView({
      page: 'ticket',
      audience: 'ticket',
      view: servedTicket,
      refuse: { code: 'unknown-ticket', params: {} },
    });
    const page = await browser.newPage();
    opened.push(page, server);
    await page.goto(server.url);
    await page.getByRole('heading', { name: '这张号票已经过期' }).waitFor();
    await page.getByText('请在大厅再取一张号').waitFor();
  });
});
