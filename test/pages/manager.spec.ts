import type { Browser, Page } from 'playwright-core';
import type { ManagerView } from '../../src/protocol/views.js';
import { launchBrowser } from '../support/browser.js';
import { gzipKb, scriptsOf } from '../support/bundle.js';
import { photograph } from '../support/photograph.js';
import { closeStaffPages, commandsReach, dialog, settle, showStaff } from '../support/staffPage.js';
import type { Shown } from '../support/staffPage.js';
import type { BindingNeed } from '../../src/protocol/vocabulary.js';
import { AT, windowLabel } from '../support/views/branch.js';
import { managers } from '../support/views/manager.js';

let browser: Browser;
const show = (view: ManagerView, options?: Shown) =>
  showStaff(browser, 'manager', view, { touch: true, ...options });
const tap = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).tap();
const tapIn = (page: Page, name: string | RegExp) =>
  dialog(page).getByRole('button', { name, exact: true }).tap();
const choose = (page: Page, name: string) => dialog(page).getByLabel(name, { exact: false }).first().tap();

beforeAll(async () => {
  browser = await launchBrowser();
});
afterEach(closeStaffPages);
afterAll(() => browser.close());

const plan = { counterId: 'w4', label: windowLabel(4), minutes: 2.4, cost: { others: 14, minutes: 0.6 } };
const b019 = { visitId: 'B019', version: 2 };

