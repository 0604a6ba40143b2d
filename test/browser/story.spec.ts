/**
 * One morning on every screen at once: the day is opened, customers are called and served, one is given a love
 * window, the server dies in the middle of it and comes back. After each step every screen says what the log says.
 */
import type { Browser } from 'playwright-core';
import type { LobbyState, Visit } from '../../src/lobby/state.js';
import { BranchServer } from '../support/branchServer.js';
import { launchBrowser } from '../support/browser.js';
import { Screens } from '../support/screens.js';
import { PATIENCE_MS, steps } from '../support/steps.js';
import type { Screen } from '../support/screens.js';

let browser: Browser;
let branch: BranchServer;
let screens: Screens;
let managerToken: string;
let board: Screen;
let kiosk: Screen;
let manager: Screen;
let pad: Screen;
let sign: Screen;
let elder: Screen;
let other: Screen;
const tellers: Record<string, Screen> = {};
const tokens: Record<string, string> = {};

const PASSWORD = 'a quiet morning 2026';
const people = [
  { id: 't1', name: '一号柜员', counterId: 'w1' },
  { id: 't2', name: '二号柜员', counterId: 'w2' },
  { id: 't3', name: '三号柜员', counterId: 'w3' },
  { id: 't4', name: '四号柜员', counterId: 'w4' },
] as const;

const visitOf = (state: LobbyState, ticket: string): Visit =>
  Object.values(state.visits).find((visit) => visit.ticket === ticket)!;
const desk = (counterId: string): Screen => tellers[counterId]!;

/** By name and password, as people do. */
async function signIn(screen: Screen, login: string): Promise<void> {
  await screen.page.getByLabel('登录名').fill(login);
  await screen.page.getByLabel('密码').fill(PASSWORD);
  await screen.tap('登录');
  await screen.live();
}

/** Taps at the kiosk; gives what the customer's phone reads off the QR code there. */
async function takeTicket(service: RegExp): Promise<{ ticket: string; visitId: string; link: string }> {
  const from = kiosk.mark();
  await kiosk.page.getByRole('button', { name: service }).click();
  await kiosk.tap('取号');
  await kiosk.says('您的号码');
  const ticket = await kiosk.page.locator('.number').textContent();
  const [, visitId, token] = /"visitId":"(\w+)".*"token":"(\w+)"/.exec(
    kiosk.since(from).concat(kiosk.frames().slice(from)).join(),
  )!;
  await kiosk.tap('完成');
  return { ticket: ticket!.trim(), visitId: visitId!, link: `${visitId!}.${token!}` };
}

/** F2, the customer comes, F4. */
async function callAndStart(counterId: string): Promise<void> {
  await desk(counterId).press('F2');
  await desk(counterId).says(/已呼叫 1 次/);
  await branch.step(20_000);
  await desk(counterId).press('F4');
  await desk(counterId).says('正在办理');
}

beforeAll(async () => {
  browser = await launchBrowser();
  branch = await BranchServer.start();
  screens = new Screens(browser, branch);
  managerToken = await branch.hire({
    id: 'lobby',
    name: '大堂经理',
    role: 'lobbyManager',
    password: PASSWORD,
  });
  for (const { id, name } of people)
    tokens[id] = await branch.hire({ id, name, role: 'teller', password: PASSWORD });
  const device = async (kind: 'board' | 'kiosk' | 'rating' | 'counter', place?: string): Promise<Screen> => {
    const enrolled = { board: 'board', kiosk: 'kiosk', rating: 'ratingPad', counter: 'counterSign' } as const;
    const token = await branch.enrol(enrolled[kind], place);
    tokens[kind] = token;
    return screens.open(kind, { token, ...(place === undefined ? {} : { of: place }) });
  };
  [board, kiosk, pad, sign, manager] = await Promise.all([
    device('board'),
    device('kiosk'),
    device('rating', 'w4'),
    device('counter', 'w4'),
    screens.open('manager', { of: 'lobby' }),
    ...['w1', 'w2', 'w3'].map((counterId) => device('counter', counterId)),
    ...people.map(async ({ id, counterId }) => {
      const how = id === 't1' ? { of: id } : { of: id, token: tokens[id]! };
      tellers[counterId] = await screens.open('teller', how);
    }),
  ]);
}, PATIENCE_MS);
afterAll(async () => {
  await screens.close();
  await browser.close();
  await branch.close();
});

