/**
 * A branch without a manager [W-44, E-12]: the tellers flag, plan and receive among themselves, each at the own desk,
 * and the public sees nothing of it.
 */
import type { Browser } from 'playwright-core';
import { BranchServer } from '../support/branchServer.js';
import { launchBrowser } from '../support/browser.js';
import { Screens } from '../support/screens.js';
import type { Screen } from '../support/screens.js';
import { PATIENCE_MS, steps } from '../support/steps.js';

let browser: Browser;
let branch: BranchServer;
let screens: Screens;
let board: Screen;
let one: Screen;
let two: Screen;
let managerToken: string;
let kioskToken: string;

const dialog = (desk: Screen) => desk.page.getByRole('dialog');
const flagged = (desk: Screen) => desk.page.locator('.flagged');
const issue = () => branch.ok(kioskToken, { type: 'IssueTicket', serviceIds: ['cash'] });
/** Taps through the dialog from the plan on; gives the plan's words. */
async function keep(desk: Screen): Promise<string> {
  await dialog(desk).locator('.plan .window').waitFor();
  const plan = (await dialog(desk).locator('.plan').textContent())!;
  await desk.tap(/^确认留出/);
  await dialog(desk).getByText('已留窗').waitFor();
  await desk.tap('好的');
  return plan;
}
async function receive(ticket: string): Promise<void> {
  await two.says(`爱心窗口：请接待 ${ticket}`);
  await two.press('F1');
  await two.says('已确认');
  await two.press('F2');
  await two.says(/已呼叫 1 次/);
  await branch.step(20_000);
  await two.press('F4');
  await two.says('正在办理');
  await flagged(one).getByText('正在 2 号窗口办理').waitFor();
  await branch.step(120_000);
  await two.press('F8');
  await two.says('正常叫号');
}

beforeAll(async () => {
  browser = await launchBrowser();
  branch = await BranchServer.start();
  screens = new Screens(browser, branch);
  managerToken = await branch.hire({ id: 'lobby', name: '大堂经理', role: 'lobbyManager' });
  kioskToken = await branch.enrol('kiosk');
  // Opens the day and goes away: nobody says that a manager is on duty.
  await branch.ok(managerToken, { type: 'OpenDay' });
  const tokens = await Promise.all(
    ['t1', 't2'].map((id, i) => branch.hire({ id, name: `${'一二'[i]!}号柜员`, role: 'teller' })),
  );
  for (const [i, token] of tokens.entries())
    await branch.ok(token, { type: 'SignOn', counterId: `w${String(i + 1)}` });
  [board, one, two] = await Promise.all([
    branch.enrol('board').then((token) => screens.open('board', { token })),
    screens.open('teller', { token: tokens[0]!, of: 't1' }),
    screens.open('teller', { token: tokens[1]!, of: 't2' }),
  ]);
}, PATIENCE_MS);
afterAll(async () => {
  await screens.close();
  await browser.close();
  await branch.close();
});

const step = steps();

describe('a branch without a manager', () => {
  let asked: { ticket: string; visitId: string };

  step('a waiting customer asks for help, and both desks show it', async () => {
    await one.says((await issue()).ticket);
    await one.press('F2');
    await one.says(/已呼叫 1 次/);
    await branch.step(20_000);
    await one.press('F4');
    await one.says('正在办理');
    await issue();
    asked = await issue();
    await branch.ok(kioskToken, { type: 'RequestHelp', place: 'kiosk', visitId: asked.visitId });
    for (const desk of [one, two]) await desk.says('大堂没有经理，请就近协助');
    await screens.agree();
  });

  step('the first teller flags them and keeps the planned window; the public sees nothing', async () => {
    const from = board.mark();
    await one.tap(`${asked.ticket} 优先服务`);
    await dialog(one)
      .getByRole('checkbox', { name: /^客户本人同意/ })
      .check();
    await one.tap('登记并看安排');
    expect(await keep(one)).toContain('2 号窗口');
    await flagged(one).getByText('2 号窗口已空出').waitFor();
    await two.says('大堂没有经理，请同事帮忙陪客户过来');
    await screens.agree();
    expect(board.since(from)).toEqual([]);
  });

  step('a colleague brings the customer, and the window sees them come [W-39]', async () => {
    const from = board.mark();
    await one.tap('陪客户过去');
    await two.says('正在陪客户过来');
    await one.tap('已到窗口');
    await two.says('客户已到窗口前');
    await flagged(one).getByText('客户已到窗口').waitFor();
    await screens.agree();
    expect(board.since(from)).toEqual([]);
  });

  step('the second acknowledges, receives and serves them, and calls as usual again', async () => {
    await receive(asked.ticket);
    await flagged(one).waitFor({ state: 'detached' });
    await two.press('F2');
    await two.says(/已呼叫 1 次/);
    expect((await screens.agree()).counters['w2']?.hold).toBeUndefined();
    await branch.step(20_000);
    await two.press('F4');
    await two.says('正在办理');
    await branch.step(60_000);
    await two.press('F8');
    await two.says('现在没有客户等候');
  });

  step('one who is not found gets a window again once a teller says that they are here [E-6]', async () => {
    const { ticket } = await issue();
    await one.tap('优先服务');
    await dialog(one)
      .getByRole('button', { name: new RegExp(`^${ticket}`) })
      .click();
    await dialog(one)
      .getByRole('checkbox', { name: /^客户本人同意/ })
      .check();
    await one.tap('登记并看安排');
    await dialog(one).locator('.plan .window').waitFor();
    // Closed before it was confirmed: the way back is the list.
    await one.tap('暂不留窗');
    await flagged(one).getByText('还没有留窗').waitFor();
    await one.tap(`查看 ${ticket}`);
    await one.tap('安排爱心窗口');
    await keep(one);
    await two.says(`爱心窗口：请接待 ${ticket}`);
    await two.press('F1');
    await branch.step(181_000);
    await flagged(one).getByText('窗口空出时没有找到客户').waitFor();
    await one.tap(`查看 ${ticket}`);
    await one.tap('客户又在了');
    await one.tap('安排爱心窗口');
    await keep(one);
    await receive(ticket);
    await screens.agree();
  });

  step('with a manager on duty the tellers have none of it', async () => {
    const { ticket, visitId } = await issue();
    await branch.ok(kioskToken, { type: 'RequestHelp', place: 'kiosk', visitId });
    await one.page.getByRole('button', { name: `${ticket} 优先服务` }).waitFor();
    await branch.ok(managerToken, { type: 'StartDuty' });
    await one.page.getByRole('button', { name: `${ticket} 优先服务` }).waitFor({ state: 'detached' });
    expect(await one.page.getByRole('button', { name: /优先服务/ }).count()).toBe(0);
    expect(one.view().view).not.toHaveProperty('lobby');
    expect(screens.faults()).toEqual([]);
  });
});
