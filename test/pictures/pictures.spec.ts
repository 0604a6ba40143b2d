/**
 * The pictures of the README: `npm run pictures` plays an hour of a made-up morning on a real server and photographs
 * each screen at its real size into docs/images. Nothing in it is random but by a fixed seed.
 */
import { mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import type { LobbyState, Visit } from '../../src/lobby/state.js';
import { BranchServer } from '../support/branchServer.js';
import { launchBrowser } from '../support/browser.js';
import { Screens } from '../support/screens.js';
import type { Screen } from '../support/screens.js';

const FOLDER = resolve('docs/images');
const MOST_BYTES = 300_000;
const MINUTE = 60_000;
const LONGEST_MS = 240_000;

const names = [
  '一号柜员',
  '二号柜员',
  '三号柜员',
  '四号柜员',
  '五号柜员',
  '六号柜员',
  '七号柜员',
  '八号柜员',
];
const arriving = [
  'cash',
  'personal',
  'cash',
  'personalComplex',
  'cash',
  'corporate',
  'cashComplex',
  'personal',
];
/** Minutes that a service takes; the first of it is the walk to the window. */
const takes: Record<string, number> = {
  cash: 4,
  personal: 5,
  corporate: 6,
  cashComplex: 9,
  personalComplex: 11,
};

let browser: Browser;
let branch: BranchServer;
let screens: Screens;
let manager: string;
const tellers: Record<string, string> = {};
const phones: Record<string, string> = {};

const visitOf = (state: LobbyState, ticket: string): Visit =>
  Object.values(state.visits).find((visit) => visit.ticket === ticket)!;

async function issue(serviceIds: string[], tier: 0 | 2 = 0): Promise<string> {
  const issued = await branch.ok(manager, { type: 'IssueTicket', serviceIds, tier });
  phones[issued.ticket] = `${issued.visitId}.${issued.token!}`;
  return issued.ticket;
}

/** One minute in the lobby: customers come, those who are done go, free windows call. */
async function playMinute(minute: number): Promise<void> {
  const coming = minute % 3 === 0 ? 2 : 1;
  for (let i = 0; i < coming; i += 1)
    await issue([arriving[(minute * 5 + i * 3) % arriving.length]!], minute === 47 ? 2 : 0);
  const { state, now } = await branch.state();
  for (const [counterId, token] of Object.entries(tellers)) {
    const visit = state.visits[state.counters[counterId]!.visitId ?? ''];
    if (visit === undefined) await branch.send(token, { type: 'CallNext' });
    else if (visit.stage.status === 'called')
      await branch.ok(token, { type: 'StartService', visitId: visit.id, version: visit.version });
    else if (visit.stage.status === 'serving') {
      const served = (now - visit.stage.at) / MINUTE;
      if (served < (takes[visit.services[0]!] ?? 5) - 1) continue;
      await branch.ok(token, { type: 'FinishService', visitId: visit.id, version: visit.version });
      await branch.send(token, { type: 'CallNext' });
    }
  }
  await branch.step(MINUTE);
}

async function photograph(screen: Screen, name: string): Promise<void> {
  await screens.caughtUp([screen]);
  await screen.page.evaluate('document.fonts.ready');
  const path = join(FOLDER, `${name}.png`);
  await screen.page.screenshot({ path });
  expect(statSync(path).size).toBeLessThan(MOST_BYTES);
}

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  browser = await launchBrowser();
  branch = await BranchServer.start();
  screens = new Screens(browser, branch);
  manager = await branch.hire({ id: 'lobby', name: '大堂经理', role: 'lobbyManager' });
  await branch.ok(manager, { type: 'OpenDay' });
  await branch.ok(manager, { type: 'StartDuty' });
  for (const [i, { id }] of branch.setup.counters.entries()) {
    if (id === 'w8') continue;
    tellers[id] = await branch.hire({ id: `t${String(i + 1)}`, name: names[i]!, role: 'teller' });
    await branch.ok(tellers[id], { type: 'SignOn', counterId: id });
  }
  for (let minute = 0; minute < 62; minute += 1) await playMinute(minute);
}, LONGEST_MS);
afterAll(async () => {
  await screens.close();
  await browser.close();
  await branch.close();
});

it(
  'each screen at its real size',
  async () => {
    const board = await screens.open('board', { token: await branch.enrol('board') });
    const kiosk = await screens.open('kiosk', { token: await branch.enrol('kiosk'), scale: 0.5 });
    const sign = await screens.open('counter', { token: await branch.enrol('counterSign', 'w4'), of: 'w4' });
    const other = await screens.open('counter', { token: await branch.enrol('counterSign', 'w1'), of: 'w1' });
    const pad = await screens.open('rating', { token: await branch.enrol('ratingPad', 'w1'), of: 'w1' });
    const tablet = await screens.open('manager', { token: manager, of: 'lobby' });
    const english = await screens.open('manager', { token: manager, of: 'lobby', lang: 'en' });
    const desk = await screens.open('teller', { token: tellers['w4']!, of: 't4' });

    // Somebody asks for help on the phone, and is given priority by the manager.
    const ticket = await issue(['cash']);
    const phone = await screens.open('ticket', { token: phones[ticket]!, scale: 2 });
    const { id: visitId } = visitOf((await branch.state()).state, ticket);
    await branch.publicBeat();
    await photograph(phone, 'ticket');
    await branch.ok(phones[ticket]!, { type: 'RequestHelp', place: 'phone', visitId });
    await branch.step(MINUTE);
    await tablet.page.getByRole('button', { name: new RegExp(`^${ticket}`) }).click();
    await tablet.tap('优先服务');
    const form = tablet.page.getByRole('dialog');
    for (const words of [/^低位柜台/, /^准备座椅/, /^客户本人同意/])
      await form.getByRole('checkbox', { name: words }).check();
    await photograph(tablet, 'manager-flag');
    await tablet.tap('登记并看安排');
    await tablet.page.locator('.plan .window').waitFor();
    await photograph(tablet, 'manager-plan');
    await tablet.tap(/^确认留出/);
    await tablet.page.getByRole('dialog').getByRole('button', { name: '好的' }).click();
    await desk.says(/爱心窗口：请接待/);
    await branch.step(6_000);
    await photograph(desk, 'teller');
    await branch.publicBeat();
    await photograph(board, 'board');
    await photograph(kiosk, 'kiosk');
    await photograph(sign, 'counter-love-window');
    await photograph(other, 'counter');
    // The list as it stands when nobody has scrolled.
    await tablet.page.evaluate(`document.querySelector('[aria-label="客户"] ul').scrollTo(0, 0)`);
    await photograph(tablet, 'manager');
    await photograph(english, 'manager-en');

    const { state } = await branch.state();
    const visit = state.visits[state.counters['w1']!.visitId!]!;
    const { id, version } = visit;
    if (visit.stage.status === 'called')
      await branch.ok(tellers['w1']!, { type: 'StartService', visitId: id, version });
    const now = (await branch.state()).state.visits[id]!;
    await branch.ok(tellers['w1']!, { type: 'FinishService', visitId: id, version: now.version });
    await pad.says('请为这次服务评价');
    await branch.step(2_000);
    await photograph(pad, 'rating');
    expect(screens.faults()).toEqual([]);
  },
  LONGEST_MS,
);
