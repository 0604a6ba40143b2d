import { readFileSync } from 'node:fs';
import type { Browser, Page, Route } from 'playwright-core';
import type { Ack, CommandMessage } from '../../src/protocol/commands.js';
import type { AdminView } from '../../src/protocol/views.js';
import { launchBrowser } from '../support/browser.js';
import { gzipKb, scriptsOf } from '../support/bundle.js';
import { accessibilityFaults, clippedTexts, overlappingTexts } from '../support/layout.js';
import { smallTargets } from '../support/targets.js';
import { serveView } from '../support/viewServer.js';
import { admins, configured, usualAdmin } from '../support/views/admin.js';
import { AT } from '../support/views/branch.js';
import { mondayOtherwise, nobodysDay, pastDays, todaysReport } from '../support/views/lookingBack.js';
import { firstRoster, rosters } from '../support/views/roster.js';

const accepted: Ack = { ok: true, seq: 1, result: {} };
const sessionOf = (role: string) => ({
  '/api/v1/session': { staffId: 's1', name: '管理员', role, branchId: 'b1' },
  ...configured,
});

let browser: Browser;
const opened: { close: () => Promise<void> }[] = [];

async function sit(
  view: AdminView = usualAdmin,
  {
    role = 'branchManager',
    lang = 'zh',
    answer = (): Ack | undefined => accepted,
    routes = {},
  }: {
    role?: string;
    lang?: string;
    answer?: (message: CommandMessage) => Ack | undefined;
    routes?: Record<string, unknown>;
  } = {},
) {
  const server = await serveView({
    page: 'admin',
    audience: 'admin',
    view,
    at: AT,
    answer,
    routes: Object.assign(routes, sessionOf(role)),
  });
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
  });
  opened.push(context, server);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(server.address(`?lang=${lang}`));
  await page.locator('h1').waitFor();
  await page.locator('.freshness .line').waitFor({ state: 'detached' });
  return { server, page };
}

it('no more than 150 KB of script', async () => {
  expect(gzipKb(await scriptsOf('admin'))).toBeLessThanOrEqual(150);
});

/** The page in front of a server that knows nobody. */
async function atTheDoor(lang = 'zh', routes: Record<string, unknown> = {}) {
  const server = await serveView({
    page: 'admin',
    audience: 'admin',
    view: usualAdmin,
    refuse: { code: 'not-signed-in', params: {} },
    routes,
  });
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
  });
  opened.push(context, server);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(server.address(`?lang=${lang}`));
  await page.locator('h1').waitFor();
  return { server, page };
}

beforeAll(async () => {
  browser = await launchBrowser();
});
afterEach(async () => {
  for (const thing of opened.splice(0)) await thing.close();
});
afterAll(() => browser.close());

describe('the branch', () => {
  it('shows the figures of the day and which needs are thinly covered, the worst first', async () => {
    const { page } = await sit();
    expect(await page.locator('dd').allInnerTexts()).toEqual(['286', '17', '251', '11', '7']);
    const lines = await page.locator('.cover li').allInnerTexts();
    expect(lines.map((line) => line.replace(/\s+/g, ' '))).toEqual([
      '外语服务 没有窗口可以接待',
      '手语服务 只有一个窗口可以接待',
    ]);
  });

  it('[W-88] lists windows; the clock is the branch’s, and what the server did is so long ago', async () => {
    const { page } = await sit();
    await page.getByRole('button', { name: '窗口现况', exact: true }).click();
    expect(await page.locator('tbody tr').nth(3).innerText()).toMatch(
      /4 号窗口\s+开放\s+现金 · 非现金 · 低位柜台 · 手语服务\s+现金存取/,
    );
    expect(await page.locator('header .clock').innerText()).toBe('10:30');
    await page.getByRole('button', { name: '屏幕', exact: true }).click();
    await page.getByText('5 分钟前在线').waitFor();
    await page.getByText('2026年3月2日登记').first().waitFor();
    await page.getByRole('button', { name: '窗口设置', exact: true }).click();
    await page.getByText('当前第 3 版，2026年3月1日，管理员。').waitFor();
  });
});