const step = steps();

describe('a morning on all screens', () => {
  step('begins closed; the manager signs in and opens the day', async () => {
    await board.says('现在没有营业');
    await kiosk.says('现在没有营业');
    await sign.says('未开放');
    await pad.says('窗口未开放');
    await desk('w2').says(/今天还没有开始营业/);
    await signIn(manager, 'lobby');
    await manager.tap('开始营业');
    await manager.tap(/开始值守/);
    await manager.says('在岗');
    await signIn(desk('w1'), 't1');
    await board.says('欢迎光临');
    await screens.agree();
  });

  step('tellers sign on through their pages, and the windows open on every screen', async () => {
    for (const { counterId } of people) {
      await desk(counterId)
        .page.getByRole('button', { name: new RegExp(`^${counterId.slice(1)} 号窗口`) })
        .click();
      await desk(counterId).says('正常叫号');
    }
    const state = await screens.agree();
    expect(
      Object.values(state.counters)
        .filter(({ teller }) => teller)
        .map(({ id }) => id),
    ).toEqual(['w1', 'w2', 'w3', 'w4']);
  });

  step('a customer takes a number, is called, is served, and is asked for a rating', async () => {
    const first = await takeTicket(/^银行卡与转账/);
    expect(first.ticket).toBe('C001');
    await screens.agree();
    await callAndStart('w4');
    await board.says('C001');
    await sign.says('C001');
    await screens.agree();
    await branch.step(240_000);
    await desk('w4').press('F8');
    await pad.says('请为这次服务评价');
    await sign.says('感谢光临，请慢走');
    await screens.agree();
    await pad.tap(/^满意/);
    await pad.says('谢谢您的评价');
    const state = await screens.agree();
    expect(state.counters['w4']!.rating).toMatchObject({ ticket: 'C001', stars: 4 });
    expect(visitOf(state, 'C001').stage).toMatchObject({ status: 'ended', how: 'served' });
  });

  step(
    'the lobby fills: four windows serve, three customers wait, two of them with their phones',
    async () => {
      await branch.step(60_000);
      await takeTicket(/^银行卡与转账/);
      await callAndStart('w4');
      for (const counterId of ['w1', 'w2', 'w3']) {
        await takeTicket(/^现金存取/);
        await callAndStart(counterId);
      }
      const theirs = await takeTicket(/^现金存取/);
      await branch.step(20_000);
      const his = await takeTicket(/^现金存取/);
      await branch.step(20_000);
      await takeTicket(/^银行卡与转账/);
      other = await screens.open('ticket', { token: theirs.link, of: theirs.visitId });
      elder = await screens.open('ticket', { token: his.link, of: his.visitId });
      await branch.publicBeat();
      const state = await screens.agree();
      expect([theirs.ticket, his.ticket]).toEqual(['A004', 'A005']);
      expect(Object.values(state.counters).map(({ visitId }) => state.visits[visitId ?? '']?.ticket)).toEqual(
        ['A001', 'A002', 'A003', 'C002', undefined, undefined, undefined, undefined],
      );
      expect(await elder.look()).toMatchObject({ number: 'A005', ahead: '1' });
    },
  );

  step(
    'the manager flags him with his consent; the plan names window, time and cost, and holds nothing yet',
    async () => {
      await manager.page.getByRole('button', { name: /^A005/ }).click();
      await manager.tap('优先服务');
      await manager.says('请先征得客户同意');
      expect(await manager.page.getByRole('button', { name: '登记并看安排' }).isDisabled()).toBe(true);
      const form = manager.page.getByRole('dialog');
      for (const words of ['低位柜台', '准备座椅'])
        await form.getByRole('checkbox', { name: new RegExp(`^${words}`) }).check();
      await form.getByRole('checkbox', { name: /客户.*同意/ }).check();
      await manager.tap('登记并看安排');
      await manager.page.locator('.plan .window').waitFor();

      const { state } = await branch.state();
      const visit = visitOf(state, 'A005');
      const plan = await branch.ok(managerToken, { type: 'PreviewLoveWindow', visitId: visit.id });
      expect(plan).toMatchObject({ counterId: 'w4', version: visit.version });
      const card = await manager.page.locator('.plan').textContent();
      expect(card).toContain('4 号窗口');
      expect(card).toContain(`约 ${String(Math.round(plan.minutes!))} 分钟后空闲`);
      expect(card).toContain(
        `另外 ${String(plan.cost!.others)} 位客户平均多等 ${String(plan.cost!.minutes)} 分钟`,
      );
      expect(plan.cost!.minutes).toBeGreaterThan(0);
      // Only the flag is in the log: nothing is held, and no other screen has changed.
      expect(state.running).toEqual({});
      await screens.agree();
    },
  );

  step(
    'confirmed, the window is kept: its sign says so at once, its teller is told, the public is not',
    async () => {
      await screens.caughtUp();
      const marks = [board, other, kiosk].map((screen) => ({ screen, from: screen.mark() }));
      const before = { board: await board.text(), other: await other.text() };

      await manager.tap('确认留出 4 号窗口');
      await manager.says(/已留窗，柜员正在收到提示/);
      await manager.page.getByRole('dialog').getByRole('button', { name: '好的' }).click();
      await sign.says('优先服务');
      await desk('w4').says('爱心窗口：请接待 A005');
      await desk('w4').says(/请安心办完手上的客户/);
      await elder.says('正在为您准备窗口');
      await desk('w1').says('其他窗口正在提供优先服务');
      await screens.agree();

      await desk('w4').press('F1');
      await desk('w4').says('已确认');
      await screens.agree();
      // Not one frame: a flag, a hold and an answer are nobody else's business [L14].
      for (const { screen, from } of marks) expect(screen.since(from)).toEqual([]);
      expect(await board.text()).toBe(before.board);
      expect(await other.text()).toBe(before.other);
    },
  );

  step('the board gives only the neutral notice, on its own beat', async () => {
    const from = board.mark();
    const otherBefore = await other.look();
    const told: number[] = [];
    for (let beat = 0; beat < 3; beat += 1) {
      const mark = board.mark();
      await branch.ring(1);
      await screens.caughtUp();
      told.push(board.since(mark).length);
    }
    // One beat of three is public, whichever it is [P-30]; the others tell nothing.
    expect([...told].sort((a, b) => a - b)).toEqual([0, 0, 1]);
    await branch.publicBeat();
    await board.says(/部分窗口正在提供优先服务/);
    await screens.agree();
    for (const frame of board.since(from)) expect(frame).not.toMatch(/A005|w4|4 号|lowCounter/);
    expect(await other.look()).toEqual(otherBefore);
  });

  step(
    'the server is killed in the middle; started again, every screen comes back by itself and agrees',
    async () => {
      await manager.tap('陪客户过去');
      await desk('w4').says('正在陪客户过来');
      const before = await screens.agree();

      await branch.kill();
      await Promise.all(screens.all.map((screen) => screen.page.locator('.freshness .line').waitFor()));
      await branch.up(60_000);
      await screens.live();
      const after = await screens.agree();
      const [then, now] = [before, after].map(
        (state) => state.episodes[visitOf(state, 'A005').flag!.episodeId!]!,
      );
      const { id, visitId, counterId, acknowledgedBy } = then!;
      expect(now).toMatchObject({ id, visitId, counterId, acknowledgedBy });
      // Nobody could walk on while the server was away: the short times begin anew [T-1].
      expect(now!.onTheWayAt).toBeGreaterThanOrEqual(then!.onTheWayAt! + 60_000);
      expect(visitOf(after, 'A005').flag).toEqual(visitOf(before, 'A005').flag);
      expect(await board.page.locator('footer').textContent()).toContain('优先服务');
    },
  );

  step('the present customer is finished first; he arrives and is next, quietly', async () => {
    await desk('w4').press('F8');
    await pad.says('C002');
    await desk('w4').says(/窗口已为 A005 留好/);
    expect(await desk('w4').page.locator('[aria-label="当前客户"] .ticket').textContent()).toBe('A005');
    const { state } = await branch.state();
    const { id: visitId, version } = visitOf(state, 'A004');
    const named = await branch.send(tokens['t4']!, {
      type: 'CallVisit',
      visitId,
      version,
      reason: 'personal',
    });
    expect(named).toMatchObject({ ok: false, code: 'counter-held' });
    await manager.tap('已到窗口');
    await desk('w4').says('客户已到窗口前');
    await screens.agree();

    await screens.caughtUp();
    const from = board.mark();
    const others = other.mark();
    await desk('w4').press('F2');
    await elder.says('4 号窗口');
    await desk('w4').says('未公开叫号');
    await screens.agree();
    expect(board.since(from)).toEqual([]);
    expect(other.since(others)).toEqual([]);
    expect(await sign.text()).not.toContain('A005');
  });

  step('he is served and asked like anybody; then normal calls go on by themselves', async () => {
    await desk('w4').press('F4');
    await desk('w4').says('正在办理');
    await elder.says('正在 4 号窗口为您办理');
    await screens.agree();
    await branch.step(200_000);
    await desk('w4').press('F8');
    await pad.says('A005');
    await desk('w4').says('正常叫号');
    await elder.says('办好了，谢谢您');
    await manager.says('现在没有要处理的事');
    const state = await screens.agree();
    expect(state.running).toEqual({});
    expect(state.counters['w4']!.hold).toBeUndefined();

    await desk('w4').press('F2');
    await board.page.locator('.newest', { hasText: '4 号窗口' }).waitFor();
    await other.says('请到');
    await branch.publicBeat();
    await screens.agree();
    expect(await board.page.locator('footer').textContent()).not.toContain('优先');
  });

  step(
    '[R-3] the pad asks by itself after every finish, with another service to follow or transferred',
    async () => {
      const teller4 = tokens['t4']!;
      const versioned = async (ticket: string) => {
        const { id: visitId, version } = visitOf((await branch.state()).state, ticket);
        return { visitId, version };
      };
      await branch.step(20_000);
      await desk('w4').press('F4');
      await desk('w4').says('正在办理');
      await branch.ok(teller4, { type: 'AddService', ...(await versioned('A004')), serviceId: 'personal' });
      await screens.caughtUp();
      await desk('w4').press('F8');
      await pad.says('A004');
      const asked = (await branch.state()).state.counters['w4']!.rating!.id;
      await pad.tap(/^非常满意/);
      await pad.says('谢谢您的评价');
      const again = { type: 'RateService', ratingId: asked, stars: 1 } as const;
      expect(await branch.send(tokens['rating']!, again)).toMatchObject({
        ok: false,
        code: 'no-rating-asked',
      });
      // Nothing on the teller's page asks, repeats or skips it.
      expect(await desk('w4').text()).not.toContain('评价');

      const moved = { serviceId: 'personalComplex', placement: 'front' } as const;
      await branch.ok(tokens['t1']!, { type: 'TransferVisit', ...(await versioned('A001')), ...moved });
      await branch.ok(teller4, { type: 'CallVisit', ...(await versioned('A001')), reason: 'personal' });
      await desk('w4').says(/已呼叫 1 次/);
      await desk('w4').press('F4');
      await desk('w4').says('正在办理');
      await desk('w4').press('F8');
      await pad.says('A001');
      await screens.caughtUp();
      await branch.step(21_000);
      await screens.caughtUp();
      await pad.says('很高兴为您服务');
      const { counters } = await screens.agree();
      expect(counters['w4']!.ratings).toEqual({ asked: 5, answered: 2 });
    },
  );

  step('no public screen ever heard his number from the moment he was flagged, and no page broke', () => {
    expect(board.frames().filter((frame) => frame.includes('A005'))).toEqual([]);
    expect(other.frames().filter((frame) => frame.includes('A005'))).toEqual([]);
    expect(screens.faults()).toEqual([]);
  });
});