describe('from a need to a held window, by touch', () => {
  it('[W-31] flag with needs and assent, plan in a sentence with its why, confirmed by name', async () => {
    const counters = {
      ...managers.usualManager.counters,
      w4: { ...managers.usualManager.counters['w4']!, only: ['lowCounter', 'wheelchair'] as BindingNeed[] },
    };
    const { page, sent } = await show(
      { ...managers.usualManager, counters },
      {
        answers: {
          PreviewLoveWindow: { visitId: 'B019', version: 3, ...plan },
          ConfirmLoveWindow: { plan: { visitId: 'B019', ...plan }, episodeId: 'e1', changed: false },
        },
      },
    );
    await tap(page, '优先服务');
    await dialog(page).getByRole('button', { name: /^B019/ }).tap();
    expect(await dialog(page).getByRole('button', { name: '登记并看安排' }).isDisabled()).toBe(true);
    await choose(page, '低位柜台');
    await choose(page, '放慢语速');
    await choose(page, '客户本人同意');
    await tapIn(page, '登记并看安排');
    await dialog(page).getByText('约 2 分钟后空闲').waitFor();
    await dialog(page).getByText('另外 14 位客户平均多等 0.6 分钟').waitFor();
    // Why there, of what was chosen; and what the customer would wait otherwise.
    await dialog(page).getByText('开放的窗口中，只有这里有：低位柜台', { exact: true }).waitFor();
    await dialog(page).getByText('不优先时，按次序约 3–11 分钟').waitFor();
    await dialog(page).getByText('确认后，该窗口停止叫号').waitFor();
    // A preview holds nothing.
    expect(sent().map(({ type }) => type)).toEqual(['FlagPriority', 'PreviewLoveWindow']);
    await tapIn(page, '确认留出 4 号窗口');
    await dialog(page).getByText('已留窗').waitFor();
    expect(await dialog(page).getByText('确认后').count()).toBe(0);
    expect(await dialog(page).getByText('大堂情况刚有变化').count()).toBe(0);
    expect(sent()).toEqual([
      { type: 'FlagPriority', ...b019, needs: ['lowCounter', 'slowSpeech'], consent: true },
      { type: 'PreviewLoveWindow', visitId: 'B019' },
      { type: 'ConfirmLoveWindow', visitId: 'B019', version: 3, counterId: 'w4' },
    ]);
  });

  it('a late answer about one customer never takes the dialog of the next [W-41]', async () => {
    let transmissions = 0;
    const { page, sent } = await show(managers.usualManager, {
      prepare: (tab) => tab.clock.install(),
      answers: {
        // The first answer is lost; the repeat is answered after the dialog went to somebody else.
        FlagPriority: () => ((transmissions += 1) === 1 ? null : {}),
        PreviewLoveWindow: { visitId: 'B019', version: 3, ...plan },
      },
    });
    await tap(page, '优先服务');
    await dialog(page).getByRole('button', { name: /^B019/ }).tap();
    await choose(page, '低位柜台');
    await choose(page, '客户本人同意');
    await tapIn(page, '登记并看安排');
    await commandsReach(sent, 1, page);
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'detached' });
    await tap(page, '优先服务');
    await dialog(page).getByRole('button', { name: /^A041/ }).tap();
    await dialog(page)
      .getByRole('checkbox', { name: /^低位柜台/ })
      .waitFor();
    await page.clock.fastForward(5_100);
    await commandsReach(sent, 2, page);
    await settle(page);
    expect(await dialog(page).getByRole('heading').first().textContent()).toContain('A041');
    expect(await dialog(page).getByRole('checkbox', { checked: true }).count()).toBe(0);
    // The next customer is not kept waiting by the last one's answer.
    await choose(page, '客户本人同意');
    await tapIn(page, '登记并看安排');
    expect((await commandsReach(sent, 4, page)).map(({ type }) => type)).toEqual([
      'FlagPriority',
      'FlagPriority',
      'FlagPriority',
      'PreviewLoveWindow',
    ]);
    expect(sent().at(-1)).toMatchObject({ visitId: 'A041' });
  });

  it('a number that comes late is said, and is not shown as the next one’s [W-41]', async () => {
    let transmissions = 0;
    const { page, sent } = await show(managers.usualManager, {
      prepare: (tab) => tab.clock.install(),
      answers: {
        IssueTicket: () => ((transmissions += 1) === 1 ? null : { visitId: 'v9', ticket: 'A088', ahead: 3 }),
      },
    });
    await tap(page, '代取号');
    await choose(page, '现金存取款');
    await tapIn(page, '取号');
    await commandsReach(sent, 1, page);
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'detached' });
    await tap(page, '代取号');
    await dialog(page).waitFor();
    await page.clock.fastForward(5_100);
    await page.getByText('已取号，号码 A088').waitFor();
    await dialog(page)
      .getByRole('checkbox', { name: /^现金存取款/ })
      .waitFor();
    expect(await dialog(page).getByText('A088').count()).toBe(0);
  });

  it('after 5 s the tapped button says that it is still tried [W-40]', async () => {
    const { page, sent } = await show(managers.usualManager, {
      prepare: (tab) => tab.clock.install(),
      answers: { IssueTicket: null },
    });
    await tap(page, '代取号');
    await choose(page, '现金存取款');
    await tapIn(page, '取号');
    await commandsReach(sent, 1, page);
    await dialog(page)
      .getByRole('button', { name: '取号', exact: true })
      .and(page.locator(':disabled'))
      .waitFor();
    await page.clock.fastForward(5_100);
    await dialog(page).getByRole('button', { name: '还没有收到答复，仍在尝试' }).waitFor();
    // For acts without such a button the page has a line of its own.
    await page.locator('p.repeating').getByText('还没有收到答复，仍在尝试').waitFor();
    await commandsReach(sent, 2, page);
    await page.clock.fastForward(10_000);
    await page.getByRole('alert').getByText('不确定是否已生效').waitFor();
  });

  it('says that a better plan was taken when the lobby moved on', async () => {
    const { page } = await show(managers.usualManager, {
      answers: {
        PreviewLoveWindow: { visitId: 'B019', version: 3, ...plan },
        ConfirmLoveWindow: {
          plan: { visitId: 'B019', counterId: 'w2', label: windowLabel(2), minutes: 1 },
          episodeId: 'e1',
          changed: true,
        },
      },
    });
    await tap(page, '优先服务');
    await dialog(page).getByRole('button', { name: /^B019/ }).tap();
    await choose(page, '客户本人同意');
    await tapIn(page, '登记并看安排');
    await tapIn(page, '确认留出 4 号窗口');
    await dialog(page).getByText('大堂情况刚有变化').waitFor();
    await dialog(page).getByText('2 号窗口').waitFor();
  });

  it('somebody without a ticket gets one with the flag; with no window to keep they wait for one', async () => {
    const { page, sent } = await show(managers.usualManager, {
      answers: {
        FlagNewVisit: { visitId: 'v99', ticket: 'A099', ahead: 8 },
        PreviewLoveWindow: { visitId: 'v99', version: 2, obstacle: 'bounds' },
        ConfirmLoveWindow: { plan: { visitId: 'v99', obstacle: 'bounds' }, episodeId: 'e1', changed: false },
      },
    });
    await tap(page, '优先服务');
    await tapIn(page, '还没有号票');
    await choose(page, '客户本人同意');
    await dialog(page).getByText('请先选择业务').waitFor();
    await choose(page, '现金存取款');
    await tapIn(page, '登记并看安排');
    await dialog(page).getByText('已留的窗口达到上限').waitFor();
    expect(await dialog(page).getByText('确认后').count()).toBe(0);
    await dialog(page).getByText('A099 的优先服务').waitFor();
    await tapIn(page, '排队等窗口');
    await dialog(page).getByText('一有合适的窗口就会留出来。').waitFor();
    expect(sent()).toEqual([
      { type: 'FlagNewVisit', serviceIds: ['cash'], needs: [], consent: true },
      { type: 'PreviewLoveWindow', visitId: 'v99' },
      { type: 'ConfirmLoveWindow', visitId: 'v99', version: 2 },
    ]);
  });

  it('[W-31] a plan that cannot be made says why, and can be looked for again', async () => {
    const answers: Shown['answers'] = { PreviewLoveWindow: 'visit-not-waiting' };
    const { page } = await show(managers.usualManager, { answers });
    await tap(page, '优先服务');
    await dialog(page).getByRole('button', { name: /^B019/ }).tap();
    await choose(page, '客户本人同意');
    await tapIn(page, '登记并看安排');
    await dialog(page).getByRole('alert').getByText('这位客户现在不在等候中。').waitFor();
    expect(await dialog(page).getByText('正在选最合适的窗口').count()).toBe(0);
    answers.PreviewLoveWindow = { visitId: 'B019', version: 3, ...plan };
    await tapIn(page, '重新看安排');
    await dialog(page).getByText('约 2 分钟后空闲').waitFor();
    expect(await dialog(page).getByRole('alert').count()).toBe(0);
  });

  it('[W-31] a stale plan is replaced by the present one, and says so', async () => {
    const answers: Shown['answers'] = {
      PreviewLoveWindow: { visitId: 'B019', version: 3, ...plan },
      ConfirmLoveWindow: 'stale',
    };
    const { page, sent } = await show(managers.usualManager, { answers });
    await tap(page, '优先服务');
    await dialog(page).getByRole('button', { name: /^B019/ }).tap();
    await choose(page, '客户本人同意');
    await tapIn(page, '登记并看安排');
    await dialog(page).getByText('4 号窗口', { exact: true }).waitFor();
    answers.PreviewLoveWindow = {
      visitId: 'B019',
      version: 4,
      counterId: 'w2',
      label: windowLabel(2),
      minutes: 6.4,
    };
    await tapIn(page, '确认留出 4 号窗口');
    await dialog(page).getByText('情况刚有变化').waitFor();
    await dialog(page).getByText('约 6 分钟后空闲').waitFor();
    answers.ConfirmLoveWindow = {
      plan: { visitId: 'B019', counterId: 'w2', label: windowLabel(2), minutes: 6.4 },
      episodeId: 'e1',
      changed: false,
    };
    await tapIn(page, '确认留出 2 号窗口');
    await dialog(page).getByText('已留窗').waitFor();
    expect(sent().at(-1)).toEqual({
      type: 'ConfirmLoveWindow',
      visitId: 'B019',
      version: 4,
      counterId: 'w2',
    });
  });

  it('[W-31] follows by itself: called meanwhile, the dialog says where and lets go', async () => {
    const { server, page, sent } = await show(managers.usualManager, {
      answers: { PreviewLoveWindow: { visitId: 'B019', version: 2, ...plan } },
    });
    await tap(page, '优先服务');
    await dialog(page).getByRole('button', { name: /^B019/ }).tap();
    await choose(page, '客户本人同意');
    await tapIn(page, '登记并看安排');
    await dialog(page).getByText('约 2 分钟后空闲').waitFor();
    const { B019 } = managers.usualManager.visits;
    const visits = { ...managers.usualManager.visits };
    server.show({
      ...managers.usualManager,
      visits: { ...visits, B019: { ...B019!, version: 3, status: 'called', counterId: 'w2' } },
    });
    await dialog(page).getByRole('alert').getByText('B019 已经在 2 号窗口').waitFor();
    expect(
      await dialog(page)
        .getByRole('button', { name: /^确认留出/ })
        .count(),
    ).toBe(0);
    delete (visits as Record<string, unknown>)['B019'];
    server.show({ ...managers.usualManager, visits });
    await dialog(page).getByText('B019 的到访已经结束').waitFor();
    await tapIn(page, '好的');
    await dialog(page).waitFor({ state: 'detached' });
    expect(sent().map(({ type }) => type)).toEqual(['FlagPriority', 'PreviewLoveWindow']);
  });

  it('[W-85, W-87] who does not simply wait is marked, and an act is taken back from within the dialog', async () => {
    const { server, page, sent } = await show(managers.usualManager);
    await tap(page, '优先服务');
    const tiles = await dialog(page).locator('li button').allInnerTexts();
    const told = tiles.map((tile) => tile.split(/\s+/)[0]! + (/请求协助|暂缓|过号/.exec(tile)?.[0] ?? ''));
    expect(told.slice(0, 2)).toEqual(['B019请求协助', 'A041']);
    expect(told.slice(-3)).toEqual(['A031暂缓', 'A036过号', 'A037过号']);
    await photograph(page);
    server.show({ ...managers.usualManager, undo: managers.manyManager.undo! });
    const undo = dialog(page).getByRole('button', { name: '撤销' });
    await undo.waitFor();
    expect(await page.locator('.undo-place').isHidden()).toBe(true);
    await undo.tap();
    expect(await commandsReach(sent, 1, page)).toEqual([{ type: 'Undo', commandId: 'c9' }]);
    await dialog(page).waitFor();
  });

  it('[W-86] an auditor sees the lobby and none of its acts', async () => {
    const { mayEndDuty, undo, ...rest } = managers.manyManager;
    expect([mayEndDuty, undo]).not.toContain(undefined);
    const { page } = await show({ ...rest, readOnly: true });
    await page.getByText('仅查看').waitFor();
    const strip = page.getByRole('navigation').getByRole('button');
    expect(await strip.allInnerTexts()).toEqual(['预约1', '问候', '公告', '营业日']);
    const acts =
      /值守|在岗|到窗口|出发|确认|不改|又在了|我来|完成|登记|优先|安排|撤|发布|签到|保存|暂停|关窗|结束营业|到了/;
    expect(await page.locator('.floor article button').allInnerTexts()).not.toContainEqual(
      expect.stringMatching(acts),
    );
    await photograph(page);
    for (const opener of [/^预约/, /^公告/, /^营业日/, /^A054/, /^1 号窗口/]) {
      await page.getByRole('button', { name: opener }).first().tap();
      await dialog(page).waitFor();
      expect(await dialog(page).getByRole('button').allInnerTexts()).not.toContainEqual(
        expect.stringMatching(acts),
      );
      expect(await dialog(page).locator('input:enabled').count()).toBe(0);
      await photograph(page);
      await page.keyboard.press('Escape');
      await dialog(page).waitFor({ state: 'detached' });
    }
  });

  it('[W-31] asks again when the visit itself has changed', async () => {
    let asked = 0;
    const { server, page } = await show(managers.usualManager, {
      answers: {
        PreviewLoveWindow: () => ({
          visitId: 'B019',
          version: 2 + asked,
          ...plan,
          minutes: (asked += 1) === 1 ? 2.4 : 7.6,
        }),
      },
    });
    await tap(page, '优先服务');
    await dialog(page).getByRole('button', { name: /^B019/ }).tap();
    await choose(page, '客户本人同意');
    await tapIn(page, '登记并看安排');
    await dialog(page).getByText('约 2 分钟后空闲').waitFor();
    const { B019 } = managers.usualManager.visits;
    server.show({
      ...managers.usualManager,
      visits: { ...managers.usualManager.visits, B019: { ...B019!, version: 3 } },
    });
    await dialog(page).getByText('约 8 分钟后空闲').waitFor();
    expect(asked).toBe(2);
  });

  it('[W-34, W-91] expected minutes are told whole, and never as none; a long service tells none', async () => {
    const { w1, w3, w6 } = managers.usualManager.counters;
    const { page } = await show({
      ...managers.usualManager,
      counters: { w1: { ...w1!, freeAt: 0.2 }, w3: { ...w3!, freeAt: 8.4 }, w6: { ...w6!, lasting: true } },
    });
    await page.getByText('比平时办得久').waitFor();
    expect(await page.getByText('分钟后空闲').count()).toBe(2);
    await page.getByText('约 1 分钟后空闲').waitFor();
    await page.getByText('约 8 分钟后空闲').waitFor();
  });

  it('[W-34, W-91] once confirmed, the card goes on saying what it said about the others', async () => {
    const { page } = await show(managers.usualManager, {
      answers: {
        PreviewLoveWindow: { visitId: 'B019', version: 3, ...plan, cost: { others: 0, minutes: 0 } },
        ConfirmLoveWindow: {
          plan: { visitId: 'B019', counterId: 'w4', label: windowLabel(4), lasting: true },
          episodeId: 'e1',
          changed: false,
        },
      },
    });
    await tap(page, '优先服务');
    await dialog(page).getByRole('button', { name: /^B019/ }).tap();
    await choose(page, '客户本人同意');
    await tapIn(page, '登记并看安排');
    await dialog(page).getByText('其他客户不会多等').waitFor();
    await dialog(page).getByText('约 2 分钟后空闲').waitFor();
    await tapIn(page, '确认留出 4 号窗口');
    await dialog(page).getByText('已留窗').waitFor();
    // [W-91] Its service came to last longer than usual meanwhile.
    await dialog(page).getByText('手上的客户比平时办得久').waitFor();
    expect(
      await dialog(page)
        .getByText(/后空闲|办完手上的客户后/)
        .count(),
    ).toBe(0);
    await photograph(page);
    await dialog(page).getByText('其他客户不会多等').waitFor();
    expect(await dialog(page).getByText('暂无预计').count()).toBe(0);
  });

  it('[W-32] a dialog says that the link is cut, and lets nothing be sent', async () => {
    const { server, page, sent } = await show(managers.usualManager);
    await tap(page, '优先服务');
    await dialog(page).getByRole('button', { name: /^B019/ }).tap();
    await choose(page, '客户本人同意');
    const go = dialog(page).getByRole('button', { name: '登记并看安排' });
    expect(await go.isEnabled()).toBe(true);
    server.down();
    await dialog(page).getByText('连接中断，正在重新连接').first().waitFor();
    expect(await go.isDisabled()).toBe(true);
    expect(await dialog(page).getByRole('button', { name: '关闭' }).isEnabled()).toBe(true);
    server.up();
    await page.locator('main:not([inert])').waitFor();
    await go.and(page.locator(':enabled')).tap();
    expect((await commandsReach(sent, 1, page))[0]?.type).toBe('FlagPriority');
    expect(sent().filter(({ type }) => type === 'FlagPriority')).toHaveLength(1);
  });

  it('nothing of one customer’s needs is left in the form for the next', async () => {
    const { page } = await show(managers.usualManager);
    await tap(page, '优先服务');
    await dialog(page).getByRole('button', { name: /^B019/ }).tap();
    await choose(page, '低位柜台');
    await choose(page, '客户本人同意');
    await tapIn(page, '关闭');
    await tap(page, '优先服务');
    await dialog(page).getByRole('button', { name: /^A042/ }).tap();
    expect(await dialog(page).locator('input:checked').count()).toBe(0);
  });

  it('a refusal is told over the dialog, and closing it leaves the dialog', async () => {
    const { page } = await show(managers.usualManager, { answers: { FlagPriority: 'already-flagged' } });
    await tap(page, '优先服务');
    await dialog(page).getByRole('button', { name: /^B019/ }).tap();
    await choose(page, '客户本人同意');
    await tapIn(page, '登记并看安排');
    const told = page.locator('[role=alert]');
    await told.getByText('这位客户已登记优先服务。').waitFor();
    await told.locator('button').tap();
    await told.getByText('这位客户已登记优先服务。').waitFor({ state: 'detached' });
    expect(await dialog(page).count()).toBe(1);
  });
});

