/**
 * A teller's whole day on a real server with the keyboard alone: no mouse, no touch, not once. Wherever the focus goes
 * it can be seen, and each dialog gives it back [W-46].
 */
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.js';
import { BranchServer } from '../support/branchServer.js';
import { PATIENCE_MS, steps } from '../support/steps.js';

const PASSWORD = 'a quiet morning 2026';

let browser: Browser;
let branch: BranchServer;
let page: Page;
let manager: string;
let colleague: string;

beforeAll(async () => {
  browser = await launchBrowser();
  branch = await BranchServer.start();
  manager = await branch.hire({ id: 'm1', name: '大堂经理', role: 'lobbyManager' });
  colleague = await branch.hire({ id: 't2', name: '二号柜员', role: 'teller' });
  await branch.hire({ id: 'chen', name: '一号柜员', role: 'teller', password: PASSWORD });
  await branch.ok(manager, { type: 'OpenDay' });
  await branch.ok(manager, { type: 'StartDuty' });
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(10_000);
}, PATIENCE_MS);
afterAll(async () => {
  await browser.close();
  await branch.close();
});

const key = (name: string): Promise<void> => page.keyboard.press(name);
const says = (words: string | RegExp): Promise<void> =>
  page.getByText(words).filter({ visible: true }).first().waitFor();
const dialog = () => page.getByRole('dialog');
const closed = (): Promise<void> => dialog().waitFor({ state: 'detached' });
const issue = (serviceId = 'cash') => branch.ok(manager, { type: 'IssueTicket', serviceIds: [serviceId] });
const visit = async (ticket: string) => {
  const { state } = await branch.state();
  return Object.values(state.visits).find((each) => each.ticket === ticket)!;
};

/** What has the focus: its name, and whether a ring shows around it or around the tile that it is the heart of. */
const focus = (): Promise<{ name: string; ring: boolean }> =>
  page.evaluate(`(() => {
    const at = document.activeElement;
    const ringed = (element) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
    };
    const words = at.getAttribute('aria-label') ?? (at.closest('label') ?? at).textContent;
    return {
      name: at === document.body ? '' : words.replace(/\\s+/g, ' ').trim(),
      ring: ringed(at) || (at.closest('label') !== null && ringed(at.closest('label'))),
    };
  })()`);

/** Tab until the focus is on what has that name, as somebody without a mouse does. */
async function tabTo(name: RegExp): Promise<void> {
  const met: string[] = [];
  for (let presses = 0; presses < 45; presses += 1) {
    await key('Tab');
    const at = await focus();
    met.push(at.name);
    // The window itself may have it between the last thing and the first.
    if (at.name !== '' && !at.ring) throw new Error(`no ring around "${at.name}"`);
    if (name.test(at.name)) return;
  }
  throw new Error(`the keyboard never reaches ${String(name)}: ${met.join(' → ')}`);
}
const enter = async (name: RegExp): Promise<void> => {
  await tabTo(name);
  await key('Enter');
};
/** Once the dialog has gone the focus is on what opened it, and seen there. */
async function givenBackTo(name: RegExp): Promise<void> {
  await closed();
  const at = await focus();
  expect(at.name).toMatch(name);
  expect(at.ring).toBe(true);
}
async function callAndStart(): Promise<void> {
  await key('F2');
  await says('已呼叫 1 次');
  await key('F4');
  await says('正在办理');
}
async function callAgain(): Promise<void> {
  await branch.step(21_000);
  await page.locator('[aria-keyshortcuts="F3"]:enabled').waitFor();
  await key('F3');
  await says('已呼叫 2 次');
}
async function finish(): Promise<void> {
  await key('F8');
  await page.getByText('正在办理').waitFor({ state: 'detached' });
}

const step = steps();

