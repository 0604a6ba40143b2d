import type { Browser, Page } from 'playwright-core';
import { encode } from 'uqr';
import type { Ack, CommandMessage } from '../../src/protocol/commands.js';
import { receiptOf } from '../../src/protocol/receipt.js';
import type { KioskView } from '../../src/protocol/views.js';
import { launchBrowser } from '../support/browser.js';
import { heard, listen, until } from '../support/listening.js';
import type { Played } from '../support/listening.js';
import { LATER, NEVER, serveView } from '../support/viewServer.js';
import { AT, branch } from '../support/views/branch.js';
import { kiosks, usualKiosk } from '../support/views/kiosk.js';

const VISIT = 'b3c1d2e4f5a60718293a4b5c6d7e8f90';
const TOKEN = '0123456789abcdef0123456789abcdef';
const accepted = (result: object = {}): Ack => ({ ok: true, seq: 1, result });
const ticketed = ({ command }: CommandMessage): Ack =>
  accepted(
    command.type === 'IssueTicket' || command.type === 'CheckIn'
      ? { visitId: VISIT, ticket: 'A043', ahead: 9, token: TOKEN }
      : {},
  );

let browser: Browser;
const opened: { close: () => Promise<void> }[] = [];

interface Arranged {
  clock?: boolean;
  routes?: Record<string, unknown>;
  /** Before the page is loaded. */
  prepare?: (page: Page) => Promise<unknown>;
}

async function stand(
  view: KioskView = usualKiosk,
  answer: (message: CommandMessage) => Ack | typeof LATER | undefined = ticketed,
  { clock = false, routes = {}, prepare }: Arranged = {},
) {
  const server = await serveView({
    page: 'kiosk',
    audience: 'kiosk',
    view,
    at: AT,
    beatMs: 100,
    answer,
    routes,
  });
  const context = await browser.newContext({ viewport: { width: 1080, height: 1920 }, hasTouch: true });
  opened.push(context, server);
  const page = await context.newPage();
  if (clock) await page.clock.install();
  await prepare?.(page);
  await page.goto(server.url);
  await page.locator('.freshness .line').waitFor({ state: 'detached' });
  await page.locator('h1').waitFor();
  return { server, page };
}

const tap = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).tap();
const sent = ({ commands }: { commands: CommandMessage[] }) => commands.map(({ command }) => command);

beforeAll(async () => {
  browser = await launchBrowser();
});
afterEach(async () => {
  for (const thing of opened.splice(0)) await thing.close();
});
afterAll(() => browser.close());