describe('episodes and tasks', () => {
  it('on the way, arrived, each with one tap', async () => {
    const { server, page, sent } = await show(managers.careManager);
    await tap(page, '陪客户过去');
    await commandsReach(sent, 1, page);
    const { e1 } = managers.careManager.episodes;
    server.show({ ...managers.careManager, episodes: { e1: { ...e1!, escort: 'onTheWay' } } });
    await tap(page, '已到窗口');
    expect(await commandsReach(sent, 2, page)).toEqual([
      { type: 'MarkOnTheWay', episodeId: 'e1' },
      { type: 'MarkArrived', episodeId: 'e1' },
    ]);
  });

  it('a swap can be refused while its seconds run; an unanswered alert acknowledged; a lost customer found', async () => {
    const { server, page, sent } = await show(managers.manyManager);
    await page.getByRole('button', { name: /^不改/ }).tap();
    await commandsReach(sent, 1, page);
    await tap(page, '替柜员确认');
    await commandsReach(sent, 2, page);
    await tap(page, '客户又在了');
    expect(await commandsReach(sent, 3, page)).toEqual([
      { type: 'RefuseSwap', episodeId: 'e1' },
      { type: 'AcknowledgeAlert', episodeId: 'e1' },
      { type: 'MarkHereAgain', visitId: 'A047', version: 2 },
    ]);
    const { e1 } = managers.manyManager.episodes;
    server.show({ ...managers.manyManager, episodes: { e1: { ...e1!, swap: { ...e1!.swap!, until: 0 } } } });
    await page.getByRole('button', { name: /^不改/ }).waitFor({ state: 'detached' });
  });

  it('help is taken, then done; one care round covers everybody listed', async () => {
    const { server, page, sent } = await show(managers.usualManager);
    await tap(page, '我来处理');
    await commandsReach(sent, 1, page);
    const { k1 } = managers.usualManager.tasks;
    server.show({
      ...managers.usualManager,
      tasks: { ...managers.usualManager.tasks, k1: { ...k1!, acknowledgedBy: '大堂经理' } },
    });
    await tap(page, '已完成');
    await commandsReach(sent, 2, page);
    await page.getByRole('button', { name: /^问候/ }).tap();
    await tapIn(page, '都问候到了（2）');
    await page.getByText('谢谢，已记下这次问候').waitFor();
    expect(sent()).toEqual([
      { type: 'AcknowledgeTasks', taskIds: ['k1'] },
      { type: 'CompleteTask', taskId: 'k1' },
      { type: 'AcknowledgeTasks', taskIds: ['k2', 'k3'] },
    ]);
  });

  it('[K-5] what recurs is marked and said, a condition is only seen, the tab counts what nobody has taken', async () => {
    const { server, page, sent } = await show(managers.manyManager);
    const unanswered = page.getByRole('article').filter({ hasText: '爱心窗口提示无人应答' });
    await unanswered.and(page.locator('.again')).waitFor();
    await page.getByRole('status').getByText('再次提醒：爱心窗口提示无人应答').waitFor({ state: 'attached' });
    // The alert, the customer whom nobody can serve, and the printer; not what somebody has taken.
    expect(await page.title()).toBe('(3) 大堂经理');
    const paused = page.getByRole('article').filter({ hasText: '窗口暂停较久' });
    await paused.getByText('已知道，情况解除后自动消失').waitFor();
    expect(await paused.getByRole('button').count()).toBe(0);
    const { k4, k7 } = managers.manyManager.tasks;
    server.show({ ...managers.manyManager, tasks: { k7: { ...k7!, acknowledgedBy: '大堂经理' } } });
    const printer = page.getByRole('article').filter({ hasText: '取号机打印机需要处理' });
    await printer.getByText('大堂经理 已知道，情况解除后自动消失').waitFor();
    expect(await printer.getByRole('button').count()).toBe(0);
    expect(await page.title()).toBe('大堂经理');
    server.show({ ...managers.manyManager, tasks: { k4: { ...k4!, againAt: AT - 70_000 } } });
    await page.locator('.again').waitFor({ state: 'detached' });
    await unanswered.getByText('1 分钟前再次提醒').waitFor();
    expect(await page.title()).toBe('(1) 大堂经理');
    await tap(page, '我来处理');
    expect(await commandsReach(sent, 1, page)).toEqual([{ type: 'AcknowledgeTasks', taskIds: ['k4'] }]);
  });

  it('[K-4] a branch manager ends a colleague’s duty after a second word; a lobby manager is not offered it', async () => {
    const { server, page, sent } = await show(managers.manyManager);
    await tap(page, '营业日');
    const name = 'A lobby manager of a long name';
    expect(
      await dialog(page)
        .getByRole('button', { name: /^结束值守/ })
        .count(),
    ).toBe(1);
    const focused = page.locator(':focus');
    await dialog(page)
      .getByRole('button', { name: `结束值守 ${name}` })
      .press('Enter');
    await dialog(page).getByText('结束这位同事的值守？').waitFor();
    // What asked for the second word is what says it, and still has the focus [W-46].
    const sure = focused.and(dialog(page).getByRole('button', { name: `确认结束 ${name} 的值守` }));
    await sure.waitFor();
    expect(sent()).toEqual([]);
    await sure.press('Enter');
    expect(await commandsReach(sent, 1, page)).toEqual([{ type: 'EndDuty', staffId: 'm2' }]);
    await page.getByText(`${name} 的值守已结束`).waitFor();
    const lobbyManager = { ...managers.manyManager };
    delete lobbyManager.mayEndDuty;
    server.show(lobbyManager);
    await dialog(page)
      .getByRole('button', { name: /^结束值守/ })
      .waitFor({ state: 'detached' });
    await dialog(page).getByText(name).waitFor();
  });

  it('[W-38] the step that the lobby asks for most stands in both languages', async () => {
    const { server, page } = await show(managers.careManager);
    const guide = page.getByRole('region', { name: '服务七步曲' });
    const says = async (step: string, zh: string, en: string): Promise<void> => {
      await guide.getByText(zh).waitFor();
      await guide.getByText(en).waitFor();
      expect(await guide.locator('[aria-current]').allTextContents()).toEqual([step]);
    };
    await says('辅', '到客户身边，帮忙填单、备件、引路', 'Go to them: help with forms, papers and the way');
    const calm = managers.emptyManager;
    const { k6 } = managers.manyManager.tasks;
    server.show({ ...calm, tasks: { k6: k6! } });
    await says('维', '人多就加开窗口，设备有问题就登记', 'Many waiting: open a window. A fault: report it');
    const { k2 } = managers.usualManager.tasks;
    server.show({ ...calm, tasks: { k2: k2! } });
    await says('缓', '等候久了，去问候一声、倒杯水', 'After a long wait, a kind word and some water');
    const { k7 } = managers.manyManager.tasks;
    server.show({ ...calm, tasks: { k2: k2!, k7: k7! } });
    await says('维', '人多就加开窗口，设备有问题就登记', 'Many waiting: open a window. A fault: report it');
    server.show({ ...calm, counts: { ...calm.counts, waiting: 40 } });
    await says('分', '告诉客户哪里更快，愿意才去，不勉强', 'Say where it is quicker; only if they like');
    server.show({ ...calm, visits: { A031: managers.usualManager.visits['A031']! } });
    await says('跟', '记着暂缓和过号的客户，主动找一找', 'Look out for those set aside or absent');
    server.show({ ...calm, phase: 'ticketsEnded' });
    await says('送', '道别致谢，请客户留下评价', 'Say goodbye with thanks, and ask how it was');
    server.show(calm);
    await says('迎', '迎上前问好，需要时代为取号', 'Meet everyone; take the ticket for them if it helps');
    // Where many things want a hand the room is theirs.
    server.show(managers.manyManager);
    await guide.waitFor({ state: 'detached' });
  });

  it('needs stand in no list: they are asked for', async () => {
    const { page, sent } = await show(managers.manyManager, {
      answers: { RevealNeeds: { needs: ['signLanguage'] } },
    });
    await page.getByRole('button', { name: /^B021 优先/ }).tap();
    await tapIn(page, '看需要的协助');
    await dialog(page).getByText('面向客户，备好手语或笔谈').waitFor();
    expect(sent()).toEqual([{ type: 'RevealNeeds', visitId: 'B021', version: 2 }]);
  });
});

