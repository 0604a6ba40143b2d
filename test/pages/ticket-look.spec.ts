import type { Browser, Page } from 'playwright-core';
import type { TicketView } from '../../src/protocol/views.js';
import { launchBrowser } from '../support/browser.js';
import { gzipKb, scriptsOf } from '../support/bundle.js';
import { lowContrast } from '../support/contrast.js';
import { accessibilityFaults, clippedTexts, overlappingTexts } from '../support/layout.js';
import { smallTargets } from '../support/targets.js';
import { serveView } from '../support/viewServer.js';
import { AT } from '../support/views/branch.js';
import { tickets, waitingTicket } from '../support/views/ticket.js';

interface State {
  name: string;
  view: TicketView;
  refuse?: true;
  /** Opens the question before leaving the line. */
  asking?: true;
}

const states: State[] = [
  ...Object.entries(tickets).map(([name, view]) => ({ name, view })),
  { name: 'dead link', view: waitingTicket, refuse: true },
  { name: 'leave the line?', view: waitingTicket, asking: true },
];

const phones = [
  { width: 390, height: 844 },
  { width: 360, height: 640 },
];

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

async function withState(
  state: State,
  lang: string,
  elder: boolean,
  look: (page: Page) => Promise<void>,
): Promise<void> {
  const server = await serveView({
    page: 'ticket',
    audience: 'ticket',
    view: state.view,
    at: AT,
    ...(state.refuse ? { refuse: { code: 'unknown-ticket', params: {} } } : {}),
  });
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    reducedMotion: 'reduce',
  });
  try {
    const page = await context.newPage();
    await page.goto(server.address(`?lang=${lang}`));
    await page.locator('h1').waitFor();
    await page.locator('.freshness .line').waitFor({ state: 'detached' });
    if (elder) await page.locator('.size').tap();
    if (state.asking) await page.locator('.actions > button').last().tap();
    // Reduced motion makes every change a transition of one frame: judge what stands after it.
    await page.evaluate('Promise.allSettled(document.getAnimations().map((each) => each.finished))');
    await look(page);
  } finally {
    await context.close();
    await server.close();
  }
}

describe.each([
  ['zh', false],
  ['en', false],
  ['zh', true],
  ['en', true],
] as const)('the ticket page in %s, larger text %s', (lang, elder) => {
  it.each(states)('$name', async (state) => {
    await withState(state, lang, elder, async (page) => {
      for (const phone of phones) {
        await page.setViewportSize(phone);
        expect(await clippedTexts(page)).toEqual([]);
        expect(await overlappingTexts(page)).toEqual([]);
        expect(await smallTargets(page, elder ? 60 : 48)).toEqual([]);
        const overflow = 'document.documentElement.scrollWidth - innerWidth';
        expect(await page.evaluate<number>(overflow)).toBeLessThanOrEqual(0);
      }
      expect(await accessibilityFaults(page)).toEqual([]);
      if (elder) expect(await lowContrast(page, 7)).toEqual([]);
    });
  });
});

it('is at most 70 KB of scripts, gzipped', async () => {
  expect(gzipKb(await scriptsOf('ticket'))).toBeLessThanOrEqual(70);
});
