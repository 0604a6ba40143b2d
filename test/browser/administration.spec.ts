/** A branch is set up by hand on its administration page: real server, real browser, nothing by the side. */
import type { Browser, BrowserContext, Dialog, Page } from 'playwright-core';
import { BranchServer } from '../support/branchServer.js';
import { launchBrowser } from '../support/browser.js';
import { PATIENCE_MS } from '../support/steps.js';

const PASSWORD = 'a calm long sentence';

let browser: Browser;
let branch: BranchServer;
const opened: BrowserContext[] = [];

async function open(address: string): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
  });
  opened.push(context);
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(address);
  return page;
}

async function signIn(page: string, name: string): Promise<Page> {
  const opened = await open(`${branch.url}/${page}/`);
  await opened.locator('[name=username]').fill(name);
  await opened.locator('[name=password]').fill(PASSWORD);
  await opened.getByRole('button', { name: '登录' }).click();
  return opened;
}

/** Loads the page anew; resolves with what the browser asked before. */
async function reloaded(page: Page): Promise<string[]> {
  const asked: string[] = [];
  const answer = (dialog: Dialog): void => {
    asked.push(dialog.type());
    void dialog.accept();
  };
  page.on('dialog', answer);
  await page.reload();
  page.off('dialog', answer);
  return asked;
}

async function administrator(): Promise<Page> {
  await branch.hire({ id: 'root', name: '管理员', role: 'administrator', password: PASSWORD });
  return signIn('admin', 'root');
}

beforeAll(async () => {
  browser = await launchBrowser();
});
beforeEach(async () => {
  branch = await BranchServer.start();
});
afterEach(async () => {
  for (const context of opened.splice(0)) await context.close();
  await branch.close();
});
afterAll(() => browser.close());

describe('screens', () => {
  it(
    '[S-10, S-15, S-17] a board is enrolled, shows the lobby from its address, is away and says since when, is revoked and says so',
    async () => {
      const admin = await administrator();
      await admin.getByRole('button', { name: '屏幕', exact: true }).click();
      await admin.getByText('还没有登记屏幕').waitFor();
      await admin.getByRole('button', { name: '登记屏幕' }).click();
      await admin.getByLabel('名称').fill('正门上方');
      // [S-15] Another section and a reload leave the form as it is.
      await admin.getByRole('button', { name: '各网点' }).click();
      expect(await reloaded(admin)).toEqual(['beforeunload']);
      await admin.getByRole('button', { name: '屏幕', exact: true }).click();
      expect(await admin.getByLabel('名称').inputValue()).toBe('正门上方');
      await admin.getByRole('button', { name: '登记并生成地址' }).click();
      const address = await admin.getByLabel('专用地址').inputValue();
      expect(address).toMatch(new RegExp(`^${branch.url}/board/#token=lwd_[\\w-]{43}$`));
      expect(await admin.getByRole('img', { name: '“正门上方”的地址二维码' }).getAttribute('data-text')).toBe(
        address,
      );

      const board = await open(address);
      await board.getByText('示范网点').first().waitFor();
      await admin.getByText('屏幕已连接').waitFor();
      await admin.getByRole('button', { name: '完成' }).click();
      await admin
        .getByRole('row', { name: /正门上方/ })
        .getByText('在线')
        .waitFor();
      expect(await admin.content()).not.toContain('lwd_');
      expect(await reloaded(admin)).toEqual([]);
      await board.close();
      await admin
        .getByRole('row', { name: /正门上方/ })
        .getByText(/(刚才|\d+ 分钟前)在线/)
        .waitFor();
      const again = await opened.at(-1)!.newPage();
      await again.goto(`${branch.url}/board/`);
      await again.getByText('示范网点').first().waitFor();

      await admin.getByRole('button', { name: '停用 正门上方' }).click();
      await admin.getByRole('dialog').getByRole('button', { name: '停用' }).click();
      await admin.getByText('还没有登记屏幕').waitFor();
      await again.getByText('本屏幕尚未接入，请联系工作人员').first().waitFor();
    },
    PATIENCE_MS,
  );
});