describe('a ticket', () => {
  it('takes two touches and is one command of this day', async () => {
    const { server, page } = await stand();
    await tap(page, /现金存取/);
    await tap(page, '取号');
    await page.getByText('A043', { exact: true }).waitFor();
    expect(await page.locator('main').innerText()).toContain('前面还有 9 位');
    expect(await page.locator('main').innerText()).toContain('约 6–14 分钟');
    expect(server.commands).toEqual([
      expect.objectContaining({ day: '2026-03-02', command: { type: 'IssueTicket', serviceIds: ['cash'] } }),
    ]);
  });

  it('is one however often an unsteady hand touches', async () => {
    const { server, page } = await stand();
    await tap(page, /现金存取/);
    // Both in one turn, before the button could be shown as busy.
    await page.getByRole('button', { name: '取号' }).waitFor();
    await page.evaluate("for (let i = 0; i < 3; i++) document.querySelector('.take').click()");
    await page.getByText('A043', { exact: true }).waitFor();
    expect(sent(server)).toHaveLength(1);
  });

  it('covers several services in the order they were chosen, less what was taken back', async () => {
    const { server, page } = await stand();
    await tap(page, /贷款咨询/);
    await tap(page, '再办一项业务');
    await tap(page, /开卡/);
    await tap(page, '再办一项业务');
    await tap(page, /现金存取/);
    await tap(page, '不办这项：贷款咨询');
    await tap(page, '取号');
    await page.getByText('A043', { exact: true }).waitFor();
    expect(sent(server)).toEqual([{ type: 'IssueTicket', serviceIds: ['card', 'cash'] }]);
  });

  it('shows the address of its page as a QR code', async () => {
    const { server, page } = await stand();
    await tap(page, /现金存取/);
    await tap(page, '取号');
    const qr = page.getByRole('img', { name: '号票 A043 的二维码' });
    const address = `${new URL(server.url).origin}/ticket/#token=${VISIT}.${TOKEN}`;
    expect(await qr.getAttribute('data-text')).toBe(address);
    const dark = encode(address, { ecc: 'M', border: 4 }).data.flatMap((row, y) =>
      row.flatMap((on, x) => (on ? [`${String(x)} ${String(y)}`] : [])),
    );
    const drawn = (await qr.locator('path').getAttribute('d')) ?? '';
    expect([...drawn.matchAll(/M(\d+ \d+)h1v1h-1z/g)].map(([, at]) => at)).toEqual(dark);
  });

  it('refused is said in words, and help is one touch away', async () => {
    const full: Ack = { ok: false, code: 'service-full', params: {} };
    const { server, page } = await stand(usualKiosk, (message) =>
      message.command.type === 'IssueTicket' ? full : accepted(),
    );
    await tap(page, /现金存取/);
    await tap(page, '取号');
    const dialog = page.getByRole('alertdialog', { name: '这一步没有完成' });
    await dialog.getByText('这项业务今天的号已取完').waitFor();
    await dialog.getByRole('button', { name: '我需要帮助' }).tap();
    await page.getByText('工作人员马上就来').waitFor();
    expect(sent(server).at(-1)).toEqual({ type: 'RequestHelp', place: 'kiosk' });
  });

  it('is not promised for a service that closes while somebody decides', async () => {
    const { server, page } = await stand();
    await tap(page, /现金存取/);
    server.push({ services: { cash: { closed: 'cap' } } });
    await page.getByRole('alertdialog').getByText('刚刚停止取号').waitFor();
    await tap(page, '好的');
    await page.getByText('请点一下您要办的业务').waitFor();
    expect(await page.getByRole('button', { name: /现金存取/ }).count()).toBe(0);
  });
});

