import type { Browser } from 'playwright-core';
import type { TellerView } from '../../src/protocol/views.js';
import { launchBrowser } from '../support/browser.js';
import { gzipKb, scriptsOf } from '../support/bundle.js';
import { photograph } from '../support/photograph.js';
import { closeStaffPages, commandsReach, dialog, settle, showStaff } from '../support/staffPage.js';
import type { Shown } from '../support/staffPage.js';
import { serveView } from '../support/viewServer.js';
import { AT } from '../support/views/branch.js';
import { tellers } from '../support/views/teller.js';

let browser: Browser;
const show = (view: TellerView, options?: Shown) => showStaff(browser, 'teller', view, options);

beforeAll(async () => {
  browser = await launchBrowser();
});
afterEach(closeStaffPages);
afterAll(() => browser.close());

const a040 = { visitId: 'v40', version: 2 };

describe('the teller’s keys', () => {
  it.each([
    ['F2', tellers.freeTeller, { type: 'CallNext' }],
    ['F2', tellers.readyTeller, { type: 'CallNext' }],
    ['F3', tellers.calledTwiceTeller, { type: 'Recall', ...a040 }],
    ['F4', tellers.calledTeller, { type: 'StartService', ...a040 }],
    ['F8', tellers.servingTeller, { type: 'FinishService', ...a040 }],
    ['F9', tellers.calledTwiceTeller, { type: 'MarkNoShow', ...a040 }],
    ['F7', tellers.servingTeller, { type: 'ParkVisit', ...a040 }],
    ['F6', tellers.pausedTeller, { type: 'ResumeCounter' }],
    ['F1', tellers.alertTeller, { type: 'AcknowledgeAlert', episodeId: 'e1' }],
  ])('%s sends one command about the visit as it was seen', async (key, view, command) => {
    const { server, page, sent } = await show(view);
    await page.keyboard.press(key);
    await commandsReach(sent, 1, page);
    await settle(page);
    expect(server.commands).toEqual([
      expect.objectContaining({
        day: '2026-03-02',
        command,
        id: expect.stringMatching(/^[a-f0-9]{32}$/) as string,
      }),
    ]);
  });

  it('a key held down, or hit again before the answer, is one command', async () => {
    const { page, sent } = await show(tellers.servingTeller, { answers: { FinishService: null } });
    await page.keyboard.down('F8');
    await page.keyboard.down('F8');
    await page.keyboard.up('F8');
    await page.keyboard.press('F8');
    await page.keyboard.press('F7');
    await page.getByRole('button', { name: '办结' }).and(page.locator(':disabled')).waitFor();
    expect(sent()).toEqual([{ type: 'FinishService', ...a040 }]);
  });

  it.each([
    ['F2', tellers.servingTeller, '本窗口还有客户，请先办结。'],
    ['F2', tellers.emptyTeller, '现在没有等候的客户。'],
    ['F3', tellers.calledTeller, '刚刚叫过，8 秒后可以再叫'],
    ['F4', tellers.servingTeller, '已经开始办理。'],
    ['F9', tellers.calledTeller, '叫满 2 次并稍等片刻后'],
    ['F1', tellers.answeredTeller, '已经确认过了。'],
  ])('%s where it makes no sense sends nothing and says why', async (key, view, words) => {
    const { page, sent } = await show(view);
    await page.keyboard.press(key);
    await page.getByRole('alert').getByText(words).waitFor();
    await settle(page);
    expect(sent()).toEqual([]);
  });

  it('keys are silent while a dialog is open', async () => {
    const { page, sent } = await show(tellers.servingTeller);
    await page.keyboard.press('F10');
    await dialog(page).waitFor();
    await page.keyboard.press('F8');
    await settle(page);
    expect(sent()).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'detached' });
    await page.keyboard.press('F8');
    expect(await commandsReach(sent, 1, page)).toEqual([{ type: 'FinishService', ...a040 }]);
  });
});

