/**
 * Love windows when things do not go straight, as the people at the screens see it: two at once, a change of mind of
 * the plan, of the customer, of the teller, and a teller who does not answer.
 */
import type { Browser } from 'playwright-core';
import type { LobbyState, Visit } from '../../src/lobby/state.js';
import { BranchServer } from '../support/branchServer.js';
import { launchBrowser } from '../support/browser.js';
import { Screens } from '../support/screens.js';
import type { Screen } from '../support/screens.js';
import { PATIENCE_MS, steps } from '../support/steps.js';

let browser: Browser;
let branch: BranchServer;
let screens: Screens;
let board: Screen;
/** Two tablets: the lobby manager's and the branch manager's. */
let first: Screen;
let second: Screen;
let managerToken: string;
/** Only windows 4 and 7 have a low counter. */
let four: Screen;
let seven: Screen;
const tokens: Record<string, string> = {};

const windows = ['w1', 'w2', 'w3', 'w4', 'w5', 'w6', 'w7', 'w8'];
const teller = (counterId: string): string => tokens[counterId]!;
const visitOf = (state: LobbyState, ticket: string): Visit =>
  Object.values(state.visits).find((visit) => visit.ticket === ticket)!;
const now = (screen: Screen) => screen.page.getByRole('region', { name: '现在' });
const card = (screen: Screen, ticket: string) => now(screen).getByRole('article').filter({ hasText: ticket });

async function issue(serviceId = 'cash'): Promise<string> {
  return (await branch.ok(managerToken, { type: 'IssueTicket', serviceIds: [serviceId] })).ticket;
}

/** Flags a waiting customer on the tablet, with consent, and gives the plan as it is shown there. */
async function flag(tablet: Screen, ticket: string, needs: string[]): Promise<string> {
  await tablet.page.getByRole('button', { name: new RegExp(`^${ticket}`) }).click();
  await tablet.tap('优先服务');
  const form = tablet.page.getByRole('dialog');
  for (const need of needs) await form.getByRole('checkbox', { name: new RegExp(`^${need}`) }).check();
  await form.getByRole('checkbox', { name: /^客户本人同意/ }).check();
  await tablet.tap('登记并看安排');
  await tablet.page.locator('.plan .window').waitFor();
  return (await tablet.page.locator('.plan').textContent())!;
}

async function confirm(tablet: Screen, words: RegExp): Promise<string> {
  await tablet.tap(words);
  const done = tablet.page.getByRole('dialog');
  await done.getByRole('button', { name: '好的' }).waitFor();
  const said = (await done.textContent())!;
  await done.getByRole('button', { name: '好的' }).click();
  return said;
}

/** Brings the customer over and through, at the window that is kept. */
async function serve(ticket: string): Promise<void> {
  const { state } = await branch.state();
  const visit = visitOf(state, ticket);
  const episode = state.episodes[visit.flag!.episodeId!]!;
  const token = teller(episode.counterId!);
  if (episode.acknowledgedBy === undefined)
    await branch.ok(token, { type: 'AcknowledgeAlert', episodeId: episode.id });
  await branch.ok(token, { type: 'CallNext' });
  const version = async (): Promise<number> => visitOf((await branch.state()).state, ticket).version;
  await branch.ok(token, { type: 'StartService', visitId: visit.id, version: await version() });
  await branch.step(120_000);
  await branch.ok(token, { type: 'FinishService', visitId: visit.id, version: await version() });
}

/** Gives a window an ordinary customer with long business, by name: a scarce one leaves that to others [P-4]. */
async function occupy(counterId: string): Promise<void> {
  const ticket = await issue('personalComplex');
  const seen = async (): Promise<{ visitId: string; version: number }> => {
    const { id: visitId, version } = visitOf((await branch.state()).state, ticket);
    return { visitId, version };
  };
  await branch.ok(teller(counterId), { type: 'CallVisit', ...(await seen()), reason: 'other' });
  await branch.ok(teller(counterId), { type: 'StartService', ...(await seen()) });
}

async function release(counterId: string): Promise<void> {
  const { state } = await branch.state();
  const { id: visitId, version } = state.visits[state.counters[counterId]!.visitId!]!;
  await branch.ok(teller(counterId), { type: 'FinishService', visitId, version });
}

async function signOff(desk: Screen): Promise<void> {
  await desk.tap('本窗口');
  await desk.tap('签退');
  await desk.says(/今天在哪个窗口/);
}

async function signOn(desk: Screen, label: RegExp): Promise<void> {
  await desk.page.getByRole('button', { name: label }).click();
  await desk.says('本窗口');
}