describe('paper', () => {
  const STATUS = '/api/v1/printer';
  const RECEIPTS = '/api/v1/printer/receipts';
  const lines = receiptOf(
    {
      ...branch,
      ticket: 'A043',
      services: [{ zh: '现金存取', en: 'Cash' }],
      ahead: 8,
      minutes: { low: 5, high: 12 },
      issuedAt: AT,
    },
    `https://lobby.example.com/ticket/#token=${VISIT}.${TOKEN}`,
  );
  const takeOne = async (page: Page): Promise<void> => {
    await tap(page, /现金存取/);
    await tap(page, '取号');
    await page.getByText('A043', { exact: true }).waitFor();
  };

  it('[W-20] the screen shows what was printed', async () => {
    const routes = { [STATUS]: { printer: 'ready' }, [RECEIPTS]: { outcome: 'printed', lines } };
    const { server, page } = await stand(usualKiosk, ticketed, { routes });
    await takeOne(page);
    await page.getByText('号票已打印，请取走后坐下休息').waitFor();
    const shown = await page.locator('.ticket').innerText();
    const printed = lines.filter(({ kind }) => ['label', 'service', 'ahead', 'wait', 'time'].includes(kind));
    for (const { text } of printed) expect(shown).toContain(text.zh);
    expect(await page.locator('[data-text]').getAttribute('data-text')).toBe(
      lines.find(({ kind }) => kind === 'code')?.text.zh,
    );
    expect(sent(server)).toHaveLength(1);
  });

  it('[W-21] without paper number and code stay, and the same ticket is printed again, no second one taken', async () => {
    const routes: Record<string, unknown> = {
      [STATUS]: { printer: 'ready' },
      [RECEIPTS]: { outcome: 'paperOut', lines },
    };
    const { server, page } = await stand(usualKiosk, ticketed, { routes });
    await takeOne(page);
    await page.getByText('打印机没有纸了，号码照样有效').waitFor();
    expect(await page.locator('[data-text]').isVisible()).toBe(true);
    routes[RECEIPTS] = { outcome: 'printed', lines };
    const asked = page.waitForRequest((request) => request.url().endsWith(RECEIPTS));
    await tap(page, '再打印一次');
    await page.getByText('号票已打印').waitFor();
    const request = await asked;
    expect(request.postDataJSON()).toEqual({ ticket: `${VISIT}.${TOKEN}` });
    expect(request.headers()['authorization']).toBe('Bearer fixture');
    expect(sent(server)).toEqual([{ type: 'IssueTicket', serviceIds: ['cash'] }]);
  });

  it.each([
    ['away', '打印机暂时不能用'],
    ['fault', '打印机暂时不能用'],
    ['unsure', '号票可能没有打印完整'],
  ])('[W-21] a printer that is %s is said in words', async (outcome, words) => {
    const routes = { [STATUS]: { printer: 'ready' }, [RECEIPTS]: { outcome, lines } };
    const { page } = await stand(usualKiosk, ticketed, { routes });
    await takeOne(page);
    await page.getByText(words).waitFor();
    expect(await page.getByRole('button', { name: '再打印一次' }).count()).toBe(1);
  });

  it('[W-21] a server that does not answer the print loses no ticket', async () => {
    const { page } = await stand(usualKiosk, ticketed, { routes: { [STATUS]: { printer: 'ready' } } });
    await takeOne(page);
    await page.getByText('号票可能没有打印完整').waitFor();
    expect(await page.locator('.ticket').innerText()).toContain('前面还有 9 位');
  });

  it('[W-21] a slow print holds nobody up: the next customer takes a ticket, and sees nothing of it', async () => {
    const routes: Record<string, unknown> = { [STATUS]: { printer: 'ready' }, [RECEIPTS]: NEVER };
    const { server, page } = await stand(usualKiosk, ticketed, { routes });
    await takeOne(page);
    await page.getByText('正在打印号票').waitFor();
    await tap(page, '完成');
    routes[RECEIPTS] = { outcome: 'printed', lines };
    await takeOne(page);
    await page.getByText('号票已打印').waitFor();
    expect(sent(server)).toHaveLength(2);
  });

  it('[W-22] a printer without paper is said before a ticket is taken, and noticed when it is mended', async () => {
    const routes: Record<string, unknown> = {
      [STATUS]: { printer: 'paperOut' },
      [RECEIPTS]: { outcome: 'paperOut', lines },
    };
    const { page } = await stand(usualKiosk, ticketed, { routes });
    const warning = page.getByText('打印机没有纸了，取号后请记住号码');
    await warning.waitFor();
    await takeOne(page);
    routes[STATUS] = { printer: 'ready' };
    await tap(page, '完成');
    await page.getByText('请点一下您要办的业务').waitFor();
    await warning.waitFor({ state: 'detached' });
  });

  it('a kiosk without a printer speaks of none', async () => {
    const routes = { [STATUS]: { printer: 'none' }, [RECEIPTS]: { outcome: 'none', lines } };
    const { page } = await stand(usualKiosk, ticketed, { routes });
    await takeOne(page);
    await page.getByText('请记住号码，坐下后留意大厅屏幕').waitFor();
    await page.getByText('取号时间').waitFor();
    expect(await page.locator('main').innerText()).not.toContain('打印');
  });
});