describe('the desk without a mouse', () => {
  it('transfers: service, place in the line, Enter', async () => {
    const { page, sent } = await show(tellers.servingTeller);
    await page.keyboard.press('F10');
    await dialog(page).waitFor();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await commandsReach(sent, 1, page)).toEqual([
      { type: 'TransferVisit', ...a040, serviceId: 'wealth', placement: 'front' },
    ]);
    await dialog(page).waitFor({ state: 'detached' });
  });

  it('a dialog about a customer goes with the customer, and doesn’t stand before the next', async () => {
    const { server, page, sent } = await show(tellers.servingTeller, {
      answers: {
        // As the server does: the view without the customer comes before the answer.
        TransferVisit: () => {
          server.show(tellers.freeTeller);
          return {};
        },
      },
    });
    await page.keyboard.press('F10');
    await dialog(page).waitFor();
    await page.keyboard.press('Space');
    await dialog(page).getByRole('button', { name: '转办', disabled: false }).waitFor();
    await page.keyboard.press('Enter');
    await commandsReach(sent, 1, page);
    await dialog(page).waitFor({ state: 'detached' });
    server.show(tellers.calledTeller);
    await page.getByText('已呼叫 1 次').waitFor();
    expect(await dialog(page).count()).toBe(0);
  });

  it('pauses for a reason, and not without one', async () => {
    const { page, sent } = await show(tellers.freeTeller, {
      answers: { PauseCounter: { afterRelease: false } },
    });
    await page.keyboard.press('F6');
    await dialog(page).waitFor();
    expect(await dialog(page).getByRole('button', { name: '暂停' }).isDisabled()).toBe(true);
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await commandsReach(sent, 1, page)).toEqual([{ type: 'PauseCounter', reason: 'counting' }]);
  });

  it('marks a long service, adds another, takes up who was set aside or came back', async () => {
    const { page, sent } = await show(tellers.servingTeller, { answers: { ResumeParked: { called: true } } });
    await page.getByRole('button', { name: '需要更久' }).press('Enter');
    await dialog(page).getByRole('radio', { name: '20 分钟' }).check();
    await dialog(page).getByRole('button', { name: '记下' }).press('Enter');
    await commandsReach(sent, 1, page);
    await page.getByRole('button', { name: '加办业务' }).press('Enter');
    await dialog(page).getByRole('radio', { name: '对公结算业务' }).check();
    await dialog(page).getByRole('button', { name: '加办', exact: true }).press('Enter');
    await commandsReach(sent, 2, page);
    await page.getByRole('button', { name: '继续办理 A031' }).press('Enter');
    await page.getByText('A031 请到窗口').waitFor();
    await page.getByRole('button', { name: 'A036 客户回来了' }).press('Enter');
    expect(await commandsReach(sent, 4, page)).toEqual([
      { type: 'MarkLongService', ...a040, minutes: 20 },
      { type: 'AddService', ...a040, serviceId: 'corporate' },
      { type: 'ResumeParked', visitId: 'v31', version: 2 },
      { type: 'ReturnVisit', visitId: 'v36', version: 2 },
    ]);
  });

  it('closes, and can’t sign off while somebody is served', async () => {
    const { page, sent } = await show(tellers.servingTeller, {
      answers: { CloseCounter: { afterCurrent: true } },
    });
    await page.getByRole('button', { name: '本窗口' }).press('Enter');
    expect(await dialog(page).getByRole('button', { name: '签退' }).isDisabled()).toBe(true);
    await dialog(page).getByRole('button', { name: '关窗' }).press('Enter');
    await page.getByText('办完当前客户后关窗').waitFor();
    expect(sent()).toEqual([{ type: 'CloseCounter' }]);
  });
});

