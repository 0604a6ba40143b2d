/** Whose session a staff page speaks with [W-43]. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startDemo } from '../../src/commands/demoServer.js';
import { newLogger } from '../../src/commands/logging.js';
import { launchBrowser } from '../support/browser.js';
import { clientDist } from '../support/bundle.js';
import { TestServer } from '../support/server.js';

let browser: Browser;
let context: BrowserContext;
beforeAll(async () => {
  browser = await launchBrowser();
});
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(15_000);
});
afterEach(() => context.close());
afterAll(() => browser.close());

const kept = (page: Page): Promise<string> =>
  page.evaluate<string>('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])');

it('[W-81] the start page shows the doors of staff where there is no demo, and no request of it fails; it speaks as the browser does, until somebody chooses', async () => {
  const server = await TestServer.start({ clientDir: clientDist() });
  try {
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    await page.goto(server.server.url);
    await page.getByRole('heading', { name: '请选择您的工作页面' }).waitFor();
    expect(await page.getByRole('link', { name: /柜员工作台|大堂经理|管理/ }).count()).toBe(3);
    expect(errors).toEqual([]);

    const abroad = await browser.newContext({ locale: 'fr-FR' });
    try {
      const visitor = await abroad.newPage();
      await visitor.goto(`${server.server.url}/board/`);
      await visitor.locator('h2').waitFor();
      expect(await visitor.locator('html').getAttribute('lang')).toBe('zh-CN');
      await visitor.goto(server.server.url);
      await visitor.getByRole('heading', { name: 'Choose your page' }).waitFor();
      await visitor.getByRole('button', { name: '中文' }).click();
      await visitor.goto(`${server.server.url}/teller/`);
      await visitor.getByRole('button', { name: '登录' }).waitFor();
    } finally {
      await abroad.close();
    }
  } finally {
    await server.end();
  }
});

describe('A token in a staff page’s address [W-43]', () => {
  it.each([
    ['teller', 'teller'],
    ['manager', 'lobbyManager'],
    ['admin', 'administrator'],
  ] as const)('of the %s is nothing in production: the own session speaks', async (page, role) => {
    const server = await TestServer.start({ clientDir: clientDist() });
    try {
      const { url, staff, sessions } = server.server;
      await server.opened();
      const hire = async (id: string, name: string): Promise<string> => {
        const member = await staff.add({ id, login: id, name, role, branchId: server.branchId });
        return (await sessions.open(member)).token;
      };
      const own = await hire('own', '本人');
      const foreign = await hire('foreign', '别人');
      const tab = await context.newPage();
      // Not signed in, the link brings nobody in.
      await tab.goto(`${url}/${page}/#token=${foreign}`);
      await tab.locator('input[type=password]').waitFor();
      expect(new URL(tab.url()).hash).toBe('');
      await context.addCookies([{ name: 'lw', value: own, url, httpOnly: true }]);
      await tab.goto(`${url}/${page}/?again#token=${foreign}`);
      await tab.getByText('本人').first().waitFor();
      expect(await tab.getByText('别人').count()).toBe(0);
      expect(new URL(tab.url()).hash).toBe('');
      expect(await kept(tab)).not.toContain(foreign);
    } finally {
      await server.end();
    }
  });

  it('opens the page in a demo, and is kept nowhere', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'lw-session-'));
    const demo = await startDemo({
      dataDir,
      port: 0,
      clientDir: clientDist(),
      logger: newLogger('silent', { write: () => undefined }),
    });
    try {
      const tab = await context.newPage();
      await tab.goto(demo.url);
      // Before the day is opened no ticket can be taken: the kiosk says so.
      const [customer] = await Promise.all([
        context.waitForEvent('page'),
        tab.getByRole('link', { name: '客户手机' }).click(),
      ]);
      await customer.getByText('现在没有营业').waitFor();
      for (const [kind, name] of [
        ['teller', '一号柜员'],
        // Before the day the tablet names nobody.
        ['manager', '开始营业'],
        ['admin', '管理员'],
      ] as const) {
        const screen = demo.screens.screens.find((each) => each.kind === kind)!;
        await tab.goto(`${demo.url}${screen.url}`);
        await tab.getByText(name).first().waitFor();
        expect(await kept(tab)).not.toContain(screen.url.split('#token=')[1]);
        expect(new URL(tab.url()).hash).not.toBe('');
      }
    } finally {
      await demo.close();
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
});