describe('help and appointments', () => {
  it('help is asked once and answered calmly', async () => {
    const { server, page } = await stand();
    await tap(page, '我需要帮助');
    await page.getByText('工作人员马上就来').waitFor();
    expect(sent(server)).toEqual([{ type: 'RequestHelp', place: 'kiosk' }]);
  });

  it('[W-24] help with a ticket in hand names the visit, and leads back to the ticket, in its language', async () => {
    const { server, page } = await stand();
    let printed = 0;
    page.on('request', (request) => {
      if (request.url().endsWith('/receipts')) printed += 1;
    });
    await tap(page, /现金存取/);
    await tap(page, 'English');
    await tap(page, 'Take my ticket');
    await page.getByText('A043', { exact: true }).waitFor();
    await tap(page, 'I need help');
    await page.getByText('Someone is coming to you').waitFor();
    expect(sent(server).at(-1)).toEqual({ type: 'RequestHelp', place: 'kiosk', visitId: VISIT });
    await tap(page, 'OK');
    await page.getByText('A043', { exact: true }).waitFor();
    expect(await page.getByRole('button', { name: '中文' }).count()).toBe(1);
    expect(await page.locator('main svg[data-text]').count()).toBe(1);
    expect(printed).toBe(1);
  });

  it('help that could not be told sends the customer to a person', async () => {
    const { page } = await stand(usualKiosk, () => ({ ok: false, code: 'storage-unavailable', params: {} }));
    await tap(page, '我需要帮助');
    await page.getByRole('heading', { name: '请找大堂经理' }).waitFor();
  });

  it('an appointment checks in by its code, from the keypad or a reader', async () => {
    const { server, page } = await stand();
    await tap(page, '预约签到');
    for (const key of ['4', '8', '1', '删除一位', '2'])
      await page.getByRole('button', { name: key, exact: true }).tap();
    await tap(page, '字母');
    await tap(page, 'K');
    await page.keyboard.type('7');
    await tap(page, '签到');
    await page.getByText('签到成功').waitFor();
    expect(sent(server)).toEqual([{ type: 'CheckIn', code: '482K7' }]);
  });

  it('an unknown code stays to be mended', async () => {
    const { page } = await stand(usualKiosk, () => ({ ok: false, code: 'unknown-appointment', params: {} }));
    await tap(page, '预约签到');
    await page.keyboard.type('123');
    await tap(page, '签到');
    await page.getByText('没有找到这个预约').waitFor();
    await tap(page, '好的');
    expect(await page.locator('.code').innerText()).toContain('123');
  });
});

describe('[W-24] an answer that comes late changes nothing for the next customer', () => {
  const next: KioskView = { ...usualKiosk, day: '2026-03-03' };
  const refused: Ack = { ok: false, code: 'stale-day', params: {} };

  it.each([
    { asked: 'a ticket', taps: [/现金存取/, '取号'], late: refused },
    {
      asked: 'a ticket that was given',
      taps: [/现金存取/, '取号'],
      late: accepted({ visitId: VISIT, ticket: 'A043', ahead: 9, token: TOKEN }),
    },
    { asked: 'a check-in', taps: ['预约签到', '4', '签到'], late: refused },
    { asked: 'help', taps: ['我需要帮助'], late: accepted() },
  ])('$asked', async ({ taps, late }) => {
    let held = true;
    const { server, page } = await stand(usualKiosk, (message) => (held ? LATER : ticketed(message)));
    for (const name of taps) await page.getByRole('button', { name, exact: typeof name === 'string' }).tap();
    await page.getByText(/^正在/).waitFor();
    held = false;
    // The branch's new day is one way in which the next customer begins while an answer is on its way.
    server.show(next);
    await page.getByText('请点一下您要办的业务').waitFor();
    server.answerLate(late);
    server.push({ services: { loan: { waiting: 7 } } });
    await page.getByText('7 人等候').waitFor();
    expect(await page.getByRole('alertdialog').count()).toBe(0);
    await page.getByText('请点一下您要办的业务').waitFor();
    await tap(page, /转账汇款/);
    await tap(page, '取号');
    await page.getByText('A043', { exact: true }).waitFor();
  });
});