describe('staff', () => {
  it(
    '[S-11, S-15] a teller is added, signs in, is disabled and is out; a reload keeps the form',
    async () => {
      const admin = await administrator();
      await admin.getByRole('button', { name: '员工', exact: true }).click();
      await admin.getByRole('button', { name: '添加员工' }).click();
      await admin.getByLabel('显示姓名').fill('新柜员');
      await admin.getByLabel('登录名').fill('root');
      await admin.getByLabel('密码', { exact: true }).fill('too short');
      await admin.locator('form').getByRole('button', { name: '添加员工' }).click();
      await admin.getByText('还差 3 个字符').waitFor();
      await admin.getByLabel('密码', { exact: true }).fill(PASSWORD);
      await admin.locator('form').getByRole('button', { name: '添加员工' }).click();
      await admin.getByText('这个登录名已经有人使用').waitFor();
      expect(await admin.getByLabel('显示姓名').inputValue()).toBe('新柜员');
      // [S-15] A reload keeps what was typed, and no password.
      expect(await reloaded(admin)).toEqual(['beforeunload']);
      expect(await admin.getByLabel('显示姓名').inputValue()).toBe('新柜员');
      expect(await admin.getByLabel('密码', { exact: true }).inputValue()).toBe('');
      expect(await admin.evaluate<string>('JSON.stringify(sessionStorage)')).not.toContain(PASSWORD);
      await admin.getByLabel('密码', { exact: true }).fill(PASSWORD);
      await admin.getByLabel('登录名').fill('teller-9');
      await admin.getByRole('button', { name: '屏幕', exact: true }).click();
      await admin.getByRole('button', { name: '员工', exact: true }).click();
      expect(await admin.getByLabel('密码', { exact: true }).inputValue()).toBe(PASSWORD);
      await admin.locator('form').getByRole('button', { name: '添加员工' }).click();
      await admin.getByRole('row', { name: /新柜员/ }).waitFor();

      const desk = await signIn('teller', 'teller-9');
      await desk.getByText('新柜员').first().waitFor();

      await admin.getByRole('button', { name: '停用 新柜员' }).click();
      await admin.getByRole('dialog').getByRole('button', { name: '停用' }).click();
      await admin
        .getByRole('row', { name: /新柜员/ })
        .getByText('已停用')
        .waitFor();
      await desk.locator('[name=password]').waitFor();
    },
    PATIENCE_MS,
  );

  it(
    '[S-12] the page offers nobody to shut themselves out',
    async () => {
      const admin = await administrator();
      await admin.getByRole('button', { name: '员工', exact: true }).click();
      expect(await admin.getByRole('button', { name: '停用 管理员' }).isDisabled()).toBe(true);
      await admin.getByRole('button', { name: '修改 管理员' }).click();
      expect(await admin.getByLabel('岗位').isDisabled()).toBe(true);
    },
    PATIENCE_MS,
  );
});

describe('branches', () => {
  it(
    '[S-14, S-16] one is made with its administrator, who signs in there; each sees of the other the name',
    async () => {
      const admin = await administrator();
      await admin.getByRole('button', { name: '各网点' }).click();
      await admin.getByText('1 个网点').waitFor();
      await admin.getByRole('button', { name: '新建网点' }).click();
      await admin.getByRole('button', { name: '建立网点' }).click();
      await admin.getByText('请填写这一项').first().waitFor();
      await admin.getByLabel('网点名称 · 中文').fill('北街支行');
      await admin.getByLabel('网点名称 · 英文').fill('North Street');
      await admin.getByLabel('显示姓名').fill('诺拉');
      await admin.getByLabel('登录名').fill('root');
      await admin.getByLabel('初始密码').fill(PASSWORD);
      await admin.getByRole('button', { name: '建立网点' }).click();
      await admin.getByText('这个登录名已经有人使用').waitFor();
      await admin.getByLabel('登录名').fill('nora');
      await admin.getByRole('button', { name: '建立网点' }).click();
      await admin.getByText('“北街支行”已建立').waitFor();
      await admin.getByText('2 个网点').waitFor();

      const north = await signIn('admin', 'nora');
      await north.getByRole('banner').getByText('北街支行').waitFor();
      await north.getByRole('button', { name: '各网点' }).click();
      await north.getByRole('row', { name: /北街支行.*本网点/ }).waitFor();
      await north.getByRole('row', { name: '示范网点 Model branch' }).waitFor();
      await north.getByRole('button', { name: '员工', exact: true }).click();
      await north.getByText('1 位员工').waitFor();
    },
    PATIENCE_MS,
  );
});

