/** A lobby manager's day on a real server by touch alone: not one key but to type the own name. */
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.js';
import { clientDist } from '../support/bundle.js';
import { TestServer } from '../support/server.js';

const PASSWORD = 'a quiet morning 2026';

let browser: Browser;
let server: TestServer;
beforeAll(async () => {
  browser = await launchBrowser();
  server = await TestServer.start({ clientDir: clientDist() });
});
afterAll(async () => {
  await browser.close();
  await server.end();
});

const says = (page: Page, words: string | RegExp): Promise<void> =>
  page.getByText(words).filter({ visible: true }).first().waitFor();
const tap = (page: Page, name: string | RegExp): Promise<void> =>
  page
    .getByRole('button', typeof name === 'string' ? { name, exact: true } : { name })
    .first()
    .tap();
const inDialog = (page: Page) => page.getByRole('dialog');
const tapIn = (page: Page, name: string | RegExp): Promise<void> =>
  inDialog(page)
    .getByRole('button', typeof name === 'string' ? { name, exact: true } : { name })
    .tap();
const choose = (page: Page, name: RegExp): Promise<void> => inDialog(page).getByLabel(name).first().tap();

it('opens, takes tickets, gives priority, rebalances, walks along, helps and closes [W-31 W-33 W-35]', async () => {
  await server.server.staff.add({
    id: 'm1',
    login: 'lin',
    name: '大堂经理',
    role: 'lobbyManager',
    branchId: server.branchId,
    password: PASSWORD,
  });
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    hasTouch: true,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(`${server.server.url}/manager/`);
  await page.getByLabel('登录名').tap();
  await page.keyboard.type('lin');
  await page.getByLabel('密码').tap();
  await page.keyboard.type(PASSWORD);
  await tap(page, '登录');

  await tap(page, '开始营业');
  await says(page, '大堂没有经理在岗');
  await says(page, '还没有窗口开放');
  await tap(page, /^开始值守/);
  await page.getByText('大堂没有经理在岗').waitFor({ state: 'detached' });

  const teller = await server.page(await server.staffToken('teller'), 'teller');
  const other = await server.page(await server.staffToken('teller'), 'teller');
  await teller.ok({ type: 'SignOn', counterId: 'w1' });
  await other.ok({ type: 'SignOn', counterId: 'w4' });
  await says(page, '现在没有要处理的事');

  const state = () => server.shown().state;
  const visit = (ticket: string) => Object.values(state().visits).find((each) => each.ticket === ticket)!;
  await tap(page, '代取号');
  await choose(page, /^现金存取/);
  await tapIn(page, '取号');
  await inDialog(page).getByText('A001').waitFor();
  await tapIn(page, '再取一张');
  await choose(page, /^现金存取/);
  await tapIn(page, '取号');
  await inDialog(page).getByText('A002').waitFor();
  await tapIn(page, '好的');
  await teller.ok({ type: 'CallNext' });
  await teller.ok({ type: 'StartService', visitId: visit('A001').id, version: visit('A001').version });

  // A service less at the first window, from its next call on.
  await tap(page, /^1 号窗口/);
  const before = state().counters['w1']!.services;
  await choose(page, /^银行卡与转账/);
  await tapIn(page, '保存业务');
  await says(page, '1 号窗口的业务已更新');
  expect(state().counters['w1']!.services).toHaveLength(before.length - 1);
  await tapIn(page, '关闭');

  await tap(page, '优先服务');
  await tapIn(page, /^A002/);
  await choose(page, /^低位柜台/);
  await choose(page, /客户本人同意/);
  await tapIn(page, '登记并看安排');
  await tapIn(page, '确认留出 4 号窗口');
  await inDialog(page).getByText('已留窗').waitFor();
  await tapIn(page, '好的');
  await tap(page, '陪客户过去');
  await tap(page, '已到窗口');
  await says(page, '客户已到窗口');
  await other.ok({ type: 'CallNext' });
  await other.ok({ type: 'StartService', visitId: visit('A002').id, version: visit('A002').version });
  expect(visit('A002').stage).toMatchObject({ status: 'serving', counterId: 'w4' });

  await teller.ok({ type: 'RequestHelp', place: 'teller' });
  await tap(page, '我来处理');
  await tap(page, '已完成');
  await page.getByText('请求协助').waitFor({ state: 'detached' });

  // Somebody is still served: it says who, and lets the day close as soon as nobody is.
  await tap(page, '营业日');
  await tapIn(page, '结束营业');
  await inDialog(page).getByText('A001 正在 1 号窗口办理').waitFor();
  await inDialog(page).getByText('A002 正在 4 号窗口办理').waitFor();
  for (const [desk, ticket] of [
    [teller, 'A001'],
    [other, 'A002'],
  ] as const)
    await desk.ok({ type: 'FinishService', visitId: visit(ticket).id, version: visit(ticket).version });
  await inDialog(page).getByText('窗口的客户都办完了，可以结束营业').waitFor();
  await tapIn(page, '结束营业');
  await tapIn(page, '确认结束营业');
  await says(page, /的营业已结束/);
  expect(state().phase).toBe('closed');
  expect(await page.getByRole('button', { name: '开始营业' }).count()).toBe(0);
  await context.close();
}, 90_000);