describe('settings of the day', () => {
  it('[P-25] sends what was changed and nothing else, and leaves out what has no effect', async () => {
    const { server, page } = await sit();
    await page.getByRole('button', { name: '当日设置' }).click();
    await page.getByLabel('等候上限').fill('12');
    await page.getByLabel('窗口空闲时自动叫号').check();
    await page.getByLabel('贵宾斜率').fill('9');
    await page.getByLabel('最后取号时间', { exact: true }).fill('16:30');
    await page.getByLabel('关怀提醒间隔').fill('7');
    await page.getByLabel('关怀提醒间隔').fill('5');
    await page.getByText('有 4 项改动未保存').waitFor();
    // A ratio that was only looked at is no change.
    await page.getByLabel('叫号方式').selectOption('classRatio');
    await page.getByRole('group', { name: '每轮叫号比例' }).waitFor();
    await page.getByLabel('叫号方式').selectOption('recommended');
    await page.getByText('有 4 项改动未保存').waitFor();
    expect(await page.getByLabel('贵宾连续叫号上限').count()).toBe(1);
    // [P-24] What may starve somebody wants a reason first.
    await page.getByLabel('叫号方式').selectOption('strictPriority');
    await page.getByText('请写明理由，否则不能保存。').waitFor();
    expect(await page.getByRole('button', { name: '保存' }).isDisabled()).toBe(true);
    // What was changed stays in sight and says that it has no effect; what counts for less says for what.
    expect(await page.getByLabel('贵宾连续叫号上限').count()).toBe(0);
    expect(await page.getByLabel('普通斜率').count()).toBe(0);
    const unused = page.getByText('按所选的叫号方式，这一项不起作用。');
    expect(await page.locator('.field', { has: unused }).locator('label').allInnerTexts()).toEqual([
      '贵宾斜率',
    ]);
    await page.getByText('有普通客户等候这么久，先叫一位').waitFor();
    await page.getByLabel('仍要这样设置的理由').fill('分行试点，为期两周');
    // The reason that stands there is for what comes to it, too.
    const first = page.getByRole('group', { name: '久等先叫' });
    await first.getByRole('button', { name: '添加一条' }).click();
    await page.getByText('有人等候满时限就先叫').waitFor();
    expect(await page.getByText('请写明理由，否则不能保存。').count()).toBe(0);
    // [P-27] and a rule that names a window and a service of the branch.
    const helps = page.getByRole('group', { name: '延时支援' });
    await helps.getByRole('button', { name: '添加一条' }).click();
    await helps.getByLabel('窗口', { exact: true }).selectOption('w4');
    await helps.getByRole('spinbutton').fill('45');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('已保存，从下一次叫号起生效。').waitFor();
    expect(server.commands.map(({ command }) => command)).toEqual([
      {
        type: 'ChangeSettings',
        settings: {
          waitLimit: 12,
          autoCall: true,
          slopes: { normal: 15, vip: 9, appointment: 8, special: 3 },
          lastTicket: 990,
          mode: 'strictPriority',
          acceptance: { of: ['strictPriority', 'waitRule.service.cash'], reason: '分行试点，为期两周' },
          waitRules: [{ of: 'service', id: 'cash', minutes: 15 }],
          overflows: [{ counterId: 'w4', serviceId: 'cash', seconds: 45 }],
        },
      },
    ]);
  });

  it('the hour at which the day closes itself is one of the night after it', async () => {
    const { server, page } = await sit();
    await page.getByRole('button', { name: '当日设置' }).click();
    await page.getByLabel('无人操作时自动结束营业', { exact: true }).fill('02:30');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('已保存').waitFor();
    expect(server.commands[0]?.command).toEqual({
      type: 'ChangeSettings',
      settings: { closesItself: 150 },
    });
  });

  it('a figure out of range is told at its field and not sent', async () => {
    const { server, page } = await sit();
    await page.getByRole('button', { name: '当日设置' }).click();
    await page.getByLabel('等候上限').fill('0');
    await page.getByText('请填 1 到 240 之间的数').waitFor();
    expect(await page.getByRole('button', { name: '保存' }).isDisabled()).toBe(true);
    await page.getByLabel('等候上限').press('Enter');
    expect(server.commands).toEqual([]);
    // So is one that another makes impossible.
    await page.getByLabel('等候上限').fill('15');
    await page.getByLabel('最多呼叫次数').fill('1');
    await page
      .locator('.field', { hasText: '第几次呼叫后可过号' })
      .getByText('请填 1 到 1 之间的数')
      .waitFor();
    expect(await page.getByRole('button', { name: '保存' }).isDisabled()).toBe(true);
  });

  it('[S-15] a refusal, another section, a reload and a change of mind keep what was typed', async () => {
    const { page } = await sit(usualAdmin, {
      answer: () => ({ ok: false, code: 'bad-settings', params: {} }),
    });
    await page.getByRole('button', { name: '当日设置' }).click();
    await page.getByLabel('等候上限').fill('12');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('有一项设置不在允许范围内').waitFor();
    expect(await page.getByLabel('等候上限').inputValue()).toBe('12');
    await page.getByLabel('关怀提醒间隔').fill('');
    await page.getByRole('button', { name: '概况' }).click();
    await page.getByRole('button', { name: '退出登录' }).click();
    await page
      .getByRole('dialog', { name: '有内容还没有保存' })
      .getByRole('button', { name: '取消' })
      .click();
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.type());
      void dialog.accept();
    });
    await page.reload();
    expect(asked).toEqual(['beforeunload']);
    await page.getByRole('button', { name: '当日设置' }).click();
    await page.getByText('有 2 项改动未保存').waitFor();
    expect(await page.getByLabel('等候上限').inputValue()).toBe('12');
    expect(await page.getByLabel('关怀提醒间隔').inputValue()).toBe('');
    expect(await page.getByRole('button', { name: '保存' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: '放弃' }).click();
    await page.reload();
    expect(asked).toEqual(['beforeunload']);
  });

  it('others look and cannot touch', async () => {
    const { page } = await sit(usualAdmin, { role: 'auditor' });
    await page.getByRole('button', { name: '当日设置' }).click();
    await page.getByText('由网点负责人修改').waitFor();
    expect(await page.locator('form :is(input, select):not(:disabled)').count()).toBe(0);
  });
});