beforeAll(async () => {
  browser = await launchBrowser();
  branch = await BranchServer.start();
  screens = new Screens(browser, branch);
  managerToken = await branch.hire({ id: 'lobby', name: '大堂经理', role: 'lobbyManager' });
  const head = await branch.hire({ id: 'head', name: '网点负责人', role: 'branchManager' });
  await branch.ok(managerToken, { type: 'OpenDay' });
  for (const token of [managerToken, head]) await branch.ok(token, { type: 'StartDuty' });
  for (const counterId of windows) {
    tokens[counterId] = await branch.hire({
      id: `t${counterId.slice(1)}`,
      name: `柜员${counterId}`,
      role: 'teller',
    });
    await branch.ok(teller(counterId), { type: 'SignOn', counterId });
  }
  [board, first, second, four, seven] = await Promise.all([
    branch.enrol('board').then((token) => screens.open('board', { token })),
    screens.open('manager', { token: managerToken, of: 'lobby' }),
    screens.open('manager', { token: head, of: 'head' }),
    screens.open('teller', { token: teller('w4'), of: 't4' }),
    screens.open('teller', { token: teller('w7'), of: 't7' }),
    ...['w4', 'w7'].map(async (place) =>
      screens.open('counter', { token: await branch.enrol('counterSign', place), of: place }),
    ),
  ]);
}, PATIENCE_MS);
afterAll(async () => {
  await screens.close();
  await browser.close();
  await branch.close();
});

const step = steps();

describe('two flags at once', () => {
  step(
    'with two windows that fit: both are planned for one, the second is told of the change [E-2]',
    async () => {
      const [a, b] = [await issue(), await issue()];
      const plans = await Promise.all([flag(first, a, ['低位柜台']), flag(second, b, ['低位柜台'])]);
      for (const plan of plans) expect(plan).toContain('4 号窗口');
      await confirm(first, /^确认留出/);
      const said = await confirm(second, /^确认留出/);
      expect(said).toContain('大堂情况刚有变化');
      expect(said).toContain('7 号窗口');
      await four.says(`爱心窗口：请接待 ${a}`);
      await seven.says(`爱心窗口：请接待 ${b}`);
      for (const tablet of [first, second]) {
        await card(tablet, a).getByText('4 号窗口').waitFor();
        await card(tablet, b).getByText('7 号窗口').waitFor();
      }
      await screens.agree();
    },
  );

  step(
    'a third is told why nothing can be kept now, waits in line, and gets the next window by itself',
    async () => {
      const c = await issue();
      const plan = await flag(first, c, ['低位柜台']);
      expect(plan).toContain('现在没有可以留的窗口');
      expect(plan).toContain('合适的窗口都已为别的客户留出');
      expect(await confirm(first, /^排队等窗口/)).toContain('一有合适的窗口就会留出来');
      await card(second, c).getByText('合适的窗口都已为别的客户留出').waitFor();
      await screens.agree();

      await serve('A001');
      await four.says(`爱心窗口：请接待 ${c}`);
      await card(first, c).getByText('4 号窗口').waitFor();
      await screens.agree();
    },
  );

  step('whoever needs nothing special meets the bound that keeps windows for the others [L7]', async () => {
    const d = await issue();
    expect(await flag(first, d, [])).toContain('已留的窗口达到上限，要先照顾其他客户');
    await first.tap('暂不留窗');
    await screens.agree();
    const { id: visitId, version } = visitOf((await branch.state()).state, d);
    await branch.ok(managerToken, { type: 'LeaveVisit', visitId, version });
    await serve('A002');
    await serve('A003');
    await screens.agree();
  });

  step('with one window that fits: the second waits in line and is told so', async () => {
    await signOff(seven);
    const [a, b] = [await issue(), await issue()];
    await Promise.all([flag(first, a, ['低位柜台']), flag(second, b, ['低位柜台'])]);
    await confirm(first, /^确认留出/);
    expect(await confirm(second, /^确认留出/)).toContain('合适的窗口都已为别的客户留出');
    await card(first, b).getByText('合适的窗口都已为别的客户留出').waitFor();
    await screens.agree();
    await serve(a);
    await four.says(`爱心窗口：请接待 ${b}`);
    await serve(b);
    await screens.agree();
  });

  step('with none: both tablets say what would help, and that somebody must see to it [L11]', async () => {
    const [a, b] = [await issue(), await issue()];
    const plans = await Promise.all([flag(first, a, ['外语服务']), flag(second, b, ['外语服务'])]);
    for (const plan of plans) expect(plan).toContain('开放的窗口都不能满足需要，可请专员或开窗');
    await Promise.all([confirm(first, /^排队等窗口/), confirm(second, /^排队等窗口/)]);
    for (const tablet of [first, second]) {
      expect(await card(tablet, a).getByText('开放的窗口都不能满足需要').count()).toBe(1);
      await now(tablet).getByText('没有窗口能办，请安排').nth(1).waitFor();
    }
    const state = await screens.agree();
    for (const ticket of [a, b]) {
      const { id: visitId, version } = visitOf(state, ticket);
      await branch.ok(managerToken, { type: 'LeaveVisit', visitId, version });
    }
    await now(first).getByText('没有窗口能办，请安排').waitFor({ state: 'detached' });
    await signOn(seven, /^7 号窗口/);
    await screens.agree();
  });
});