describe('signing on', () => {
  it('to a free counter with one tap; a taken one asks first', async () => {
    const { page, sent } = await show(tellers.signOnTeller, { answers: { SignOn: { tookOver: false } } });
    await page.getByRole('button', { name: '3 号窗口' }).press('Enter');
    await commandsReach(sent, 1, page);
    await page.getByRole('button', { name: '2 号窗口' }).press('Enter');
    await dialog(page).getByText('二号柜员 正在这个窗口').waitFor();
    await settle(page);
    expect(sent()).toEqual([{ type: 'SignOn', counterId: 'w3' }]);
    await dialog(page).getByRole('button', { name: '接替', exact: true }).press('Enter');
    expect((await commandsReach(sent, 2, page))[1]).toEqual({
      type: 'SignOn',
      counterId: 'w2',
      takeOver: true,
    });
  });

  it('[W-33] on a closed day there is nothing to sign on to, and the page says why', async () => {
    const { server, page } = await show(tellers.dayClosedTeller);
    await page.getByText('今天还没有开始营业').waitFor();
    expect(await page.getByText('可以签到').count()).toBe(0);
    server.show({ ...tellers.dayClosedTeller, day: '2026-03-02' });
    await page.getByText('3月2日的营业已结束').waitFor();
  });

  it('a teller without a session signs in by name and password', async () => {
    const server = await serveView({
      page: 'teller',
      audience: 'teller',
      view: tellers.signOnTeller,
      at: AT,
      refuse: { code: 'not-signed-in', params: {} },
      routes: { '/api/v1/session': { staffId: 't1' } },
    });
    const page = await browser.newPage();
    try {
      await page.goto(server.url);
      await page.getByLabel('登录名').fill('chen');
      await page.getByLabel('密码').fill('sesame');
      const [request] = await Promise.all([
        page.waitForRequest((made) => made.method() === 'POST'),
        page.keyboard.press('Enter'),
      ]);
      expect(request.postDataJSON()).toEqual({ name: 'chen', password: 'sesame' });
      // Afresh, and without the token that was refused.
      await page.waitForURL((url) => url.hash === '');
      await page.getByLabel('登录名').waitFor();
      await page.waitForFunction('Object.keys(localStorage).every((key) => !key.includes("token"))');
    } finally {
      await page.close();
      await server.close();
    }
  });
});

describe('the love window at the desk', () => {
  it('can’t be overlooked, counts down on branch time, and softens once answered', async () => {
    const { server, page } = await show(tellers.alertTeller, { rate: 1 });
    expect(await page.title()).toContain('♥ A052');
    const band = page.getByRole('region', { name: '爱心窗口提示' });
    await band.getByRole('alert').getByText('请接待 A052').waitFor();
    await band.getByText(/^2[0-3] 秒$/).waitFor();
    server.show(tellers.answeredTeller);
    await band.getByText('已确认').waitFor();
    await band.getByText('正在陪客户过来').waitFor();
    expect(await band.getByRole('button', { name: '知道了' }).count()).toBe(0);
    expect(await page.title()).not.toContain('♥');
  });

  it('what to prepare is asked for, told, and gone with the dialog', async () => {
    const { page, sent } = await show(tellers.alertTeller, {
      answers: { RevealNeeds: { needs: ['lowCounter', 'slowSpeech'] } },
    });
    expect(await page.getByText('低位柜台').count()).toBe(0);
    await page.getByRole('button', { name: '需要准备什么' }).press('Enter');
    await dialog(page).getByText('低位柜台').waitFor();
    await dialog(page).getByText('放慢语速').waitFor();
    expect(sent()).toEqual([{ type: 'RevealNeeds', visitId: 'v52', version: 3 }]);
    await dialog(page).getByRole('button', { name: '好的' }).press('Enter');
    await page.getByText('低位柜台').waitFor({ state: 'detached' });
  });

  it('needs whose key is gone read as erased', async () => {
    const { page } = await show(tellers.careTeller, { answers: { RevealNeeds: { needs: 'erased' } } });
    await page.getByRole('button', { name: '需要准备什么' }).click();
    await dialog(page).getByText('内容已按规定清除').waitFor();
  });

  it('others learn that one runs, and nothing about whom', async () => {
    const { page } = await show(tellers.fullTeller);
    await page.getByRole('status').getByText('其他窗口正在提供优先服务').waitFor();
    expect(await page.getByText('爱心窗口').count()).toBe(0);
  });

  it('a teller flags only while no manager is on duty', async () => {
    const { server, page } = await show(tellers.calledTwiceTeller);
    expect(await page.getByRole('button', { name: '优先服务' }).count()).toBe(0);
    server.show(tellers.unattendedTeller);
    await page.getByRole('button', { name: '优先服务', exact: true }).waitFor();
  });

  it('[K-6] a kiosk’s printer is told to tellers then; who takes it has nothing to tick off', async () => {
    const { server, page, sent } = await show(tellers.unattendedTeller);
    const printer = page.getByRole('listitem').filter({ hasText: '取号机打印机需要处理' });
    await printer.getByText('正门取号机 · 没有纸了 · 2 分钟前').waitFor();
    await printer.getByRole('button', { name: '我来处理' }).press('Enter');
    expect(await commandsReach(sent, 1, page)).toEqual([{ type: 'AcknowledgeTasks', taskIds: ['k3'] }]);
    const { k3, ...others } = tellers.unattendedTeller.tasks;
    const tasks = { ...others, k3: { ...k3!, acknowledgedBy: '一号柜员' } };
    server.show({ ...tellers.unattendedTeller, tasks });
    await printer.getByText('一号柜员 已知道，情况解除后自动消失').waitFor();
    expect(await printer.getByRole('button').count()).toBe(0);
  });
});