describe('left alone [W-27]', () => {
  const question = (page: Page) => page.getByRole('alertdialog', { name: '您还在吗？' });

  it('asks before it goes back to the start, keeps what was typed, and forgets it when nobody answers', async () => {
    const { server, page } = await stand(usualKiosk, ticketed, { clock: true });
    await tap(page, '预约签到');
    await page.keyboard.type('48K2');
    await page.clock.fastForward(39_000);
    expect(await question(page).count()).toBe(0);
    await page.clock.fastForward(2_000);
    await question(page).waitFor();
    // Said by a screen reader, answered by a key; a touch or a key elsewhere neither closes it nor reaches what lies under it.
    expect(await page.locator('button:focus').innerText()).toBe('我还在');
    expect(await question(page).getAttribute('aria-describedby')).toMatch(/about/);
    await page.mouse.click(20, 400);
    await page.clock.runFor(1_000);
    await question(page).waitFor();
    await page.keyboard.press('Enter');
    expect(sent(server)).toEqual([]);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await question(page).waitFor({ state: 'detached' });
    expect(await page.locator('.code').innerText()).toContain('48K2');
    await page.clock.fastForward(41_000);
    await question(page).waitFor();
    await page.clock.fastForward(21_000);
    await page.getByText('请点一下您要办的业务').waitFor();
    expect(await page.getByRole('alertdialog').count()).toBe(0);
    await tap(page, '预约签到');
    expect(await page.locator('.code').innerText()).not.toContain('48K2');
  });

  it('waits twice as long for a customer with large type, and forgets it with them', async () => {
    const { page } = await stand(usualKiosk, ticketed, { clock: true });
    await tap(page, '大字版');
    await tap(page, '更多业务');
    await tap(page, 'English');
    await page.clock.fastForward(79_000);
    expect(await page.getByRole('alertdialog').count()).toBe(0);
    await page.clock.fastForward(2_000);
    await page.getByRole('alertdialog', { name: 'Are you still there?' }).waitFor();
    await page.clock.fastForward(38_000);
    await page.keyboard.press('Escape');
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    await page.clock.fastForward(121_000);
    await page.getByText('请点一下您要办的业务').waitFor();
    await tap(page, '大字版');
    await page.getByRole('button', { name: '更多业务' }).waitFor();
  });

  it('a ticket can be shown longer, then makes room for the next customer', async () => {
    const { page } = await stand(usualKiosk, ticketed, { clock: true });
    await tap(page, 'English');
    await tap(page, /Cash deposit/);
    await tap(page, 'Take my ticket');
    await page.getByText('A043', { exact: true }).waitFor();
    await page.clock.fastForward(30_000);
    await tap(page, 'Show it longer');
    await page.getByText(/Back to the start in/).waitFor({ state: 'detached' });
    await page.clock.fastForward(46_000);
    await page.getByText('请点一下您要办的业务').waitFor();
  });

  it('a ticket and an answer count down beside what they show, and one touch or key is enough to keep them', async () => {
    const { page } = await stand(usualKiosk, ticketed, { clock: true });
    const returns = page.getByText(/秒后返回首页/);
    const kept = async (by: () => Promise<unknown>): Promise<void> => {
      await page.clock.fastForward(30_000);
      await returns.waitFor();
      await by();
      await returns.waitFor({ state: 'detached' });
      await page.clock.fastForward(10_000);
      expect(await returns.count()).toBe(0);
    };
    await tap(page, /现金存取/);
    await tap(page, '取号');
    await page.getByText('A043', { exact: true }).waitFor();
    await kept(() => page.locator('.number').tap());
    await tap(page, '我需要帮助');
    await page.getByText('工作人员马上就来').waitFor();
    await kept(() => page.locator('h1').tap());
    await kept(() => tap(page, '多看一会儿'));
    await kept(() => page.keyboard.press('Shift'));
    await page.clock.fastForward(36_000);
    await page.getByText('请点一下您要办的业务').waitFor();
  });
});