describe('a window is changed under way', () => {
  let ticket: string;
  /** Both busy, window 4 the one to be free first; the customer is on the way to it for a minute. */
  const underWay = async (): Promise<void> => {
    await occupy('w4');
    await branch.step(180_000);
    await occupy('w7');
    ticket = await issue();
    expect(await flag(first, ticket, ['低位柜台'])).toContain('4 号窗口');
    await confirm(first, /^确认留出/);
    await four.press('F1');
    await first.tap('陪客户过去');
    await four.says('正在陪客户过来');
    await branch.step(61_000);
  };

  step(
    'the other window is free sooner: the hold moves there, and the tablet can refuse for 10 s [E-5]',
    async () => {
      await underWay();
      const from = board.mark();
      await release('w7');
      await card(first, ticket)
        .getByText(/改到\s*7 号窗口，更快/)
        .waitFor();
      await seven.says(`爱心窗口：请接待 ${ticket}`);
      await four.says('正常叫号');
      await screens.agree();
      await card(first, ticket).getByRole('button', { name: /^不改/ }).click();
      await four.says(`爱心窗口：请接待 ${ticket}`);
      await seven.says('正常叫号');
      await screens.agree();
      // The public saw one thing: nothing, for a service that ends takes no number off the board [W-1].
      expect(board.since(from)).toEqual([]);
      await release('w4');
      await serve(ticket);
      await screens.agree();
    },
  );

  step('not refused, it stays there; the offer to refuse goes after 10 s', async () => {
    await underWay();
    await release('w7');
    const refuse = card(first, ticket).getByRole('button', { name: /^不改/ });
    await refuse.waitFor();
    await branch.step(11_000);
    await refuse.waitFor({ state: 'detached' });
    await card(first, ticket).getByText('7 号窗口').waitFor();
    await screens.agree();
    await release('w4');
    await serve(ticket);
    await screens.agree();
  });

  step('the customer wants no priority: window, alert and flag are given back [E-3]', async () => {
    ticket = await issue();
    await flag(first, ticket, ['低位柜台', '准备座椅']);
    await confirm(first, /^确认留出/);
    await four.says(`爱心窗口：请接待 ${ticket}`);
    await screens.agree();
    const from = board.mark();
    await card(first, ticket)
      .getByRole('button', { name: `${ticket} 更多` })
      .click();
    await first.tap('客户不要优先');
    await first.tap('取消优先');
    await four.says('正常叫号');
    await first.page.getByRole('dialog').getByRole('button', { name: '关闭' }).click();
    const state = await screens.agree();
    expect(visitOf(state, ticket).flag).toBeUndefined();
    expect(board.since(from)).toEqual([]);
    await now(second).getByText('现在没有要处理的事').waitFor();
    const { id: visitId, version } = visitOf(state, ticket);
    await branch.ok(managerToken, { type: 'LeaveVisit', visitId, version });
  });
});

describe('a teller who does not answer, or leaves', () => {
  let ticket: string;

  step(
    'after 30 s another window is asked; with none left the alert stays and the manager answers [E-4]',
    async () => {
      ticket = await issue();
      await flag(first, ticket, ['低位柜台']);
      await confirm(first, /^确认留出/);
      await four.says(`爱心窗口：请接待 ${ticket}`);
      await branch.step(28_000);
      await four.says(`爱心窗口：请接待 ${ticket}`);
      await screens.agree();
      await branch.step(3_000);
      await seven.says(`爱心窗口：请接待 ${ticket}`);
      await four.says('正常叫号');
      await screens.agree();

      await branch.step(31_000);
      await card(first, ticket)
        .getByText(/柜员没有回应/)
        .waitFor();
      await now(second).getByText('爱心窗口提示无人应答').waitFor();
      await seven.says('知道了');
      await screens.agree();
      await branch.step(31_000);
      await seven.says('知道了');
      await screens.agree();

      await second.tap('替柜员确认');
      await seven.says('已确认');
      await now(first).getByText('爱心窗口提示无人应答').waitFor({ state: 'detached' });
      await screens.agree();
      await serve(ticket);
      await screens.agree();
    },
  );

  step(
    'one who signs off while a customer is expected: planned again, or waiting for a window [E-7]',
    async () => {
      ticket = await issue();
      await flag(first, ticket, ['低位柜台']);
      await confirm(first, /^确认留出/);
      await four.press('F1');
      await four.says('已确认');
      await signOff(four);
      await seven.says(`爱心窗口：请接待 ${ticket}`);
      await seven.says('知道了');
      await card(first, ticket).getByText('7 号窗口').waitFor();
      await screens.agree();

      await signOff(seven);
      await card(first, ticket).getByText('开放的窗口都不能满足需要').waitFor();
      await now(second).getByText('没有窗口能办，请安排').waitFor();
      await screens.agree();

      await signOn(four, /^4 号窗口/);
      await four.says(`爱心窗口：请接待 ${ticket}`);
      await now(second).getByText('没有窗口能办，请安排').waitFor({ state: 'detached' });
      await screens.agree();
      await serve(ticket);
      await screens.agree();
    },
  );

  step('no page broke', () => {
    expect(screens.faults()).toEqual([]);
  });
});