describe('windows', () => {
  it('are rebalanced with taps', async () => {
    const { page, sent } = await show(managers.usualManager);
    await page.getByRole('button', { name: /^1 号窗口/ }).tap();
    await choose(page, '理财与贵金属');
    await choose(page, '现金存取款');
    // Nothing unsaved is dropped by a key.
    await page.keyboard.press('Escape');
    await dialog(page).getByRole('alert').getByText('业务的改动还没有保存').waitFor();
    await dialog(page).locator('footer').getByRole('button', { name: '保存业务' }).tap();
    await dialog(page).waitFor({ state: 'detached' });
    await page.getByText('1 号窗口的业务已更新').waitFor();
    expect(sent()).toEqual([
      { type: 'SetCounterServices', counterId: 'w1', serviceIds: ['account', 'wealth'] },
    ]);
    // Nobody is at the paused one: it closes at once, and says so.
    await page.getByRole('button', { name: /^5 号窗口/ }).tap();
    await dialog(page).getByRole('button', { name: '关闭窗口' }).waitFor();
  });

  it('[P-19] say what a change would do before it is made', async () => {
    const answers: Shown['answers'] = {
      PreviewStaffing: {
        zones: [
          { zone: 'nonCash', before: { low: 12, high: 19 }, after: { low: 21, high: 33 } },
          { zone: 'corporate', before: { low: 3, high: 6 } },
          { zone: 'vip' },
        ],
        waiting: { people: 14, before: 9.4, after: 15.2, unserved: { before: 0, after: 3 } },
      },
    };
    // Advice leads to the window that it is about [P-21].
    const advice = { to: 'close', counterId: 'w1', since: AT, work: 6 } as const;
    const lobby = { ...managers.usualManager, staffing: { advice } };
    const { page, sent, server } = await show(lobby, { answers });
    await page.getByRole('button', { name: /可以关 1 号窗口/ }).tap();
    await tapIn(page, '如果关这个窗口');
    const rows = dialog(page).locator('tbody tr');
    await rows.first().waitFor();
    expect(await rows.first().locator('td').allTextContents()).toEqual(['12–19 分钟', '21–33 分钟']);
    expect(await rows.nth(1).locator('td').allTextContents()).toEqual(['3–6 分钟', '暂无估计']);
    expect(await rows.count()).toBe(2);
    // The lobby goes on: neither an answer nor a choice is lost to what happens elsewhere.
    server.show({ ...lobby, counts: { ...lobby.counts, served: 99 } });
    await page.locator('header').getByText('99').waitFor();
    expect(await rows.count()).toBe(2);
    await dialog(page).getByText('14 人，平均还要等 9.4 分钟，改后 15.2 分钟').waitFor();
    await dialog(page).getByText('现在 0 人，改后 3 人').waitFor();
    await choose(page, '现金存取款');
    // What was asked before is no answer to what is chosen now.
    await rows.first().waitFor({ state: 'detached' });
    server.show({ ...lobby, counts: { ...lobby.counts, served: 100 } });
    await page.locator('header').getByText('100').waitFor();
    answers.PreviewStaffing = { zones: [], waiting: { people: 0 } };
    await tapIn(page, '如果办理所选业务');
    await dialog(page).getByRole('region', { name: '先看看效果' }).getByText('暂无估计').waitFor();
    expect(sent()).toEqual([
      { type: 'PreviewStaffing', counterId: 'w1', to: 'closed' },
      { type: 'PreviewStaffing', counterId: 'w1', to: 'services', serviceIds: ['account'] },
    ]);
  });

  it('the last one is refused in words, and goes only with a named reason', async () => {
    const answers: Shown['answers'] = { ManageCounter: 'last-counter' };
    const { page, sent } = await show(managers.usualManager, { answers });
    await page.getByRole('button', { name: /^1 号窗口/ }).tap();
    await tapIn(page, '暂停');
    await choose(page, '清点核对');
    await dialog(page).locator('form.ask button[type=submit]').tap();
    await dialog(page).getByText('这是最后一个普通窗口').waitFor();
    expect(await dialog(page).getByRole('button', { name: '仍然执行' }).isDisabled()).toBe(true);
    await choose(page, '安全原因');
    answers.ManageCounter = { afterRelease: false };
    await tapIn(page, '仍然执行');
    await dialog(page).getByText('这是最后一个普通窗口').waitFor({ state: 'detached' });
    expect(sent()).toEqual([
      { type: 'ManageCounter', counterId: 'w1', to: 'paused', reason: 'counting' },
      { type: 'ManageCounter', counterId: 'w1', to: 'paused', reason: 'counting', override: 'safety' },
    ]);
  });
});