describe('[W-44] a branch without a manager', () => {
  const plan = {
    visitId: 'v19',
    version: 2,
    counterId: 'w2',
    label: { zh: '2 号窗口', en: 'Window 2' },
    minutes: 2,
    cost: { others: 1, minutes: 0.4 },
  };
  const answers = { PreviewLoveWindow: plan, ConfirmLoveWindow: { plan, episodeId: 'e1', changed: false } };

  it('from the request for help to a kept window', async () => {
    const { page, sent } = await show(tellers.unattendedTeller, { answers });
    await page.getByRole('button', { name: 'B019 优先服务' }).press('Enter');
    await dialog(page).getByText('B019 的优先服务').waitFor();
    await dialog(page)
      .getByRole('checkbox', { name: /^客户本人同意/ })
      .check();
    await dialog(page).getByRole('button', { name: '登记并看安排' }).press('Enter');
    await dialog(page).getByRole('button', { name: '确认留出 2 号窗口' }).press('Enter');
    await dialog(page).getByText('已留窗').waitFor();
    expect(sent()).toEqual([
      { type: 'FlagPriority', visitId: 'v19', version: 2, needs: [], consent: true },
      { type: 'PreviewLoveWindow', visitId: 'v19' },
      { type: 'ConfirmLoveWindow', visitId: 'v19', version: 2, counterId: 'w2' },
    ]);
  });

  it('offers everybody who waits, whoever asked for help first; nobody whose window is arranged', async () => {
    const { page } = await show(tellers.unattendedTeller);
    await page.getByRole('button', { name: '优先服务', exact: true }).press('Enter');
    const offered = await dialog(page).locator('li button strong').allTextContents();
    expect(offered).toEqual(['A040', 'B019', 'A031', 'A041', 'B054']);
  });

  it('a dialog that was closed before its plan is taken up again: a flagged one goes to the plan', async () => {
    const { page, sent } = await show(tellers.unattendedTeller, { answers });
    await page.getByRole('button', { name: '优先服务', exact: true }).press('Enter');
    await dialog(page).getByRole('button', { name: /^B054/ }).press('Enter');
    await dialog(page).getByRole('button', { name: '确认留出 2 号窗口' }).waitFor();
    expect(sent()).toEqual([{ type: 'PreviewLoveWindow', visitId: 'v54' }]);
  });

  it('who was not found is here again, and a window can be planned', async () => {
    const { server, page, sent } = await show(tellers.unattendedTeller, { answers });
    const list = page.locator('.flagged');
    await list.getByText('窗口空出时没有找到客户').waitFor();
    await list.getByText('2 号窗口已留').waitFor();
    await page.getByRole('button', { name: '查看 A051' }).press('Enter');
    expect(await dialog(page).getByRole('button', { name: '安排爱心窗口' }).count()).toBe(0);
    await dialog(page).getByRole('button', { name: '客户又在了' }).press('Enter');
    await commandsReach(sent, 1, page);
    const { v51, ...others } = tellers.unattendedTeller.lobby!;
    server.show({
      ...tellers.unattendedTeller,
      lobby: { ...others, v51: { ...v51!, version: 3, flag: { at: v51!.flag!.at } } },
    });
    await dialog(page).getByRole('button', { name: '安排爱心窗口' }).press('Enter');
    await dialog(page).getByRole('button', { name: '确认留出 2 号窗口' }).waitFor();
    expect(sent()).toEqual([
      { type: 'MarkHereAgain', visitId: 'v51', version: 2 },
      { type: 'PreviewLoveWindow', visitId: 'v51' },
    ]);
  });

  it('needs are amended with new assent, priority is declined', async () => {
    const { page, sent } = await show(tellers.unattendedTeller);
    await page.getByRole('button', { name: '查看 B054' }).press('Enter');
    await dialog(page).getByRole('button', { name: '更改协助' }).press('Enter');
    await dialog(page).getByRole('checkbox', { name: '座椅' }).check();
    expect(await dialog(page).getByRole('button', { name: '保存' }).isDisabled()).toBe(true);
    await dialog(page)
      .getByRole('checkbox', { name: /^客户本人同意/ })
      .check();
    await dialog(page).getByRole('button', { name: '保存' }).press('Enter');
    await page.getByText('B054 需要的协助已更新').waitFor();
    await page.getByRole('button', { name: '查看 B054' }).press('Enter');
    await dialog(page).getByRole('button', { name: '客户不要优先' }).press('Enter');
    await dialog(page).getByRole('button', { name: '取消优先' }).press('Enter');
    await page.getByText('B054 已取消优先').waitFor();
    await dialog(page).waitFor({ state: 'detached' });
    expect(sent()).toEqual([
      { type: 'AmendNeeds', visitId: 'v54', version: 2, needs: ['seat'], consent: true },
      { type: 'DeclinePriority', visitId: 'v54', version: 2 },
    ]);
  });

  it('all of it goes when a manager starts duty, an open dialog too', async () => {
    const { server, page } = await show(tellers.unattendedTeller);
    await page.getByRole('button', { name: '查看 B054' }).press('Enter');
    await dialog(page).waitFor();
    server.show(tellers.calledTwiceTeller);
    await dialog(page).waitFor({ state: 'detached' });
    expect(await page.locator('.flagged').count()).toBe(0);
  });
});

