import type { Browser, Page } from 'playwright-core';
import type { Ack, CommandMessage } from '../../src/protocol/commands.js';
import type { PrinterStatus, PrintOutcome } from '../../src/protocol/http.js';
import { receiptOf } from '../../src/protocol/receipt.js';
import type { KioskView } from '../../src/protocol/views.js';
import { launchBrowser } from '../support/browser.js';
import { gzipKb, scriptsOf } from '../support/bundle.js';
import { lowContrast } from '../support/contrast.js';
import { accessibilityFaults, clippedTexts, overlappingTexts } from '../support/layout.js';
import { smallTargets } from '../support/targets.js';
import { NEVER, serveView } from '../support/viewServer.js';
import { AT, branch } from '../support/views/branch.js';
import { kiosks, noticedKiosk } from '../support/views/kiosk.js';

interface State {
  name: string;
  view?: KioskView;
  answer?: Ack;
  refuse?: true;
  /** What the server says of the kiosk's printer, and of a print. */
  printer?: PrinterStatus['printer'];
  outcome?: PrintOutcome | 'waiting';
  /** Sizes besides the kiosk's own in which everything must be in sight: one on a desk is a small window. */
  sizes?: [number, number][];
  /** Touched in turn, by place on the page so that it works in both languages. */
  taps?: string[];
}

const cash = 'button.tile >> nth=0';
const card = 'button.tile >> nth=1';
const take = '.take';
const add = '.add';
const full: Ack = { ok: false, code: 'service-full', params: {} };

const states: State[] = [
  ...Object.entries(kiosks).map(([name, view]) => ({ name, view })),
  { name: 'nine services and a notice', view: noticedKiosk, sizes: [[1280, 800]] },
  { name: 'all services of the large type', taps: ['.acts button'] },
  { name: 'one more service', taps: [cash, add] },
  { name: 'one service chosen', taps: [cash] },
  { name: 'two services chosen', taps: [cash, add, card] },
  { name: 'ticket', taps: [cash, take] },
  { name: 'refusal', taps: [cash, take], answer: full },
  { name: 'help', taps: ['footer .help'] },
  { name: 'keypad', taps: ['footer button >> nth=0'] },
  { name: 'letters', taps: ['footer button >> nth=0', '.keypad .word >> nth=0'] },
  { name: 'not paired', refuse: true },
  { name: 'not staffed, chosen', view: kiosks.earlyKiosk, taps: [card] },
  { name: 'no paper beforehand', printer: 'paperOut' },
  { name: 'printer away beforehand, many services', view: kiosks.largeKiosk, printer: 'away' },
  ...(['waiting', 'printed', 'paperOut', 'away', 'unsure'] as const).map((outcome): State => ({
    name: `ticket, ${outcome}`,
    printer: 'ready',
    outcome,
    taps: [cash, add, card, take],
  })),
];

/** What a printed ticket reads, with the longest of everything. */
const lines = receiptOf(
  {
    ...branch,
    ticket: 'A1043',
    services: ['cash', 'card'].map((id) => kiosks.usualKiosk.services[id]?.name ?? { zh: '', en: '' }),
    ahead: 128,
    minutes: { low: 85, high: 120 },
    issuedAt: AT,
  },
  `https://lobby.example.com/ticket/#token=${'0'.repeat(32)}.${'0'.repeat(32)}`,
);

const issued = ({ command }: CommandMessage): Ack => ({
  ok: true,
  seq: 1,
  result:
    command.type === 'IssueTicket'
      ? { visitId: 'v', ticket: 'A1043', ahead: 128, token: '0'.repeat(32) }
      : {},
});

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** Brings one state onto the screen and lets `look` judge it. */
async function withState(
  state: State,
  lang: string,
  elder: boolean,
  look: (page: Page) => Promise<void>,
): Promise<void> {
  const server = await serveView({
    page: 'kiosk',
    audience: 'kiosk',
    view: state.view ?? kiosks.usualKiosk,
    at: AT,
    answer: (message) => state.answer ?? issued(message),
    routes: {
      '/api/v1/printer': { printer: state.printer ?? 'none' },
      '/api/v1/printer/receipts':
        state.outcome === 'waiting' ? NEVER : { outcome: state.outcome ?? 'none', lines },
    },
    ...(state.refuse ? { refuse: { code: 'not-signed-in', params: {} } } : {}),
  });
  const context = await browser.newContext({
    viewport: { width: 1080, height: 1920 },
    hasTouch: true,
    reducedMotion: 'reduce',
  });
  try {
    const page = await context.newPage();
    await page.goto(server.address(`?lang=${lang}`));
    if (!state.refuse) await page.locator('.freshness .line').waitFor({ state: 'detached' });
    await page.locator('h1').waitFor();
    if (elder) await page.locator('footer .size').tap();
    for (const target of state.taps ?? []) await page.locator(target).first().tap();
    // Reduced motion makes every change a transition of one frame: judge what stands after it.
    await page.evaluate('Promise.allSettled(document.getAnimations().map((each) => each.finished))');
    await look(page);
  } finally {
    await context.close();
    await server.close();
  }
}

