/** A staff page in a browser of its own, on a server that shows it one view. */
import type { Browser, Locator, Page } from 'playwright-core';
import type { RejectionCode } from '../../src/protocol/codes.js';
import type { Ack, Command, CommandMessage, CommandType } from '../../src/protocol/commands.js';
import type { ViewOf } from '../../src/protocol/views.js';
import { serveView } from './viewServer.js';
import { AT } from './views/branch.js';

type Given = Record<string, unknown> | RejectionCode | null;
export interface Shown {
  lang?: 'zh' | 'en';
  touch?: boolean;
  /** Results by command; a string refuses with that code, null never answers, a function is asked each time. */
  answers?: Partial<Record<CommandType, Given | (() => Given)>>;
  /** Refuses the handshake; the page then shows its sign-in form. */
  refuse?: { code: RejectionCode; params: Record<never, never> };
  rate?: number;
  beatMs?: number;
  prepare?: (page: Page) => Promise<void>;
}

const opened: { close: () => Promise<void> }[] = [];

/** Closes whatever `showStaff` opened; for afterEach. */
export async function closeStaffPages(): Promise<void> {
  for (const thing of opened.splice(0)) await thing.close();
}

/** Opens the page and waits until it is live. */
export async function showStaff<A extends 'teller' | 'manager'>(
  browser: Browser,
  page: A,
  view: ViewOf[A],
  { lang = 'zh', touch = false, answers = {}, prepare, ...rest }: Shown = {},
) {
  const answer = ({ command }: CommandMessage): Ack | undefined => {
    const asked = answers[command.type];
    const given = typeof asked === 'function' ? asked() : asked;
    if (given === null) return undefined;
    if (typeof given === 'string') return { ok: false, code: given, params: {} };
    return { ok: true, seq: 1, result: given ?? {} };
  };
  const server = await serveView<A>({ page, audience: page, view, at: AT, answer, ...rest });
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    hasTouch: touch,
  });
  opened.push(context, server);
  const tab = await context.newPage();
  // Shorter than a test's own time, so that a failure names the step it waited for.
  tab.setDefaultTimeout(10_000);
  await prepare?.(tab);
  await tab.goto(server.address(`?lang=${lang}`));
  if (rest.refuse !== undefined) {
    await tab.locator('form').waitFor();
    return { server, page: tab, sent: (): Command[] => [] };
  }
  await tab.locator('.freshness .line').waitFor({ state: 'detached' });
  await tab.locator('main:not([aria-busy]):not([inert])').waitFor();
  return { server, page: tab, sent: (): Command[] => server.commands.map(({ command }) => command) };
}

/** Resolves once the server has got that many commands; the page's last one is then on record. */
export async function commandsReach(sent: () => Command[], count: number, page: Page): Promise<Command[]> {
  // The page itself is asked between the looks, so that its frames are processed and nothing sleeps.
  for (let looks = 0; sent().length < count && looks < 500; looks += 1)
    await page.evaluate('new Promise(requestAnimationFrame)');
  return sent();
}

/** Lets the page process what it has, several frames long: whatever it would wrongly send is then sent. */
export async function settle(page: Page): Promise<void> {
  for (let frames = 0; frames < 5; frames += 1) await page.evaluate('new Promise(requestAnimationFrame)');
}

/** Wider than its box, sideways: a page of the counter or tablet never scrolls so. */
export const sidewaysOverflow = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth');

export const dialog = (page: Page): Locator => page.getByRole('dialog');