describe('the own customer’s wish, with or without a manager', () => {
  it('[E-12] [V-17] a called one declines priority, or leaves', async () => {
    const { page, sent } = await show(tellers.calledCareTeller);
    await page.getByRole('button', { name: '这位客户' }).press('Enter');
    await dialog(page).getByRole('button', { name: '客户不要优先' }).press('Enter');
    await dialog(page).getByRole('button', { name: '取消优先' }).press('Enter');
    await dialog(page).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '这位客户' }).press('Enter');
    await dialog(page).getByRole('button', { name: '客户离开' }).press('Enter');
    await dialog(page).getByRole('button', { name: '客户已离开' }).press('Enter');
    await page.getByText('A040 已离开').waitFor();
    expect(sent()).toEqual([
      { type: 'DeclinePriority', ...a040 },
      { type: 'LeaveVisit', ...a040 },
    ]);
  });

  it('[E-12] [V-17] in service needs can be amended; nobody leaves or declines', async () => {
    const { server, page } = await show(tellers.careTeller);
    await page.getByRole('button', { name: '这位客户' }).press('Enter');
    expect(await dialog(page).locator('.grid button').allInnerTexts()).toEqual(['更改协助']);
    server.show(tellers.servingTeller);
    await dialog(page).waitFor({ state: 'detached' });
    expect(await page.getByRole('button', { name: '这位客户' }).isDisabled()).toBe(true);
  });
});