describe('read aloud', () => {
  const listening = async (view?: KioskView, short = false) => {
    const stage = await stand(view, ticketed, { prepare: (page) => listen(page, { short }) });
    const said = async (name: string): Promise<Played[]> => {
      await until(stage.page, `window.__played.some((one) => one.name === '${name}')`);
      return heard(stage.page);
    };
    return { ...stage, said };
  };
  const sounded = (played: Played[]): Played[] => played.filter(({ ended }) => ended);

  it('[W-25] follows one customer from screen to screen, one voice at a time, and stops when told to', async () => {
    const { page, said } = await listening();
    await tap(page, '朗读');
    await said('zh-kiosk-pick-one');
    await page.locator('.tile.said', { hasText: '现金存取' }).waitFor();
    await tap(page, /现金存取/);
    const before = (await said('zh-kiosk-your-choice')).map(({ name }) => name);
    expect(before.slice(0, 2)).toEqual(['zh-kiosk-pick-one', 'zh-kiosk-cash-service']);
    await page.locator('li.said', { hasText: '现金存取' }).waitFor();
    // Back is to choose anew, not to leave: the voice goes on with the screen that is shown.
    await tap(page, '返回');
    await page.locator('.tile.said', { hasText: '现金存取' }).waitFor();
    await tap(page, /现金存取/);
    await page.locator('li.said', { hasText: '现金存取' }).waitFor();
    await tap(page, '停止朗读');
    await page.locator('.said').waitFor({ state: 'detached' });
    const silent = (await heard(page)).length;
    // What was cut off did not sound on, and no two sounded at once.
    const whole = sounded(await heard(page));
    whole.slice(1).forEach(({ at }, i) => expect(at).toBeGreaterThanOrEqual(whole[i]!.end - 0.001));
    // Stopped is stopped: the next screen is silent, and so it begins for the next customer.
    await tap(page, '返回');
    await page.getByRole('button', { name: '朗读', exact: true }).waitFor();
    expect(await heard(page)).toHaveLength(silent);
  });

  it('[W-25] the ticket’s number, sign by sign, in the language chosen; the next customer finds it off', async () => {
    const { page, said } = await listening(usualKiosk, true);
    await tap(page, 'English');
    await tap(page, 'Larger text');
    await tap(page, /New or replacement card/);
    await tap(page, 'Back');
    await page.getByRole('button', { name: 'Usual size' }).waitFor();
    await tap(page, /Cash deposit/);
    // What was chosen before is not: one service, so none to remove.
    expect(await page.getByRole('button', { name: /^Remove/ }).count()).toBe(0);
    await tap(page, 'Take my ticket');
    await page.getByText('A043', { exact: true }).waitFor();
    await tap(page, 'Read aloud');
    await page.getByRole('button', { name: 'Read again' }).waitFor();
    const names = (await said('en-kiosk-say-scan')).map(({ name }) => name);
    expect(names).toEqual([
      ...['en-kiosk-your-number', 'en-a', 'en-0', 'en-4', 'en-3'],
      ...['en-9', 'en-kiosk-before'],
      ...['en-kiosk-expected', 'en-kiosk-about', 'en-6', 'en-kiosk-up-to', 'en-14', 'en-kiosk-minutes'],
      ...['en-kiosk-keep-number', 'en-kiosk-say-scan'],
    ]);
    await tap(page, 'Done');
    await page.getByRole('button', { name: '朗读', exact: true }).waitFor();
    expect(await heard(page)).toHaveLength(names.length);
  });

  it('[W-26] a service without a recording is left to the eye, and the screen is pointed to; notices come in their order', async () => {
    // Two notices whose words happen to be recorded, listed against their order.
    const notice = (zh: string, order: number) => ({
      kind: 'incident' as const,
      order,
      text: { zh, en: zh },
    });
    const notices = { later: notice('正在打印号票…', 1), first: notice('请到大堂经理处取号', 0) };
    const { page } = await listening({ ...usualKiosk, notices }, true);
    expect(await page.locator('.notice p').allInnerTexts()).toEqual([
      expect.stringContaining('大堂经理'),
      expect.stringContaining('打印'),
    ]);
    await tap(page, '朗读');
    await page.getByRole('button', { name: '再念一遍' }).waitFor();
    expect((await heard(page)).map(({ name }) => name)).toEqual([
      ...['zh-kiosk-offline', 'zh-kiosk-printing'],
      ...['zh-kiosk-pick-one', 'zh-kiosk-cash-service', 'zh-kiosk-foreign-exchange'],
      ...['zh-kiosk-say-offers', 'zh-look'],
    ]);
  });

  it('[W-26] a machine that can play no sound says so, and offers a person', async () => {
    const { server, page } = await stand(usualKiosk, ticketed, {
      prepare: (asked) => asked.addInitScript('delete window.AudioContext'),
    });
    await tap(page, '朗读');
    await page
      .getByRole('alertdialog', { name: '现在不能朗读' })
      .getByRole('button', { name: '我需要帮助' })
      .tap();
    await page.getByText('工作人员马上就来').waitFor();
    expect(sent(server)).toEqual([{ type: 'RequestHelp', place: 'kiosk' }]);
  });
});