/** Every word and figure of a file, and of what is printed, the chart's marks aside. */
const saidIn = (csv: string): string[] =>
  [...csv.matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell = '']) => cell.replaceAll('""', '"')).sort();
const saidOnPaper = async (page: Page): Promise<string[]> =>
  (await page.locator('main :is(h1, h2, p, th, td):not(figure *):visible').allInnerTexts())
    .map((text) => text.trim())
    .sort();

describe('a day that has been', () => {
  it('[H-7, H-10, H-11, H-13, H-14] says that there is none, or that it is out of reach, and then shows figures to read and take along', async () => {
    const routes: Record<string, unknown> = { '/api/v1/days': [] };
    const { page } = await sit(usualAdmin, { routes });
    await page.getByRole('button', { name: '公平性报告' }).click();
    await page.getByText('还没有营业记录').waitFor();
    // Reading saves nothing, and what comes from a proxy in between has no code.
    const unread = [{ ok: false, code: 'storage-unavailable', params: {} }, { error: 'Bad Gateway' }];
    for (const json of unread) {
      await page.unroute('**/api/v1/days');
      await page.route('**/api/v1/days', (route) => route.fulfill({ status: 503, json }));
      await page.getByRole('button', { name: '概况' }).click();
      await page.getByRole('button', { name: '公平性报告' }).click();
      await page.getByText('暂时读取不到，请稍后重试。').waitFor();
    }
    await page.unroute('**/api/v1/days');
    Object.assign(routes, pastDays, rosters);
    await page.getByRole('button', { name: '重试' }).click();
    // The running day comes first, and says that it runs.
    await page.getByText('这一天还在营业，数据截至').waitFor();
    const special = page.getByRole('row', { name: /^优先服务/ });
    expect((await special.first().innerText()).split(/\s+/).slice(1)).toEqual(
      '营业结束后显示 — — — — — —'.split(' '),
    );
    await page.getByText('这一天全部按规则叫号').waitFor();
    await page.getByLabel('营业日').selectOption('2026-03-02');
    await page.getByText('这一天还在营业').waitFor({ state: 'detached' });
    expect((await page.getByRole('row', { name: /^普通/ }).first().innerText()).split(/\s+/)).toEqual(
      '普通 233 3 5.1 3.4 13.9 29.6 8 %'.split(' '),
    );
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '下载表格' }).click(),
    ]);
    const text = readFileSync(await file.path(), 'utf8');
    expect(file.suggestedFilename()).toMatch(/ 2026-03-02\.csv$/);
    expect(text).toContain('"普通","233","3","5.1","3.4","13.9","29.6","8 %"');
    // [H-5] 131.4 minutes held, 28.7 of them idle and 78.2 with who they were for.
    expect(text).toContain('"其中先办完手上的客户","25 分钟"');
    await page.emulateMedia({ media: 'print' });
    expect(saidIn(text)).toEqual(await saidOnPaper(page));
    await page.emulateMedia({ media: 'screen' });
    // The same day otherwise: only what was changed is asked for.
    const asked: unknown[] = [];
    const refusals = [
      { ok: false, code: 'bad-settings', params: { field: 'quickCounters', reason: 'unknown' } },
      { ok: false, code: 'replay-busy', params: {} },
    ];
    await page.route('**/replay', (route) => {
      asked.push(route.request().postDataJSON());
      return route.fulfill({
        status: [409, 429][asked.length - 1] ?? 200,
        json: refusals[asked.length - 1] ?? mondayOtherwise,
      });
    });
    await page.getByRole('button', { name: '换一种设置重演' }).click();
    await page.getByText('尚未更改设置').waitFor();
    const cap = page.getByLabel('贵宾连续叫号上限');
    await cap.fill('0');
    expect(await page.getByRole('button', { name: '开始重演' }).isDisabled()).toBe(true);
    await cap.fill('1');
    await page.getByLabel('8 号窗口').selectOption('open');
    await page.getByLabel('弹性窗口').selectOption('lean');
    await page.getByLabel('叫号方式').selectOption('classRatio');
    await page.getByLabel('其余客户：每轮叫几位').fill('5');
    // [P-28] What if window 3 had been a quick one, by that day's windows; what the mode has no use for is not offered.
    const quick = page.getByRole('group', { name: '快办窗口' });
    await quick.getByRole('button', { name: '添加一条' }).click();
    await quick.getByLabel('窗口', { exact: true }).selectOption('w3');
    expect(await cap.count()).toBe(0);
    expect(await page.getByLabel('换窗口至少节省').count()).toBe(1);
    await page.getByRole('button', { name: '开始重演' }).click();
    await quick.getByText('这一项已不在，请重新选择').waitFor();
    expect(await page.locator('main [role=alert]').count()).toBe(1);
    await quick.getByLabel('3 号窗口：平均办理不超过').fill('4');
    await quick.getByText('这一项已不在').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '开始重演' }).click();
    await page.getByText('正在重演另一天').waitFor();
    await page.getByRole('button', { name: '开始重演' }).click();
    const other = page.getByRole('row', { name: /^普通 新设置重演/ });
    expect((await other.innerText()).split(/\s+/).slice(2)).toEqual('233 3.1 8.4 17.2 8 % 246'.split(' '));
    await page.getByText('当天的特需记录已销毁').waitFor();
    // [H-10, P-25] What a branch begins with that chooses the ratio, and the row that was changed.
    const ratio = [
      { of: 'special', calls: 2 },
      { of: 'vip3', calls: 2 },
      { of: 'vip2', calls: 1 },
      { of: 'rest', calls: 5 },
    ];
    const quickCounters = [{ counterId: 'w3', minutes: 4, others: 'ifNoneWaits' }];
    const settings = { mode: 'classRatio', ratio, quickCounters };
    expect(asked[2]).toEqual({ settings, open: ['w8'], closed: [], elasticity: 'lean' });
    // What was typed before the mode had no use for it is there again with the mode that has.
    await page.getByLabel('叫号方式').selectOption('recommended');
    await page.getByText('设置已更改，请重新重演').waitFor();
    expect(await cap.inputValue()).toBe('1');
    await cap.fill('3');
    // [H-14] What the form holds outlives a reload.
    await page.reload();
    await page.getByLabel('贵宾连续叫号上限').waitFor();
    expect(await cap.inputValue()).toBe('3');
    expect(await page.getByLabel('8 号窗口').inputValue()).toBe('open');
    expect(await quick.getByLabel('窗口', { exact: true }).inputValue()).toBe('w3');
    expect(await page.getByLabel('弹性窗口').inputValue()).toBe('lean');
    await page.getByRole('button', { name: '公平性报告' }).click();
    await page.getByText('这一天还在营业').waitFor();
    const [today] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '下载表格' }).click(),
    ]);
    // What is on paper is what is on the screen, without the way around.
    await page.emulateMedia({ media: 'print' });
    const sayings = saidIn(readFileSync(await today.path(), 'utf8'));
    expect(sayings).toEqual(await saidOnPaper(page));
    for (const saying of ['这一天还在营业，数据截至 14:30。', '最长连续（位）', '上限（位）'])
      expect(sayings).toContain(saying);
    expect(await page.locator('nav').isVisible()).toBe(false);
    expect(await page.locator('header').isVisible()).toBe(false);
    await page.getByText(`· ${todaysReport.day}`).waitFor();
    expect(await clippedTexts(page)).toEqual([]);
    await page.emulateMedia({ media: 'screen' });
    // And what is to come: refused at first, then the next business day, then another one.
    await page.route('**/api/v1/roster', (route) =>
      route.fulfill({
        status: 404,
        json: { ok: false, code: 'day-not-ahead', params: { from: '2026-03-04', until: '2026-03-17' } },
      }),
    );
    await page.getByRole('button', { name: '排班建议' }).click();
    await page.getByText('只能为 2026-03-04 至 2026-03-17 之间的日期排班。').waitFor();
    await page.unroute('**/api/v1/roster');
    await page.getByRole('button', { name: '重试' }).click();
    await page.getByText('本网点还没有可供参考的营业日').waitFor();
    await page.getByText('午间客流最少的一小时：13:00 至 14:00').waitFor();
    // What "9 (have 8)" means for who comes then, once.
    expect(await page.getByText('客户中也会有 5 % 以上等候超过 15 分钟').count()).toBe(1);
    const rowOf = async (time: string): Promise<string[]> =>
      (await page.getByRole('row', { name: time }).innerText()).split(/\t|\n/).map((cell) => cell.trim());
    const ten = firstRoster.slots.find(({ from }) => from === 600)!;
    expect(await rowOf('10:00–10:30')).toEqual([
      '10:00–10:30',
      ...[ten.arrivals, ten.arrivalsBusy].map((count) => count.toFixed(1)),
      String(Math.round(ten.work)),
      '7',
      '1',
      '9（现有 8）',
    ]);
    // A day that could not be had is asked for again.
    await page.route('**/api/v1/roster/*', (route) => route.abort());
    await page.getByLabel('日期').selectOption('2026-03-16');
    await page.getByText('暂时读取不到，请稍后重试。').waitFor();
    await page.unroute('**/api/v1/roster/*');
    await page.getByRole('button', { name: '重试' }).click();
    await page.getByRole('heading', { name: '2026年3月16日星期一 · 养老金发放期' }).waitFor();
    await page.getByText('其中 4 天与这一天同类').waitFor();
    await page.getByText('预计的工作量多于全部窗口能办理的').waitFor();
    expect((await rowOf('09:30–10:00'))[4]).toMatch(/^全部，约等 \d+ 分钟$/);
    const [plan] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '下载表格' }).click(),
    ]);
    expect(plan.suggestedFilename()).toMatch(/排班建议 2026-03-16\.csv$/);
    const sheet = readFileSync(await plan.path(), 'utf8');
    expect(sheet.startsWith('\uFEFF')).toBe(true);
    await page.emulateMedia({ media: 'print' });
    expect(saidIn(sheet)).toEqual(await saidOnPaper(page));
    expect(await page.locator('.choice').isVisible()).toBe(false);
  });
});

