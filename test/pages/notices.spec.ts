/** Posting and taking down what boards and kiosks tell everybody. */
import type { Browser, Page } from 'playwright-core';
import type { NoticeCard } from '../../src/protocol/views.js';
import { launchBrowser } from '../support/browser.js';
import { accessibilityFaults, clippedTexts, overlappingTexts } from '../support/layout.js';
import { photograph } from '../support/photograph.js';
import { closeStaffPages, commandsReach, dialog, showStaff } from '../support/staffPage.js';
import { smallTargets } from '../support/targets.js';
import { emptyManager, noticesManager } from '../support/views/manager.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterEach(closeStaffPages);
afterAll(() => browser.close());

const button = (page: Page, name: string | RegExp) => dialog(page).getByRole('button', { name, exact: true });

async function looksRight(page: Page): Promise<void> {
  expect(await clippedTexts(page)).toEqual([]);
  expect(await overlappingTexts(page)).toEqual([]);
  expect(await smallTargets(page, 48)).toEqual([]);
  expect(await accessibilityFaults(page)).toEqual([]);
}

/** [W-89] For each kind in turn; the form is then as it was. */
async function whollyInSight(page: Page): Promise<void> {
  const kinds = dialog(page).getByRole('group').first().getByRole('radio');
  for (const at of [2, 1, 0]) {
    await kinds.nth(at).check({ force: true });
    const beyond = `(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)(document.querySelector('.lw-dialog .body'))`;
    expect(await page.evaluate<number>(beyond)).toBe(0);
    await photograph(page);
  }
}

it('[W-54, W-89] by touch: what stands with its time, two taps take one down, a ready-made one is posted', async () => {
  const { page, sent } = await showStaff(browser, 'manager', noticesManager, { touch: true });
  await page.getByRole('button', { name: /^公告/ }).tap();
  const more = await dialog(page).locator('li .more').allInnerTexts();
  expect(more[0]).toContain('还有 20 分钟 · 10:50 结束');
  expect(more[0]).toContain('大堂经理 发布');
  expect(more[1]).toContain('即将结束');
  expect(more[2]).toMatch(/^22:30 结束/);
  await looksRight(page);

  await button(page, /^撤下：雨天/).tap();
  expect(sent()).toEqual([]);
  // The second step is the same button, which keeps the focus and still says what it takes down.
  const sure = button(page, /^确定撤下：雨天/);
  await sure.waitFor();
  expect(await page.evaluate<string>('document.activeElement.innerText')).toBe('确定撤下');
  await photograph(page);
  await sure.tap();
  expect(await commandsReach(sent, 1, page)).toEqual([{ type: 'WithdrawNotice', noticeId: 'n2' }]);

  await button(page, '发布公告').tap();
  await whollyInSight(page);
  await dialog(page).getByLabel('天气提示').tap();
  await dialog(page)
    .getByLabel(/^天气炎热/)
    .tap();
  // Half a day is no whole day: each says when it ends.
  await dialog(page)
    .getByLabel(/12 小时.*最晚 22:30 结束/)
    .waitFor();
  await dialog(page)
    .getByLabel(/^1 小时.*11:30 结束/)
    .tap();
  await looksRight(page);
  await button(page, '发布').tap();
  const [, posted] = await commandsReach(sent, 2, page);
  expect(posted).toEqual({
    type: 'PostNotice',
    kind: 'weather',
    text: {
      zh: '天气炎热，大堂备有饮用水，请随意取用',
      en: 'It is hot today. Drinking water is ready in the lobby; please help yourself.',
    },
    minutes: 60,
  });
  await page.getByText('公告已发布').waitFor();
  await button(page, '发布公告').waitFor();
});