/** Tiles that the screen cuts or that lie below it, by name. */
const outOfSight = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`(() => {
    const bottom = Math.min(...[...document.querySelectorAll('footer, .acts')].map((each) => each.getBoundingClientRect().top));
    return [...document.querySelectorAll('.tile')].filter((tile) => tile.getBoundingClientRect().bottom > bottom).map((tile) => tile.innerText);
  })()`);

/** Tiles that begin lower or end higher than the one beside them, by name. */
const ragged = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`(() => {
    const box = (el) => el.getBoundingClientRect();
    const tiles = [...document.querySelectorAll('.tile')];
    const heads = tiles.map((tile) => box(tile.querySelector('.name, h2')));
    return tiles.filter((tile, i) => i > 0 && box(tile).top === box(tiles[i - 1]).top &&
      (Math.abs(heads[i].top - heads[i - 1].top) > 1 || Math.abs(box(tile).height - box(tiles[i - 1]).height) > 1))
      .map((tile) => tile.innerText);
  })()`);

/** How much of what was said about the paper lies behind the buttons, px. */
const hidden = (page: Page): Promise<number> =>
  page.evaluate<number>(`Math.max(0, Math.round(
    document.querySelector('.band').getBoundingClientRect().bottom - document.querySelector('.acts').getBoundingClientRect().top))`);

describe.each([
  ['zh', false],
  ['en', false],
  ['zh', true],
  ['en', true],
] as const)('the kiosk in %s, larger text %s', (lang, elder) => {
  const shown = states.filter(({ name }) => elder || name !== 'all services of the large type');

  it.each(shown)('$name', async (state) => {
    await withState(state, lang, elder, async (page) => {
      if (state.taps?.includes(take)) await page.locator('.number, dialog').first().waitFor();
      if (state.outcome) await page.locator('.band svg').waitFor();
      if (state.printer && !state.outcome) await page.locator('p.paper').waitFor();
      if (state.outcome) expect(await hidden(page)).toBe(0);
      expect(await clippedTexts(page)).toEqual([]);
      expect(await overlappingTexts(page)).toEqual([]);
      expect(await smallTargets(page, 96)).toEqual([]);
      expect(await accessibilityFaults(page)).toEqual([]);
      if (elder) expect(await lowContrast(page, 7)).toEqual([]);
      expect(await ragged(page)).toEqual([]);
      const overflow = 'document.documentElement.scrollWidth - innerWidth';
      expect(await page.evaluate<number>(overflow)).toBeLessThanOrEqual(0);
      // Large type shows few tiles at a time; a list that goes on says so.
      if (!elder) expect(await outOfSight(page)).toEqual([]);
      else if ((await outOfSight(page)).length > 0)
        expect(await page.locator('.further, .more').count()).toBe(1);
      for (const [width, height] of elder ? [] : (state.sizes ?? [])) {
        await page.setViewportSize({ width, height });
        await page.evaluate(
          'new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))',
        );
        expect(await outOfSight(page)).toEqual([]);
        expect(await ragged(page)).toEqual([]);
        expect(await clippedTexts(page)).toEqual([]);
        expect(await overlappingTexts(page)).toEqual([]);
      }
    });
  });
});

it('is at most 100 KB of scripts, gzipped', async () => {
  expect(gzipKb(await scriptsOf('kiosk'))).toBeLessThanOrEqual(100);
});
