/** Both staff pages in every state and both languages, as a careful eye would go over them. */
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.js';
import { accessibilityFaults, clippedTexts, overlappingTexts } from '../support/layout.js';
import { closeStaffPages, dialog, showStaff, sidewaysOverflow } from '../support/staffPage.js';
import type { ManagerView, TellerView } from '../../src/protocol/views.js';
import { smallTargets } from '../support/targets.js';
import { windowLabel } from '../support/views/branch.js';
import { managers } from '../support/views/manager.js';
import { tellers } from '../support/views/teller.js';

const TARGET = 48;
const langs = ['zh', 'en'] as const;
type Lang = (typeof langs)[number];

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterEach(closeStaffPages);
afterAll(() => browser.close());

async function looksRight(page: Page): Promise<void> {
  expect(await clippedTexts(page)).toEqual([]);
  expect(await overlappingTexts(page)).toEqual([]);
  expect(await smallTargets(page, TARGET)).toEqual([]);
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(await sidewaysOverflow(page)).toBe(false);
}

describe.each(langs)('in %s', (lang: Lang) => {
  it.each(Object.entries(tellers))('teller: %s', async (_name, view) => {
    const { page } = await showStaff(browser, 'teller', view, { lang });
    await looksRight(page);
  });

  it.each(Object.entries(managers))('manager: %s', async (_name, view) => {
    const { page } = await showStaff(browser, 'manager', view, { lang });
    await looksRight(page);
  });

  it.each<[string, TellerView, RegExp | string]>([
    ['transfer', tellers.servingTeller, 'F10'],
    ['pause', tellers.freeTeller, 'F6'],
    ['long service', tellers.servingTeller, /^(需要更久|Takes longer)/],
    ['another service', tellers.servingTeller, /^(加办业务|Add service)/],
    ['this window', tellers.servingTeller, /^(本窗口|This window)$/],
    ['call someone else', tellers.freeTeller, /^(叫别的号|Call someone else)$/],
    ['take over', tellers.signOnTeller, /^(2 号窗口|Window 2)/],
    ['what to prepare', tellers.alertTeller, /^(需要准备什么|What to prepare)$/],
    ['priority', tellers.unattendedTeller, /^(优先服务|Priority)$/],
  ])('teller, dialog open: %s', async (_name, view, opener) => {
    const { page } = await showStaff(browser, 'teller', view, {
      lang,
      answers: { RevealNeeds: { needs: ['lowCounter', 'slowSpeech', 'infantSeat'] } },
    });
    if (typeof opener === 'string') await page.keyboard.press(opener);
    else await page.getByRole('button', { name: opener }).click();
    await dialog(page).waitFor();
    await looksRight(page);
  });

  it.each<[string, TellerView, RegExp[]]>([
    ['a flagged customer', tellers.unattendedTeller, [/^(查看|See) B054$/]],
    ['not found', tellers.unattendedTeller, [/^(查看|See) A051$/]],
    ['amend', tellers.unattendedTeller, [/^(查看|See) B054$/, /^(更改协助|Change what helps)$/]],
    ['decline', tellers.unattendedTeller, [/^(查看|See) B054$/, /^(客户不要优先|Prefers no priority)$/]],
    ['who asked for help', tellers.unattendedTeller, [/^(B019 优先服务|Priority for B019)$/]],
    ['the own customer', tellers.calledCareTeller, [/^(这位客户|This customer)$/]],
    ['the reason for calling someone else', tellers.freeTeller, [/^(叫别的号|Call someone else)$/, /^A042/]],
    ['leave', tellers.calledTeller, [/^(这位客户|This customer)$/, /^(客户离开|Leaves)$/]],
  ])('[W-44] teller, dialog open: %s', async (_name, view, path) => {
    const { page } = await showStaff(browser, 'teller', view, { lang });
    const [first, ...rest] = path;
    await page.getByRole('button', { name: first! }).click();
    for (const name of rest) await dialog(page).getByRole('button', { name }).click();
    await dialog(page).waitFor();
    await looksRight(page);
  });

  it.each<[string, ManagerView, RegExp[]]>([
    ['who', managers.peakManager, [/^(优先服务|Priority service)$/]],
    ['needs', managers.usualManager, [/^(优先服务|Priority service)$/, /^B019/]],
    [
      'needs and service',
      managers.usualManager,
      [/^(优先服务|Priority service)$/, /^(还没有号票|No ticket yet)$/],
    ],
    ['plan', managers.manyManager, [/^A054/, /^(安排爱心窗口|Arrange a love window)$/]],
    ['visit', managers.manyManager, [/^B021 (优先|Priority)/]],
    ['move', managers.usualManager, [/^A041/, /^(调整顺序|Move in the line)$/]],
    ['join', managers.peakManager, [/^A1100/, /^(合并号票|Join tickets)$/]],
    ['specialist', managers.usualManager, [/^A041/, /^(请专员|Call a specialist)$/]],
    ['amend', managers.manyManager, [/^B021 (优先|Priority)/, /^(更改协助|Change what helps)$/]],
    ['decline', managers.manyManager, [/^B021 (优先|Priority)/, /^(客户不要优先|Prefers no priority)$/]],
    ['leave', managers.usualManager, [/^A041/, /^(客户离开|Leaves)$/]],
    ['window', managers.careManager, [/^(1 号窗口|Window 1)/, /^(如果关这个窗口|If this window closed)$/]],
    ['window, pausing', managers.usualManager, [/^(1 号窗口|Window 1)/, /^(暂停|Pause)$/]],
    ['ticket', managers.usualManager, [/^(代取号|Take a ticket)$/]],
    ['bookings', managers.usualManager, [/^(预约|Booked)/]],
    ['booking', managers.usualManager, [/^(预约|Booked)/, /^(新预约|Book a time)$/]],
    ['care round', managers.usualManager, [/^(问候|Care round)/]],
    ['the day', managers.usualManager, [/^(营业日|The day)$/]],
    ['another’s duty', managers.manyManager, [/^(营业日|The day)$/, /^(结束值守|End duty of) /]],
  ])('manager, dialog open: %s', async (_name, view, path) => {
    const { page } = await showStaff(browser, 'manager', view, {
      lang,
      answers: {
        PreviewLoveWindow: {
          visitId: 'A054',
          version: 2,
          counterId: 'w2',
          label: windowLabel(2),
          minutes: 6,
          cost: { others: 1, minutes: 1.2 },
        },
        PreviewStaffing: {
          zones: [
            { zone: 'nonCash', before: { low: 12, high: 19 }, after: { low: 21, high: 33 } },
            { zone: 'corporate', before: { low: 3, high: 6 } },
          ],
          waiting: { people: 14, before: 9.4, after: 15.2, unserved: { before: 0, after: 3 } },
        },
      },
    });
    const [first, ...rest] = path;
    await page.getByRole('button', { name: first! }).first().click();
    for (const name of rest) await dialog(page).getByRole('button', { name }).click();
    await dialog(page).waitFor();
    await looksRight(page);
  });

  it('the sign-in form', async () => {
    const { page } = await showStaff(browser, 'manager', managers.closedManager, {
      lang,
      refuse: { code: 'not-signed-in', params: {} },
    });
    await looksRight(page);
  });
});