it('[W-55, W-89] by keyboard, in English: own words need both languages, a reason is pointed out, a refusal is told', async () => {
  const answers = { PostNotice: 'notice-ticket' as const };
  const { page, sent, server } = await showStaff(browser, 'manager', emptyManager, { lang: 'en', answers });
  await page.getByRole('button', { name: /^Notices/ }).press('Enter');
  await button(page, 'Post a notice').press('Enter');
  await whollyInSight(page);
  await dialog(page).getByLabel('Slide', { exact: false }).first().press('Space');
  await looksRight(page);
  await dialog(page).getByLabel('Chinese title').fill('服务提示');
  await dialog(page).getByLabel('English title').fill('Please note');
  await dialog(page).getByLabel('Chinese', { exact: true }).fill('A037 号孕妇已优先办理');
  // Own words outlive another kind, a closed dialog, and a ready-made notice until one says so.
  const chinese = dialog(page).getByLabel('Chinese', { exact: true });
  await dialog(page).getByLabel('Weather', { exact: false }).first().press('Space');
  expect(await chinese.inputValue()).toBe('A037 号孕妇已优先办理');
  await dialog(page)
    .getByLabel(/^It is hot/)
    .press('Space');
  await dialog(page).getByText('This replaces the words you have written.').waitFor();
  expect(await chinese.inputValue()).toBe('A037 号孕妇已优先办理');
  await looksRight(page);
  await button(page, 'Keep mine').press('Enter');
  expect(
    await dialog(page)
      .getByLabel(/^It is hot/)
      .isChecked(),
  ).toBe(false);
  expect(await page.evaluate<string>('document.activeElement.type')).toBe('radio');
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /^Notices/ }).press('Enter');
  await button(page, 'Go on writing').press('Enter');
  await dialog(page).getByLabel('Slide', { exact: false }).first().press('Space');
  expect(await dialog(page).getByLabel('English title').inputValue()).toBe('Please note');
  expect(await chinese.inputValue()).toBe('A037 号孕妇已优先办理');
  await dialog(page)
    .getByLabel(/^Here to help/)
    .press('Space');
  await button(page, 'Replace').press('Enter');
  expect(await dialog(page).getByLabel('English title').inputValue()).toBe('Here to help');
  // Nobody's own words: another ready-made one needs no question, and another kind begins anew.
  await dialog(page)
    .getByLabel(/^Mobile banking/)
    .press('Space');
  expect(await dialog(page).getByLabel('English title').inputValue()).toBe('Mobile banking');
  await dialog(page).getByLabel('Weather', { exact: false }).first().press('Space');
  expect(await chinese.inputValue()).toBe('');
  await dialog(page).getByLabel('Slide', { exact: false }).first().press('Space');
  await dialog(page).getByLabel('Chinese title').fill('服务提示');
  await dialog(page).getByLabel('English title').fill('Please note');
  await chinese.fill('A037 号孕妇已优先办理');
  await button(page, 'Post').press('Enter');
  await dialog(page).getByText('This is needed.').waitFor();
  expect(await page.evaluate<string>('document.activeElement.lang')).toBe('en');
  expect(sent()).toEqual([]);
  await dialog(page).getByLabel('English', { exact: true }).fill('A037 is served first');
  await button(page, 'Post').press('Enter');
  await dialog(page)
    .getByText(/If it is fine, choose “Post” once more/)
    .waitFor();
  expect(await dialog(page).locator('.warn').innerText()).toMatch(/first\.\s+If it is fine/);
  expect(sent()).toEqual([]);
  await button(page, 'Post').press('Enter');
  await dialog(page)
    .getByText(/leave out any customer’s number/)
    .waitFor();
  expect(await dialog(page).getByLabel('English', { exact: true }).inputValue()).toBe('A037 is served first');
  const told = await dialog(page).getByRole('alert').boundingBox();
  const foot = await dialog(page).locator('footer').boundingBox();
  expect((told?.y ?? 0) + (told?.height ?? 0)).toBeLessThanOrEqual((foot?.y ?? 0) + 1);
  await looksRight(page);

  // As many as fit: that kind can't be chosen; all of them, and nothing can be posted.
  const card: NoticeCard = {
    kind: 'weather',
    order: 0,
    text: { zh: '雨', en: 'Rain' },
    at: 0,
    until: 1,
    by: 'm',
  };
  const many = (kind: NoticeCard['kind'], n: number) =>
    Object.fromEntries(Array.from({ length: n }, (_, i) => [`${kind}${String(i)}`, { ...card, kind }]));
  server.show({ ...emptyManager, notices: many('weather', 3) });
  await dialog(page)
    .getByText(/^Full: take one down first/)
    .first()
    .waitFor();
  await button(page, 'Back').press('Enter');
  server.show({ ...emptyManager, notices: { ...many('weather', 3), ...many('slide', 6) } });
  await dialog(page)
    .getByText(/as many as fit/)
    .waitFor();
  expect(await button(page, 'Go on writing').isDisabled()).toBe(true);
});