describe('[W-46] a teller’s day by keys', () => {
  step('signs in, and signs on to the window', async () => {
    await page.goto(`${branch.url}/teller/`);
    await page.getByLabel('登录名').and(page.locator(':focus')).waitFor();
    await page.keyboard.type('chen');
    await key('Tab');
    await page.keyboard.type(PASSWORD);
    await key('Enter');
    await says('今天在哪个窗口？');
    await enter(/^4 号窗口/);
    await says('现在没有客户等候');
  });

  step(
    'alone at the windows a pause is refused in words [L7], and the dialog closes with Escape',
    async () => {
      await key('F6');
      await dialog().waitFor();
      await key('Space');
      await key('Enter');
      await page
        .getByRole('alert')
        .getByText(/最后一个/)
        .waitFor();
      await key('Escape');
      await closed();
      await branch.ok(colleague, { type: 'SignOn', counterId: 'w1' });
    },
  );

  step('calls, calls again, starts, and opens and closes why this one', async () => {
    await says((await issue()).ticket);
    await key('F2');
    await says('已呼叫 1 次');
    await callAgain();
    await key('F4');
    await says('正在办理');
    const bare = page.getByText(/^排序值/);
    await enter(/^更多说明$/);
    await bare.waitFor();
    await key('Enter');
    await bare.waitFor({ state: 'detached' });
    expect((await focus()).name).toBe('更多说明');
  });

  step('says that it takes longer; the focus comes back to where it was', async () => {
    await enter(/^需要更久$/);
    await dialog().waitFor();
    await key('Escape');
    await givenBackTo(/^需要更久$/);
    await key('Enter');
    await dialog().waitFor();
    await key('ArrowDown');
    await key('Enter');
    await says('预计到');
    await givenBackTo(/^需要更久$/);
    expect((await visit('A001')).stage).toHaveProperty('long.minutes');
  });

  step('sets the customer aside and calls them back, takes a finish back, and finishes', async () => {
    await key('F7');
    await says('暂缓的客户');
    await enter(/^继续办理 A001$/);
    await says('已呼叫 1 次');
    await key('F4');
    await says('正在办理');
    await finish();
    await enter(/^撤销/);
    await says('正在办理');
    await finish();
    expect((await visit('A001')).stage).toMatchObject({ status: 'ended', how: 'served' });
  });

  step('transfers to another service of the own window, and serves that too', async () => {
    await says((await issue()).ticket);
    await callAndStart();
    const [first] = (await visit('A002')).services;
    await key('F10');
    await dialog().waitFor();
    await key('Space');
    await key('Enter');
    await closed();
    const after = await visit('A002');
    expect(after.services[0]).not.toBe(first);
    // Whoever takes it next: the number stays.
    expect(after.ticket).toBe('A002');
  });

  step('calls somebody by number, for a reason', async () => {
    await issue();
    const { ticket } = await issue();
    // Held a little long, the key that opens the list chooses nobody in it.
    await tabTo(/^叫别的号$/);
    await page.keyboard.down('Enter');
    const first = dialog().getByRole('listitem').first().getByRole('button');
    await first.and(page.locator(':focus')).waitFor();
    await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    expect(await dialog().getByRole('radio').count()).toBe(0);
    await enter(new RegExp(`^${ticket}`));
    await page.getByText('为什么先叫这位').waitFor();
    await page.getByRole('radio').first().and(page.locator(':focus')).waitFor();
    await key('Space');
    await key('Enter');
    await closed();
    await says('由工作人员指定');
    expect((await visit(ticket)).stage).toMatchObject({ status: 'called', counterId: 'w4' });
    await key('F4');
    await says('正在办理');
    await finish();
  });

  step('marks a no-show after the second call, and takes the customer up when they are back', async () => {
    await key('F2');
    await says('已呼叫 1 次');
    const ticket = await page.locator('[aria-label="当前客户"] .ticket').innerText();
    await callAgain();
    await key('F9');
    await says('过号的客户');
    await enter(new RegExp(`^${ticket} 客户回来了$`));
    await says(`${ticket} 回到等候`);
    await callAndStart();
    await finish();
  });

  step('pauses for a reason and resumes', async () => {
    await key('F6');
    await dialog().waitFor();
    await key('ArrowDown');
    await key('Enter');
    await says('窗口暂停服务');
    await closed();
    await key('F6');
    await page.getByText('窗口暂停服务').waitFor({ state: 'detached' });
  });

  step('asks for help', async () => {
    await enter(/^请人协助$/);
    await says('已通知大堂');
    expect((await focus()).name).toBe('请人协助');
  });

  step(
    'answers the love window, reads what to prepare, receives and sees off; then calls as usual',
    async () => {
      const { visitId, ticket } = await branch.ok(manager, {
        type: 'FlagNewVisit',
        serviceIds: ['cash'],
        needs: ['lowCounter'],
        consent: true,
      });
      const { version } = await visit(ticket);
      const { episodeId } = await branch.ok(manager, {
        type: 'ConfirmLoveWindow',
        visitId,
        version,
        counterId: 'w4',
      });
      await says(`爱心窗口：请接待 ${ticket}`);
      await key('F1');
      await says('已确认');
      await enter(/^需要准备什么$/);
      await dialog().getByText('低位台面').waitFor();
      await key('Escape');
      await givenBackTo(/^需要准备什么$/);
      await branch.ok(manager, { type: 'MarkOnTheWay', episodeId });
      await branch.ok(manager, { type: 'MarkArrived', episodeId });
      await says('客户已到窗口前');
      await callAndStart();
      await finish();
      await says('正常叫号');
      await issue();
      await page.locator('[aria-keyshortcuts="F2"]:enabled').waitFor();
      await callAndStart();
      expect((await branch.state()).state.counters['w4']?.hold).toBeUndefined();
      await finish();
    },
  );

  step('puts the seven steps away, signs off, and signs out', async () => {
    await enter(/^收起$/);
    await page.getByRole('region', { name: '服务七步曲' }).waitFor({ state: 'detached' });
    await enter(/^本窗口$/);
    await dialog().waitFor();
    await key('Escape');
    await givenBackTo(/^本窗口$/);
    await key('Enter');
    await enter(/^签退$/);
    await says('今天在哪个窗口？');
    expect((await branch.state()).state.counters['w4']?.teller).toBeUndefined();
    await enter(/^退出登录$/);
    await page.getByLabel('登录名').and(page.locator(':focus')).waitFor();
  });
});