describe('the door', () => {
  it('[S-23] while nobody can sign in the page is the first set-up, which makes the account and signs in', async () => {
    const { page } = await atTheDoor('zh', { '/api/v1/set-up': { open: true }, '/api/v1/session': {} });
    const sets: unknown[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') sets.push([new URL(request.url()).pathname, request.postDataJSON()]);
    });
    expect(await page.getByRole('button', { name: '登录' }).count()).toBe(0);
    await page.getByLabel('启动码').fill('ABCD-EFGH-JKLM-NPQR');
    await page.getByLabel('登录名').fill('admin');
    await page.getByLabel('密码', { exact: true }).fill('a calm long sentence');
    await page.getByLabel('再输一次密码').fill('another sentence');
    await page.getByRole('button', { name: '建立账号' }).click();
    await page.getByText('两次输入的密码不一样').waitFor();
    expect(sets).toEqual([]);
    await page.getByLabel('再输一次密码').fill('a calm long sentence');
    const started = page.waitForEvent('load');
    await page.getByRole('button', { name: '建立账号' }).click();
    await started;
    const account = { name: 'admin', password: 'a calm long sentence' };
    expect(sets).toEqual([
      ['/api/v1/set-up', { code: 'ABCD-EFGH-JKLM-NPQR', ...account }],
      ['/api/v1/session', account],
    ]);
  });

  it('a wrong start code is said in words', async () => {
    const { page } = await atTheDoor('zh', { '/api/v1/set-up': { open: true } });
    await page.route('**/api/v1/set-up', (route) => route.fulfill({ status: 403, json: {} }));
    await page.getByLabel('启动码').fill('WRONG');
    await page.getByLabel('登录名').fill('admin');
    await page.getByLabel('密码', { exact: true }).fill('a calm long sentence');
    await page.getByLabel('再输一次密码').fill('a calm long sentence');
    await page.getByRole('button', { name: '建立账号' }).click();
    await page.getByText('启动码不对，或已经用过。').waitFor();
    await page.getByRole('button', { name: '已经设置过？去登录' }).click();
    await page.getByRole('button', { name: '登录' }).waitFor();
  });
});