describe('the branch', () => {
  it(
    '[S-8, S-15, H-11] a service and a window are added for tomorrow; nothing typed is lost; the roster and the next day count with them',
    async () => {
      const manager = await branch.hire({ id: 'max', name: '大堂经理', role: 'lobbyManager' });
      await branch.ok(manager, { type: 'OpenDay' });
      const admin = await administrator();
      await admin.getByRole('button', { name: '业务', exact: true }).click();
      await admin.getByRole('button', { name: '添加业务' }).click();
      await admin.getByText('还有 1 处需要填写或更正').waitFor();
      await admin.getByLabel('业务 · 中文').fill('公证');
      await admin.getByLabel('业务 · 英文').fill('Notary');
      await admin.getByLabel('字头').fill('A');
      await admin.getByText('这个字头已用于另一项业务').waitFor();
      await admin.getByLabel('字头').fill('N');
      await admin.getByText('没有窗口可以办理：公证').waitFor();

      await admin.getByRole('button', { name: '窗口设置' }).click();
      await admin.getByRole('button', { name: '添加窗口' }).click();
      await admin.getByRole('checkbox', { name: '公证' }).check();
      await admin.getByText('没有窗口可以办理').waitFor({ state: 'detached' });

      // The network goes, the page is loaded anew: what was typed is still there.
      await admin.context().setOffline(true);
      await admin.getByRole('button', { name: '保存', exact: true }).click();
      await admin.getByText('没有收到系统答复').waitFor();
      await admin.context().setOffline(false);
      expect(await reloaded(admin)).toEqual(['beforeunload']);
      await admin.getByRole('button', { name: '窗口设置' }).click();
      await admin.getByRole('button', { name: /^9 号窗口/ }).waitFor();
      await admin.getByRole('button', { name: '保存', exact: true }).click();
      await admin.getByText('已保存，下一个营业日开始时生效。').waitFor();
      await admin.getByRole('button', { name: '排班建议' }).click();
      await admin.getByRole('heading', { name: '2026年3月3日星期二' }).waitFor();
      await admin.getByText('本网点常开窗口 7 个，弹性窗口 2 个。').waitFor();

      expect(Object.keys((await branch.state()).state.counters)).toHaveLength(8);
      await branch.ok(manager, { type: 'CloseDay', endRemaining: true });
      await branch.step(24 * 3_600_000);
      await branch.ok(manager, { type: 'OpenDay' });
      const { setup, counters } = (await branch.state()).state;
      expect(Object.keys(counters)).toHaveLength(9);
      const notary = setup!.services.find(({ prefix }) => prefix === 'N');
      expect(notary?.name).toEqual({ zh: '公证', en: 'Notary' });
      expect(setup!.counters.at(-1)?.services).toEqual([notary?.id]);
    },
    PATIENCE_MS,
  );

  it(
    '[S-8] of two administrators the later one is told, keeps what was typed, and chooses',
    async () => {
      await branch.hire({ id: 'ann', name: '另一位', role: 'administrator', password: PASSWORD });
      const [one, two] = [await administrator(), await signIn('admin', 'ann')];
      for (const page of [one, two]) {
        await page.getByRole('button', { name: '网点与功能区' }).click();
        await page.getByLabel('网点名称 · 中文').waitFor();
      }
      await one.getByLabel('网点名称 · 中文').fill('江边支行');
      await one.getByRole('button', { name: '保存', exact: true }).click();
      await one.getByText('已保存，下一个营业日开始时生效。').waitFor();
      await two.getByLabel('网点名称 · 中文').fill('滨江支行');
      await two.getByRole('button', { name: '保存', exact: true }).click();
      await two.getByText('管理员 刚刚保存了另一版').waitFor();
      expect(await two.getByLabel('网点名称 · 中文').inputValue()).toBe('滨江支行');
      await two.getByRole('button', { name: /^看最新一版/ }).click();
      expect(await two.getByLabel('网点名称 · 中文').inputValue()).toBe('江边支行');
    },
    PATIENCE_MS,
  );
});