describe('visits', () => {
  it('[W-87] move with a reason, join after a second look, return, leave', async () => {
    const { page, sent } = await show(managers.usualManager);
    await page.getByRole('button', { name: /^A041/ }).tap();
    await tapIn(page, '调整顺序');
    await choose(page, '排在最前');
    await choose(page, '处理投诉');
    await tapIn(page, '调整顺序');
    await commandsReach(sent, 1, page);
    await page.getByRole('button', { name: /^A042/ }).tap();
    await tapIn(page, '合并号票');
    await dialog(page).getByRole('button', { name: /^A044/ }).tap();
    await dialog(page).getByText('A042 和 A044 是同一位客户吗？').waitFor();
    await tapIn(page, '合并号票');
    await commandsReach(sent, 2, page);
    await page.getByRole('button', { name: /^A045/ }).tap();
    await tapIn(page, '客户离开');
    await tapIn(page, '客户已离开');
    await commandsReach(sent, 3, page);
    await page.getByRole('button', { name: /^过号/ }).tap();
    await page.getByRole('button', { name: /^A036/ }).tap();
    await tapIn(page, '客户回来了');
    expect(await commandsReach(sent, 4, page)).toEqual([
      { type: 'MoveVisit', visitId: 'A041', version: 2, placement: 'front', reason: 'complaint' },
      { type: 'MergeVisits', visitId: 'A042', version: 2, otherId: 'A044', otherVersion: 2 },
      { type: 'LeaveVisit', visitId: 'A045', version: 2 },
      { type: 'ReturnVisit', visitId: 'A036', version: 2 },
    ]);
  });

  it('a ticket is taken for somebody, and its number shown large', async () => {
    const { page, sent } = await show(managers.usualManager, {
      answers: { IssueTicket: { visitId: 'v', ticket: 'A046', ahead: 7 } },
    });
    await tap(page, '代取号');
    await choose(page, '现金存取款');
    await choose(page, '贵宾 2 级');
    await tapIn(page, '取号');
    await dialog(page).getByText('A046').waitFor();
    await dialog(page).getByText('前面 7 人').waitFor();
    expect(sent()).toEqual([{ type: 'IssueTicket', serviceIds: ['cash'], tier: 2 }]);
  });

  it('a booked customer is checked in; a new time is meant in the branch’s own zone', async () => {
    const early = { code: 'BK-1001', at: AT - 1, service: windowLabel(1), order: 0, visitId: 'served' };
    const appointments = { ...managers.usualManager.appointments, 'BK-1001': early };
    const { page, sent } = await show(
      { ...managers.usualManager, appointments },
      { answers: { CheckIn: { visitId: 'v', ticket: 'D002', ahead: 0 } } },
    );
    await page.getByRole('button', { name: /^预约/ }).tap();
    const ofRow = (code: string) => dialog(page).getByRole('listitem').filter({ hasText: code });
    await ofRow('BK-1001').getByText('已办完').waitFor();
    await ofRow('BK-1042').getByText('已到').waitFor();
    await tapIn(page, '客户到了 BK-1057');
    await commandsReach(sent, 1, page);
    await tapIn(page, '新预约');
    await dialog(page).getByLabel('预约码').fill('BK-2000');
    await dialog(page).getByLabel('时间').fill('14:30');
    await choose(page, '理财与贵金属');
    await tapIn(page, '预约');
    expect(await commandsReach(sent, 2, page)).toEqual([
      { type: 'CheckIn', code: 'BK-1057' },
      { type: 'BookAppointment', code: 'BK-2000', at: Date.UTC(2026, 2, 2, 6, 30), serviceIds: ['wealth'] },
    ]);
  });
});