/** A tick box is touched by its label, which is as high as the row. */
const crampedTargets = async (page: Page): Promise<string[]> =>
  (await smallTargets(page, 48)).filter((target) => !target.endsWith(' 28×28'));

describe.each(['zh', 'en'])('how it looks in %s', (lang) => {
  it.each(Object.entries(admins))('%s, the sections of the day', async (_, view) => {
    const { page } = await sit(view, { lang });
    // The navigation ends where the screen does.
    expect(
      await page.evaluate<number>(
        "document.querySelector('nav').getBoundingClientRect().bottom - innerHeight",
      ),
    ).toBeLessThanOrEqual(0);
    for (const section of [0, 1, 2]) {
      await page.locator('nav button').nth(section).click();
      expect(await clippedTexts(page)).toEqual([]);
      expect(await overlappingTexts(page)).toEqual([]);
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(
        await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth'),
      ).toBeLessThanOrEqual(0);
      expect(await crampedTargets(page)).toEqual([]);
    }
  });

  it.each([
    { button: '.head-row .primary', section: 10, name: 'staff' },
    { button: '.head-row .primary', section: 11, name: 'screens' },
    { button: '.head-row .primary', section: 12, name: 'branches' },
  ])('$name, with its form and its question', async ({ section, button, name }) => {
    const { page } = await sit(usualAdmin, { lang, role: 'administrator' });
    // Out of reach at first, and read when asked again; the list of screens is looked at by itself.
    if (section !== 11) await page.route(`**/api/v1/${name}`, (route) => route.abort());
    await page.locator('nav button').nth(section).click();
    if (section !== 11) {
      await page.locator('main [role=alert] button').waitFor();
      await page.unroute(`**/api/v1/${name}`);
      await page.locator('main [role=alert] button').click();
    }
    await page.locator('tbody tr').first().waitFor();
    const sound = async (): Promise<void> => {
      expect(await clippedTexts(page)).toEqual([]);
      expect(await overlappingTexts(page)).toEqual([]);
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await smallTargets(page, 48)).toEqual([]);
    };
    await sound();
    await page.locator(button).click();
    await sound();
    // Nobody takes a branch away: that list asks no question.
    if (section === 12) return;
    await page.locator('tbody .acts .button:last-child:not(:disabled)').first().click();
    await page.getByRole('dialog').waitFor();
    await sound();
  });

  it.each([
    { section: 6, name: 'branch and zones' },
    { section: 7, name: '[P-22] services, with what is learnt of them' },
    { section: 8, name: 'windows' },
    { section: 9, name: 'settings of the next days' },
  ])('$name, one opened and changed', async ({ section }) => {
    const { page } = await sit(usualAdmin, { lang, role: 'administrator' });
    await page.locator('nav button').nth(section).click();
    await page.locator('main .panel').first().waitFor();
    if (section < 9) {
      if (section === 6)
        expect(
          await page
            .getByLabel(/^时区|^Time zone/)
            .locator('option:checked')
            .innerText(),
        ).toBe(lang === 'zh' ? '中国标准时间（上海）UTC+8' : 'China Standard Time (Shanghai) UTC+8');
      await page.locator('.thing .row').first().click();
      if (section === 7) {
        const learnt = page.locator('.thing.here .hint').filter({ hasText: '4.6' });
        expect(await learnt.innerText()).toContain(lang === 'zh' ? '的 1240 笔' : 'from 1240 services');
        expect(await clippedTexts(page)).toEqual([]);
        expect(await accessibilityFaults(page)).toEqual([]);
        await page.locator('nav button').nth(9).click();
        await page
          .getByLabel(
            lang === 'zh' ? '按本网点近期实际估计等候' : 'Estimate waits by this branch’s own recent days',
          )
          .uncheck();
        await page.locator('nav button').nth(7).click();
        await page.locator('.thing .row').first().click();
        expect(await learnt.innerText()).toContain(
          lang === 'zh' ? '设置中未启用' : 'the settings leave unused',
        );
      }
      await page.locator('.head-row .primary').click();
      // Without its name it can't be saved, and says so.
      await page.locator('.thing.here input').first().fill('');
    } else {
      await page.getByRole('spinbutton').first().fill('0');
      // A class ratio that leaves somebody out, with its rows and the reason that it wants.
      await page.locator('.control select').first().selectOption('classRatio');
      await page.locator('.rows li button').last().click();
      await page.getByLabel(lang === 'zh' ? '保障久等的客户' : 'Protect those who wait long').uncheck();
      await page.locator('.starvation .fault').waitFor();
      // One row of each of the further rules.
      for (const list of [1, 2, 3]) await page.locator('.rows > button').nth(list).click();
    }
    await page.locator('.save-bar .primary').waitFor();
    expect(await clippedTexts(page)).toEqual([]);
    expect(await overlappingTexts(page)).toEqual([]);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await crampedTargets(page)).toEqual([]);
  });

  it('a day that has been, and the same day otherwise', async () => {
    const { page } = await sit(usualAdmin, {
      lang,
      routes: { ...pastDays, ...rosters, '/api/v1/days/2026-03-02/replay': mondayOtherwise },
    });
    const accessible = async (state: string): Promise<void> => {
      await page.locator(state).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await clippedTexts(page)).toEqual([]);
    };
    const past = async (section: number): Promise<void> => {
      await page.locator('nav button').nth(0).click();
      await page.locator('nav button').nth(section).click();
    };
    const unavailable = { status: 503, json: { ok: false, code: 'storage-unavailable', params: {} } };
    /** Asked for and not yet answered, then refused. */
    const refusedLate = async (path: string, section: number, loading: string): Promise<void> => {
      const asked: Route[] = [];
      await page.route(path, (route) => void asked.push(route));
      await past(section);
      await accessible(loading);
      for (const route of asked) await route.fulfill(unavailable);
      await accessible('main [role=alert]');
      await page.unroute(path);
    };
    for (const section of [3, 4]) {
      await refusedLate('**/api/v1/days', section, 'main .opening');
      await page.route('**/api/v1/days', (route) => route.fulfill({ json: [] }));
      await past(section);
      await accessible('main .panel.empty');
      await page.unroute('**/api/v1/days');
    }
    await refusedLate('**/report', 3, 'main .panel[role=status]');
    await page.route('**/report', (route) => route.fulfill({ json: nobodysDay }));
    await page.locator('main [role=alert] button').click();
    await accessible('main .panel.empty');
    await page.unroute('**/report');
    await past(3);
    for (const day of ['2026-03-03', '2026-03-02']) {
      await page.locator('.choice select').selectOption(day);
      await page.locator('figure').waitFor();
      expect(await clippedTexts(page)).toEqual([]);
      expect(await overlappingTexts(page)).toEqual([]);
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await smallTargets(page, 48)).toEqual([]);
      expect(
        await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth'),
      ).toBeLessThanOrEqual(0);
    }
    await page.locator('nav button').nth(4).click();
    await page.locator('form .windows').waitFor();
    await page.locator('.elastic select').selectOption('lean');
    await page.locator('.windows select').first().selectOption('closed');
    for (const list of [0, 1, 2]) await page.locator('.rows > button').nth(list).click();
    await page.locator('form .primary').click();
    await page.locator('figure').waitFor();
    expect(await clippedTexts(page)).toEqual([]);
    expect(await overlappingTexts(page)).toEqual([]);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await crampedTargets(page)).toEqual([]);
    await refusedLate('**/api/v1/roster', 5, 'main .panel[role=status]');
    await page.locator('main [role=alert] button').click();
    for (const day of ['2026-03-04', '2026-03-05', '2026-03-16']) {
      await page.locator('.choice select').selectOption(day);
      await page.locator('.on-paper').getByText(day).waitFor({ state: 'attached' });
      await accessible('figure');
      expect(await overlappingTexts(page)).toEqual([]);
      expect(await smallTargets(page, 48)).toEqual([]);
      expect(
        await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth'),
      ).toBeLessThanOrEqual(0);
    }
  });

  it('the door and the first set-up', async () => {
    const routes = { '/api/v1/set-up': { open: false } };
    const { page } = await atTheDoor(lang, routes);
    expect(await clippedTexts(page)).toEqual([]);
    expect(await accessibilityFaults(page)).toEqual([]);
    // [S-23] The set-up is offered nowhere once somebody can sign in.
    expect(await page.getByRole('button').count()).toBe(2);
    expect(await page.getByRole('link').count()).toBe(0);
    routes['/api/v1/set-up'].open = true;
    await page.reload();
    await page.locator('input[name=code]').waitFor();
    expect(await clippedTexts(page)).toEqual([]);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await smallTargets(page, 48)).toEqual([]);
  });
});
