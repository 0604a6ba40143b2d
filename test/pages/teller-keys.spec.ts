/** A teller's morning on a real server with the keyboard alone: no mouse, no touch, not once. */
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
/** Tab until the focus is on what has that name, as somebody without a mouse does. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let steps = 0; steps < 40; steps += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate<string>(
      'document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent',
    );
    if (name.test(focused)) return;
  }
  throw new Error(`the keyboard never reaches ${String(name)}`);
}

it('signs in, signs on, calls, starts, transfers, calls again, finishes, pauses, signs off', async () => {
  const manager = await server.opened();
  await server.server.staff.add({
    id: 't1',
    login: 'chen',
    name: '一号柜员',
    role: 'teller',
    branchId: server.branchId,
    password: PASSWORD,
  });
  const page = await browser.newPage();
  page.setDefaultTimeout(8_000);
  await page.goto(`${server.server.url}/teller/`);
  await page.getByLabel('姓名或工号').and(page.locator(':focus')).waitFor();
  await page.keyboard.type('chen');
  await page.keyboard.press('Tab');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');

  await says(page, '今天在哪个窗口？');
  await tabTo(page, /^1 号窗口/);
  await page.keyboard.press('Enter');
  await says(page, '正常叫号');
  await says(page, '现在没有客户等候');

  const counter = server.setup.counters.find(({ id }) => id === 'w1');
  const [first = '', second = first] = counter?.services ?? [];
  const issued = await manager.ok({ type: 'IssueTicket', serviceIds: [first] });
  const visit = () => server.shown().state.visits[String(issued['visitId'])];
  await says(page, String(issued['ticket']));
  await page.keyboard.press('F2');
  await says(page, '已呼叫 1 次');
  expect(visit()?.stage).toMatchObject({ status: 'called', counterId: 'w1' });
  await page.keyboard.press('F4');
  await says(page, '正在办理');
  expect(visit()?.stage.status).toBe('serving');

  await page.keyboard.press('F10');
  await page.getByRole('dialog').waitFor();
  const other = server.setup.services.filter(({ id }) => id !== first).findIndex(({ id }) => id === second);
  await page.keyboard.press('Space');
  for (let steps = 0; steps < other; steps += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(visit()?.services[0]).toBe(second);
  // The number stays [domain: a transfer keeps number, flag and owner].
  expect(visit()?.ticket).toBe(issued['ticket']);

  await says(page, '为什么是这位');
  await page.keyboard.press('F2');
  await says(page, '已呼叫 1 次');
  await page.keyboard.press('F4');
  await says(page, '正在办理');
  await page.keyboard.press('F8');
  await says(page, '现在没有客户等候');
  expect(visit()?.stage).toMatchObject({ status: 'ended', how: 'served' });

  await tabTo(page, /^撤销/);
  await page.keyboard.press('Enter');
  await says(page, '正在办理');
  await page.keyboard.press('F8');
  await says(page, '现在没有客户等候');

  // Alone at the windows: the pause is refused in words [L7].
  await page.keyboard.press('F6');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await page
    .getByRole('alert')
    .getByText(/最后一个/)
    .waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  const colleague = await server.page(await server.staffToken('teller'), 'teller');
  await colleague.ok({ type: 'SignOn', counterId: 'w2' });
  await tabTo(page, /^本窗口/);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await tabTo(page, /^签退/);
  await page.keyboard.press('Enter');
  await says(page, '今天在哪个窗口？');
  expect(server.shown().state.counters['w1']?.teller).toBeUndefined();
  // What was open at the window left with it.
  await tabTo(page, /^3 号窗口/);
  await page.keyboard.press('Enter');
  await says(page, '正常叫号');
  expect(await page.getByRole('dialog').count()).toBe(0);
});