describe('the day', () => {
  it('is opened from one button', async () => {
    const { page, sent } = await show(managers.closedManager);
    await tap(page, '开始营业');
    expect(await commandsReach(sent, 1, page)).toEqual([{ type: 'OpenDay' }]);
  });

  it('[W-33] closing names the windows that still have somebody, and is possible once they are done', async () => {
    const { server, page, sent } = await show(managers.usualManager);
    await tap(page, '营业日');
    await tapIn(page, '结束营业');
    await dialog(page).getByText('A038 正在 1 号窗口办理').waitFor();
    await dialog(page).getByText('A040 已呼叫到 2 号窗口').waitFor();
    await dialog(page).getByText('叫了没来的，请柜员按过号处理').waitFor();
    // No dead button: what is there leads back.
    await tapIn(page, '先不结束');
    expect(await dialog(page).getByText('A038 正在 1 号窗口办理').count()).toBe(0);
    await tapIn(page, '结束营业');
    await photograph(page);
    const { usualManager } = managers;
    const gone = ['A038', 'A040', 'B018', 'C004'];
    server.show({
      ...usualManager,
      counters: managers.emptyManager.counters,
      visits: Object.fromEntries(Object.entries(usualManager.visits).filter(([id]) => !gone.includes(id))),
    });
    await dialog(page).getByText('窗口的客户都办完了，可以结束营业').waitFor();
    expect(await dialog(page).getByText('正在 1 号窗口办理').count()).toBe(0);
    await tapIn(page, '结束营业');
    await dialog(page).getByText('厅内还有 11 张号票').waitFor();
    await tapIn(page, '结束并关闭余下的号');
    expect(await commandsReach(sent, 1, page)).toEqual([{ type: 'CloseDay', endRemaining: true }]);
  });

  it('an empty lobby is closed after one more word', async () => {
    // With somebody whose duty may be ended above it, the button is not the dialog's first.
    const { duty } = managers.manyManager;
    const { page, sent } = await show({ ...managers.emptyManager, duty, mayEndDuty: true });
    await tap(page, '营业日');
    await dialog(page).getByRole('button', { name: '结束营业' }).press('Enter');
    const sure = page
      .locator(':focus')
      .and(dialog(page).getByRole('button', { name: '确认结束营业', exact: true }));
    await sure.waitFor();
    expect(sent()).toEqual([]);
    await sure.press('Enter');
    expect(await commandsReach(sent, 1, page)).toEqual([{ type: 'CloseDay', endRemaining: false }]);
  });

  it('[W-33] after closing it says that the day has ended, and offers no opening before tomorrow', async () => {
    const { server, page } = await show(managers.endedManager);
    await page.getByText('3月2日的营业已结束').waitFor();
    await page.getByText('取号 61 · 办结 58 · 过号 3').waitFor();
    expect(await page.getByRole('button', { name: '开始营业' }).count()).toBe(0);
    server.show({ ...managers.endedManager, day: '2026-03-01' });
    await page.getByRole('button', { name: '开始营业' }).waitFor();
    await page.getByText('今天还没有开始营业').waitFor();
    await page.getByText('上一个营业日：3月1日').waitFor();
    // It is 10:30.
    server.show({ ...managers.lateManager, lastTicket: 10 * 60 + 31 });
    await page.getByText('开始后，取号机可以取号').waitFor();
    server.show({ ...managers.lateManager, lastTicket: 10 * 60 + 30 });
    await page.getByText('已过今天的最后取号时间 10:30，现在开始营业也不能再取号').waitFor();
    expect(await page.getByText('开始后，取号机可以取号').count()).toBe(0);
    await page.getByRole('button', { name: '开始营业' }).waitFor();
  });

  it('[W-35] is calm only when nothing needs anybody; whatever is amiss stands there with a way on', async () => {
    const { server, page, sent } = await show(managers.emptyManager);
    await page.getByText('现在没有要处理的事').waitFor();
    server.show(managers.unstaffedManager);
    await page.getByText('大堂没有经理在岗').waitFor();
    await page.getByText('还没有窗口开放').waitFor();
    expect(await page.getByText('现在没有要处理的事').count()).toBe(0);
    server.show({ ...managers.emptyManager, tasks: { k2: managers.usualManager.tasks['k2']! } });
    await page.getByText('1 位客户等候较久').waitFor();
    expect(await page.getByText('现在没有要处理的事').count()).toBe(0);
    await page.getByRole('button', { name: /^去看看/ }).tap();
    await tapIn(page, '都问候到了（1）');
    expect(await commandsReach(sent, 1, page)).toEqual([{ type: 'AcknowledgeTasks', taskIds: ['k2'] }]);
  });

  it('[W-35] scarce windows are named only while somebody with priority wants one', async () => {
    const view = { ...managers.emptyManager, scarce: managers.manyManager.scarce };
    const { server, page } = await show(view);
    await page.getByText('现在没有要处理的事').waitFor();
    expect(await page.getByText('手语服务').count()).toBe(0);
    const { A054 } = managers.manyManager.visits;
    server.show({ ...view, visits: { A054: A054! } });
    await page.getByText('没有窗口能满足：低位柜台').waitFor();
    await page.getByText('只有一个窗口能满足：手语服务').waitFor();
    await photograph(page);
  });

  it('[W-35, P-32] a service that hangs on one window leads to the one that could take it too', async () => {
    const { emptyManager, usualManager } = managers;
    const visits = { A041: usualManager.visits['A041']!, A042: usualManager.visits['A042']! };
    const { w1, w2, ...rest } = emptyManager.counters;
    const not = Object.fromEntries(
      Object.entries(rest).map(([id, counter]) => [
        id,
        { ...counter, services: ['wealth'], possible: ['wealth'] },
      ]),
    );
    const sole = {
      ...emptyManager,
      visits,
      counters: { w1: w1!, w2: { ...w2!, services: ['account'] }, ...not },
    };
    // [P-32] The one window has a rule by which it does other business first; so may the other, which the page cannot know.
    const { page, server } = await show({ ...sole, leftOver: ['cash'] });
    await page.getByText('开着的窗口都先办别的，现金存取款有 2 人在等').waitFor();
    await page.getByText('请安排一个窗口直接办这项业务，也可以再开一个').waitFor();
    expect(await page.getByText('只有 1 号窗口办理现金存取款').count()).toBe(0);
    expect(await page.getByRole('button', { name: /^去看看/ }).count()).toBe(0);
    await photograph(page);
    server.show(sole);
    await page.getByText('只有 1 号窗口办理现金存取款，2 人在等').waitFor();
    await page.getByText('2 号窗口也可以办').waitFor();
    await page.getByRole('button', { name: /^去看看/ }).tap();
    await dialog(page).getByText('2 号窗口').first().waitFor();
  });

  it('duty begins and ends in the header', async () => {
    const { server, page, sent } = await show(managers.offDutyManager);
    await page.getByRole('button', { name: /^开始值守/ }).tap();
    await commandsReach(sent, 1, page);
    server.show(managers.usualManager);
    await page.getByRole('button', { name: /^在岗/ }).tap();
    expect(await commandsReach(sent, 2, page)).toEqual([{ type: 'StartDuty' }, { type: 'EndDuty' }]);
  });

  it('longest waits come first, and minutes tick on branch time', async () => {
    const { A041, ...others } = managers.usualManager.visits;
    const view = {
      ...managers.usualManager,
      visits: { ...others, A041: { ...A041!, since: A041!.since + 5_000 } },
    };
    const { page } = await show(view, { prepare: (tab) => tab.clock.install(), rate: 1, beatMs: 0 });
    const first = page.locator('[aria-label="客户"] .row').first();
    expect(await page.locator('[aria-label="客户"] .ticket').allInnerTexts()).toEqual([
      'A041',
      'B019',
      'A042',
      'A043',
      'E003',
      'A044',
      'C005',
      'A045',
    ]);
    await first.getByText('12 分钟').waitFor();
    await page.clock.runFor(10_000);
    await first.getByText('13 分钟').waitFor();
  });

  it('no more than 150 KB of script', async () => {
    expect(gzipKb(await scriptsOf('manager'))).toBeLessThanOrEqual(150);
  });
});
