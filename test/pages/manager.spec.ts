import type { Browser, Page } from 'playwright-core';
import type { ManagerView } from '../../src/protocol/views.js';
import { launchBrowser } from '../support/browser.js';
import { gzipKb, scriptsOf } from '../support/bundle.js';
import { closeStaffPages, commandsReach, dialog, settle, showStaff } from '../support/staffPage.js';
import type { Shown } from '../support/staffPage.js';
import { windowLabel } from '../support/views/branch.js';
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
  it('flag with needs and assent, plan in a sentence, confirmed by name', async () => {
    const { page, sent } = await show(managers.usualManager, {
      answers: {
        PreviewLoveWindow: { visitId: 'B019', version: 3, ...plan },
        ConfirmLoveWindow: { plan: { visitId: 'B019', ...plan }, episodeId: 'e1', changed: false },
      },
    });
    await tap(page, '优先服务');
    await dialog(page).getByRole('button', { name: /^B019/ }).tap();
    expect(await dialog(page).getByRole('button', { name: '登记并看安排' }).isDisabled()).toBe(true);
    await choose(page, '低位柜台');
    await choose(page, '放慢语速');
    await choose(page, '客户本人同意');
    await tapIn(page, '登记并看安排');
    await dialog(page).getByText('约 2.4 分钟后空闲').waitFor();
    await dialog(page).getByText('另外 14 位客户平均多等 0.6 分钟').waitFor();
    // A preview holds nothing.
    expect(sent().map(({ type }) => type)).toEqual(['FlagPriority', 'PreviewLoveWindow']);
    await tapIn(page, '确认留出4 号窗口');
    await dialog(page).getByText('已留窗').waitFor();
    expect(await dialog(page).getByText('大堂情况刚有变化').count()).toBe(0);
    expect(sent()).toEqual([
      { type: 'FlagPriority', ...b019, needs: ['lowCounter', 'slowSpeech'], consent: true },
      { type: 'PreviewLoveWindow', visitId: 'B019' },
      { type: 'ConfirmLoveWindow', visitId: 'B019', version: 3, counterId: 'w4' },
    ]);
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
    await tapIn(page, '确认留出4 号窗口');
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
    await choose(page, '现金存取款');
    await choose(page, '客户本人同意');
    await tapIn(page, '登记并看安排');
    await dialog(page).getByText('已留的窗口达到上限').waitFor();
    await dialog(page).getByText('A099 的优先服务').waitFor();
    await tapIn(page, '排队等窗口');
    await dialog(page).getByText('一有合适的窗口就会留出来。').waitFor();
    expect(sent()).toEqual([
      { type: 'FlagNewVisit', serviceIds: ['cash'], needs: [], consent: true },
      { type: 'PreviewLoveWindow', visitId: 'v99' },
      { type: 'ConfirmLoveWindow', visitId: 'v99', version: 2 },
    ]);
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
    await tapIn(page, '保存业务');
    await page.getByText('1 号窗口的业务已更新').waitFor();
    expect(sent()).toEqual([
      { type: 'SetCounterServices', counterId: 'w1', serviceIds: ['account', 'wealth'] },
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
  it('move with a reason, join, return, leave', async () => {
    const { page, sent } = await show(managers.usualManager);
    await page.getByRole('button', { name: /^A041/ }).tap();
    await tapIn(page, '调整顺序');
    await choose(page, '排在最前');
    await choose(page, '处理投诉');
    await tapIn(page, '调整顺序');
    await commandsReach(sent, 1, page);
    await page.getByRole('button', { name: /^A042/ }).tap();
    await tapIn(page, '合并号票');
    await choose(page, 'A044');
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
    const { page, sent } = await show(managers.usualManager, {
      answers: { CheckIn: { visitId: 'v', ticket: 'D002', ahead: 0 } },
    });
    await page.getByRole('button', { name: /^预约/ }).tap();
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

  it('closing is refused while people are inside, and then ends their visits only when told to', async () => {
    const { page, sent } = await show(managers.usualManager, { answers: { CloseDay: 'lobby-not-empty' } });
    await tap(page, '营业日');
    await tapIn(page, '结束营业');
    await settle(page);
    expect(sent()).toEqual([]);
    await tapIn(page, '确认结束');
    await dialog(page).getByText('厅内还有客户').waitFor();
    await tapIn(page, '结束并关闭余下的号');
    expect(await commandsReach(sent, 2, page)).toEqual([
      { type: 'CloseDay', endRemaining: false },
      { type: 'CloseDay', endRemaining: true },
    ]);
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