describe('honest states', () => {
  it('[W-28] where nobody waits and it takes long all the same, the range says that the windows are busy', async () => {
    const { page } = await stand({
      ...usualKiosk,
      services: {
        cash: { ...usualKiosk.services['cash']!, waiting: 0, minutes: { low: 20, high: 23 } },
        loan: { ...usualKiosk.services['loan']!, waiting: 0, minutes: { low: 1, high: 3 } },
      },
    });
    const [cash = '', loan = ''] = await page.locator('.tile').allInnerTexts();
    expect(cash.split('\n').slice(1, 3)).toEqual(['无人等候', '约 20–23 分钟，窗口正忙']);
    expect(loan.split('\n').slice(1, 3)).toEqual(['无人等候', '约 1–3 分钟']);
    await page.locator('.tile').first().tap();
    expect(await page.locator('.wait').innerText()).toMatch(/无人等候\s+约 20–23 分钟，窗口正忙/);
  });

  it('a service without a basis says so, a closed one says why and cannot be touched', async () => {
    const { page } = await stand(kiosks.peakKiosk);
    expect(await page.getByRole('button', { name: /转账汇款/ }).innerText()).toContain('时间暂无法预计');
    const tiles = await page.locator('.tile.closed').allInnerTexts();
    expect(tiles.map((tile) => tile.split('\n').at(-1))).toEqual([
      '今天的号已取完',
      '现在不在办理时间',
      '今日取号已结束',
    ]);
    expect(await page.getByRole('button', { name: /贷款/ }).count()).toBe(0);
  });

  it('[W-23] a service without a staffed window says so, and still gives a ticket', async () => {
    const { server, page } = await stand(kiosks.earlyKiosk);
    const tile = page.getByRole('button', { name: /外币兑换/ });
    expect(await tile.innerText()).toContain('暂时没有窗口办理');
    expect(await tile.innerText()).not.toContain('时间暂无法预计');
    await tile.tap();
    await page.getByText('也请先问一问大堂经理').waitFor();
    await tap(page, '取号');
    await page.getByText('A043', { exact: true }).waitFor();
    expect(sent(server)).toEqual([{ type: 'IssueTicket', serviceIds: ['foreign'] }]);
  });

  it.each([
    ['ticketsEndedKiosk', '今日取号已结束'],
    ['closedKiosk', '现在没有营业'],
  ] as const)('%s offers no service', async (name, words) => {
    const { page } = await stand(kiosks[name]);
    await page.getByRole('heading', { name: words }).waitFor();
    expect(await page.locator('button.tile').count()).toBe(0);
    expect(await page.getByRole('button', { name: '预约签到' }).count()).toBe(0);
  });

  it('[V-4][W-56] without the server it sends people to the lobby manager, and recovers by itself; so do its notices', async () => {
    const { server, page } = await stand(kiosks.peakKiosk, ticketed, { clock: true });
    const band = page.locator('.notice');
    // What a screen reader hears stands always and is filled when one comes; the band for the eyes says nothing again.
    await page.evaluate(`window.heard = document.querySelector('.kiosk-page > [role=status]')`);
    // A second notice does not make the first be heard again.
    expect(await page.evaluate(`window.heard.getAttribute('aria-atomic')`)).toBe('false');
    expect(await page.locator('.notices').ariaSnapshot()).toBe('');
    server.down();
    await page.locator('main.still').waitFor();
    // As still as the tiles: nobody knows whether they stand yet.
    expect(await page.locator('.notices.still').count()).toBe(1);
    await page.clock.fastForward(16_000);
    await page.getByRole('heading', { name: '请到大堂经理处取号' }).waitFor();
    expect(await band.count()).toBe(0);
    expect(await page.getByRole('button', { name: '我需要帮助' }).count()).toBe(0);
    server.up();
    await page.clock.fastForward(6_000);
    await page.getByRole('button', { name: /现金存取/ }).waitFor();
    expect(await band.count()).toBe(2);
    await page.getByRole('button', { name: /现金存取/ }).tap();
    expect(await band.count()).toBe(0);
    expect(await page.evaluate('window.heard.isConnected && window.heard.children.length')).toBe(2);
  });

  it('says nothing of tiers or priority', async () => {
    const { page } = await stand();
    expect(await page.locator('body').innerText()).not.toMatch(/爱心|优先|贵宾|VIP|priority/i);
  });
});