describe('honest answers', () => {
  it.each(['zh', 'en'] as const)('a refusal is told in words (%s)', async (lang) => {
    const { page } = await show(tellers.freeTeller, { lang, answers: { CallNext: 'stale' } });
    await page.keyboard.press('F2');
    const words = { zh: '这位客户的情况刚刚有变', en: 'Something just changed' };
    await page.getByRole('alert').getByText(words[lang]).waitFor();
  });

  it('[W-37] why this one is told in waits and classes; the bare index is only a detail', async () => {
    const { page } = await show(tellers.freeTeller);
    await page.getByText('已等 13 分钟（普通），按等候、类别和业务时长轮到这位').waitFor();
    await page.getByText('其次 B019，已等 9 分钟（贵宾 1 级）').waitFor();
    await page.getByText('排序值 0.94，其次 0.81').waitFor();
  });

  it('[W-37] the rest of the reason opens and closes by keys, beside the customer at the window', async () => {
    const { page } = await show(tellers.calledTeller);
    // The card's own minutes run on; those of the reason are told as what they are.
    await page.getByText('叫号时为什么是这位').waitFor();
    await page.getByText('已等 12 分钟（普通），按等候、类别和业务时长轮到这位').waitFor();
    const bare = page.getByText('排序值 0.96，其次 0.94');
    expect(await bare.count()).toBe(0);
    await page.getByRole('button', { name: '更多说明' }).press('Enter');
    await bare.waitFor();
    await page.getByRole('button', { name: '收起说明' }).and(page.locator(':focus')).press('Enter');
    await bare.waitFor({ state: 'detached' });
  });

  it('[W-38] the seven steps go with the customer, in both languages; put away they stay away', async () => {
    const { server, page } = await show(tellers.calledTeller);
    const guide = page.getByRole('region', { name: '服务七步曲' });
    const present = (): Promise<string[]> => guide.locator('.present').allTextContents();
    await guide.getByText('举手示意，起身微笑相迎').waitFor();
    await guide.getByText('Raise a hand, stand up and smile as they come').waitFor();
    expect(await present()).toEqual(['举手迎']);
    const { current } = tellers.servingTeller;
    server.show({ ...tellers.servingTeller, current: { ...current!, startedAt: AT - 59_000 } });
    await guide.getByText('您好，请问您办理什么业务？').waitFor();
    expect(await present()).toEqual(['笑相问', '礼貌接']);
    expect(await guide.locator('[aria-current]').allTextContents()).toEqual(['笑相问']);
    server.show({ ...tellers.servingTeller, current: { ...current!, startedAt: AT - 61_000 } });
    await guide.getByText('专心办理；要久一点，先说一声').waitFor();
    expect(await present()).toEqual(['及时办', '巧营销']);
    const undo = { commandId: 'c1', act: 'finish' as const, ticket: 'A040', until: AT + 60_000 };
    server.show({ ...tellers.freeTeller, undo });
    await guide.getByText('请慢走，目送客户离开').waitFor();
    expect(await present()).toEqual(['提醒递', '目相送']);
    for (const view of [tellers.alertTeller, tellers.pausedTeller]) {
      server.show(view);
      await guide.waitFor({ state: 'detached' });
      server.show(tellers.calledTeller);
      await guide.waitFor();
    }
    server.show(tellers.freeTeller);
    await guide.getByRole('button', { name: '收起' }).press('Enter');
    await guide.waitFor({ state: 'detached' });
    await page.reload();
    await page.locator('main:not([aria-busy]):not([inert])').waitFor();
    expect(await guide.count()).toBe(0);
    await page.getByRole('button', { name: '本窗口' }).click();
    await dialog(page).getByRole('button', { name: '显示' }).click();
    await page.keyboard.press('Escape');
    await guide.waitFor();
  });

  it('[W-45] somebody is called by number, for a reason; without a reason nobody is', async () => {
    const { page, sent, server } = await show(tellers.freeTeller, { answers: { CallVisit: 'stale' } });
    await page.getByRole('button', { name: '叫别的号' }).press('Enter');
    await page.getByRole('searchbox', { name: '输入号码查找' }).fill('1104');
    expect(await dialog(page).getByRole('listitem').count()).toBe(1);
    await dialog(page)
      .getByRole('button', { name: /^A1104/ })
      .press('Enter');
    const go = dialog(page).getByRole('button', { name: '呼叫 A1104' });
    await go.waitFor();
    expect(await go.isDisabled()).toBe(true);
    await dialog(page).getByRole('radio', { name: '客户特殊情况' }).check();
    await go.press('Enter');
    expect(await commandsReach(sent, 1, page)).toEqual([
      { type: 'CallVisit', visitId: 'v1104', version: 2, reason: 'personal' },
    ]);
    // Refused: the dialog stays, and once the number is called elsewhere the list is there again.
    await page.getByRole('alert').getByText('这位客户的情况刚刚有变').waitFor();
    const callable = Object.entries(tellers.freeTeller.callable!).filter(([id]) => id !== 'v1104');
    server.show({ ...tellers.freeTeller, callable: Object.fromEntries(callable) });
    await dialog(page).getByRole('button', { name: /^A042/ }).waitFor();
  });

  it('an act is taken back while the time runs', async () => {
    const { page, sent } = await show(tellers.fullTeller);
    await page.getByRole('button', { name: '撤销' }).press('Enter');
    expect(await commandsReach(sent, 1, page)).toEqual([{ type: 'Undo', commandId: 'c1' }]);
  });

  it('a lost connection shows in the header’s place; nothing is sent, and the key says so', async () => {
    const { server, page, sent } = await show(tellers.freeTeller);
    server.down();
    await page.locator('.freshness.is-reconnecting').waitFor();
    await page.keyboard.press('F2');
    await page.getByRole('alert').getByText('现在没有连上系统').waitFor();
    expect(sent()).toEqual([]);
    server.up();
    await page.locator('main:not([inert])').waitFor();
    await page.keyboard.press('F2');
    expect(await commandsReach(sent, 1, page)).toEqual([{ type: 'CallNext' }]);
  });

  it('[W-92] a branch that falls silent sends the teller to the manual ledger, and promises nothing', async () => {
    const { server, page } = await show(tellers.emptyTeller, { prepare: (tab) => tab.clock.install() });
    await page.getByText('有人取号时，这里会立刻显示').waitFor();
    server.hush();
    await page.clock.fastForward(20_000);
    await page.getByText('请改用手工登记簿').waitFor();
    expect(await page.locator('main[inert]').count()).toBe(1);
    await page.getByText('可能有客户在等').waitFor();
    expect(await page.getByText(/没有客户等候|会立刻显示/).count()).toBe(0);
    await photograph(page);
    // Customers are told to follow the staff, who have nobody to follow.
    expect(await page.locator('.freshness .line p').innerText()).toMatch(/^画面更新于 \d+ 秒前$/);
  });

  it('no more than 150 KB of script', async () => {
    expect(gzipKb(await scriptsOf('teller'))).toBeLessThanOrEqual(150);
  });
});
