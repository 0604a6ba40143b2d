/**
 * All screens of a branch open at once, each a device of its own, and what a person reads on each.
 *
 *     const screens = new Screens(browser, branch);
 *     const board = await screens.open('board', { token: await branch.enrol('board') });
 *     await screens.agree();      // waits until every screen shows what the server's log says
 *     const from = board.mark();  // frames from here on: board.since(from), without beats
 *
 * What a screen ought to show is told by shownTruth.ts from the server's state alone, not from its views.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { LobbyState } from '../../src/lobby/state.js';
import type { PatchFrame, ViewFrame } from '../../src/protocol/live.js';
import { merge } from '../../src/protocol/patch.js';
import type { BranchServer } from './branchServer.js';
import { truthOf, type Kind, type Look } from './shownTruth.js';

/** The size of the real thing. */
export const sizes: Record<Kind, { width: number; height: number }> = {
  board: { width: 1920, height: 1080 },
  counter: { width: 1024, height: 600 },
  rating: { width: 1024, height: 600 },
  kiosk: { width: 1080, height: 1920 },
  ticket: { width: 390, height: 844 },
  teller: { width: 1366, height: 768 },
  manager: { width: 1280, height: 800 },
};

export interface Opened {
  token?: string;
  /** Counter, member of staff or visit it belongs to. */
  of?: string;
  /** Another origin than the server's own, such as a proxy's. */
  origin?: string;
  lang?: 'zh' | 'en';
  /** Dots per pixel; 1 if not given. */
  scale?: number;
  /** Before the page is loaded. */
  prepare?: (page: Page) => Promise<void>;
}

/** Runs in the page; a string, as Node's types know no DOM. Gives what can be read there, in words. */
const READERS: Record<Kind, string> = {
  board: `({
    newest: one('.newest .ticket') && one('.newest .ticket') + ' ' + one('.newest .go[lang="zh-CN"]'),
    recent: all('.recent li').map((row) => one('.ticket', row) + ' ' + one('.where .zh', row)),
    waiting: table('.zones .zone', 'h3 .zh', '.count'),
    counters: table('.counters li', '.label .zh', '.status .zh'),
    priority: one('footer p .zh').includes('优先服务'),
  })`,
  counter: `({ label: one('h1 .zh'), face: one('.face .number .zh, .face .number, .face h2 .zh'), says: one('.face h2 .zh'), kept: one('.face .band.kept .zh') === '爱心窗口 · 优先服务' })`,
  rating: `({ label: one('h1 .zh'), asks: one('.ask .ticket') })`,
  kiosk: `({ waiting: table('main li', '.name', '.strong') })`,
  ticket: `({
    number: one('.number').replace('您的号码', '').trim(),
    status: document.querySelector('.called') ? '请到 ' + one('.counter') : one('.card .tag'),
    ahead: one('.ahead .count') || (one('.title') === '马上就到您了' ? '0' : ''),
  })`,
  teller: `({
    counter: one('header h1'),
    status: one('header .tag'),
    current: one('[aria-label="当前客户"] .what h2') && one('[aria-label="当前客户"] .ticket'),
    serving: one('[aria-label="当前客户"] .phase').startsWith('正在办理'),
    alert: one('[aria-label="爱心窗口提示"] h2'),
    acknowledged: document.querySelector('[aria-label="爱心窗口提示"] .done') !== null,
    escort: one('[aria-label="爱心窗口提示"] .escort'),
    waiting: table('aside .lines li', 'span', 'strong'),
  })`,
  manager: `({
    waiting: all('[aria-label="客户"] .row').map((row) => [
      one('.ticket', row), one('.tags', row).includes('优先') ? '优先' : '', one('.estimate', row) === '已留窗' ? '已留窗' : '',
    ].join(' ').trim()),
    counters: table('[aria-label="窗口"] .tile', '.head strong', '.head .tag'),
    current: table('[aria-label="窗口"] .tile', '.head strong', '.now strong'),
    episodes: all('[aria-label="现在"] .episode').map((card) => one('h3', card).replace(/\\s+/g, ' ')),
    escorts: all('[aria-label="现在"] .episode').map((card) => one('.acts .care, .acts .there', card)),
    count: one('.count strong'),
    unanswered: all('[aria-label="现在"] .unanswered').length,
  })`,
};
const HELPERS = `
  const words = (element) => element ? element.textContent.replace(/\\s+/g, ' ').trim() : '';
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector, root = document) => words(root.querySelector(selector));
  const table = (rows, name, value) => Object.fromEntries(all(rows).map((row) => [one(name, row), one(value, row)]));
`;

/** One device with its page, and every frame that reached it. */
export class Screen {
  readonly faults: string[] = [];
  readonly #frames: string[] = [];
  readonly #listening = new Set<() => void>();

  constructor(
    readonly kind: Kind,
    /** Counter, member of staff or visit it belongs to. */
    readonly of: string,
    readonly page: Page,
  ) {
    page.on('pageerror', (error) => this.faults.push(error.message));
    page.on('console', (message) => {
      // A server that is down is part of the story; everything else is not.
      if (message.type() === 'error' && !/ERR_|WebSocket/.test(message.text()))
        this.faults.push(message.text());
    });
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => {
        this.#frames.push(payload.toString());
        for (const look of this.#listening) look();
      });
    });
  }

  get name(): string {
    return this.of === '' ? this.kind : `${this.kind} ${this.of}`;
  }

  look(): Promise<Look> {
    return this.page.evaluate<Look>(`(() => { ${HELPERS} return ${READERS[this.kind]}; })()`);
  }

  /** Everything that can be read on the page. */
  text(): Promise<string> {
    return this.page.evaluate<string>(`document.body.innerText`);
  }

  mark(): number {
    return this.#frames.length;
  }

  /** What reached the page since the mark, as text; beats and the connection's own signs of life left out. */
  since(mark: number): string[] {
    return this.#frames.slice(mark).filter((frame) => /^42/.test(frame) && !frame.includes('"beat"'));
  }

  /** Everything that ever reached the page. */
  frames(): readonly string[] {
    return this.#frames;
  }

  /** The view as the frames make it, and where it stands. */
  view(): { view: unknown; epoch: string; version: number } {
    let held: { view: unknown; epoch: string; version: number } | undefined;
    for (const text of this.#frames) {
      const message = /^42\/live,(.*)$/s.exec(text)?.[1];
      if (message === undefined) continue;
      const [name, frame] = JSON.parse(message) as [string, unknown];
      if (name === 'view') {
        const { view, epoch, version } = frame as ViewFrame;
        held = { view, epoch, version };
      } else if (name === 'patch' && held) {
        const { version, patch } = frame as PatchFrame;
        if (version === held.version + 1) held = { ...held, version, view: merge(held.view, patch) };
      }
    }
    if (held === undefined) throw new Error(`${this.name} has no view yet`);
    return held;
  }

  /** Resolves once a beat of that branch time, or a later one, has come: then all that was sent before has, too. */
  heard(at: number): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        const last = this.#frames.findLast((frame) => frame.includes('["beat"'));
        if (Number(/"at":(\d+)/.exec(last ?? '')?.[1] ?? 0) < at) return;
        this.#listening.delete(look);
        resolve();
      };
      this.#listening.add(look);
      look();
    });
  }

  /** The page is live: it says nothing about its data's age. */
  live(): Promise<void> {
    return this.page.locator('.freshness .line').waitFor({ state: 'detached' });
  }

  /** Everything on it that says when a thing stands there. */
  says(words: string | RegExp): Promise<void> {
    return this.page.getByText(words).filter({ visible: true }).first().waitFor();
  }

  press(key: string): Promise<void> {
    return this.page.keyboard.press(key);
  }

  tap(name: string | RegExp): Promise<void> {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' }).click();
  }
}

const PATIENCE_MS = 20_000;
const LOOK_AGAIN_MS = 40;

export class Screens {
  readonly all: Screen[] = [];
  readonly #contexts: BrowserContext[] = [];

  constructor(
    private readonly browser: Browser,
    private readonly branch: BranchServer,
  ) {}

  async open(kind: Kind, options: Opened = {}): Promise<Screen> {
    const context = await this.browser.newContext({
      viewport: sizes[kind],
      reducedMotion: 'reduce',
      deviceScaleFactor: options.scale ?? 1,
    });
    context.setDefaultTimeout(PATIENCE_MS);
    this.#contexts.push(context);
    const page = await context.newPage();
    const screen = new Screen(kind, options.of ?? '', page);
    this.all.push(screen);
    await options.prepare?.(page);
    const search = options.lang === undefined ? '' : `?lang=${options.lang}`;
    const origin = options.origin ?? this.branch.url;
    const signedIn = kind === 'teller' || kind === 'manager';
    if (signedIn && options.token !== undefined)
      await context.addCookies([{ name: 'lw', value: options.token, url: origin, httpOnly: true }]);
    const token = options.token === undefined || signedIn ? '' : `#token=${options.token}`;
    await page.goto(`${origin}/${kind}/${search}${token}`);
    if (options.token !== undefined) await screen.live();
    return screen;
  }

  /** Takes a screen out of the company, such as a second one that was opened to compare. */
  async leave(screen: Screen): Promise<void> {
    this.all.splice(this.all.indexOf(screen), 1);
    await screen.page.close();
  }

  /** Every screen has heard everything that the server sent until now. */
  async caughtUp(screens: readonly Screen[] = this.all): Promise<void> {
    await this.branch.settled();
    const at = await this.branch.beat();
    await Promise.all(screens.map((screen) => screen.heard(at)));
  }

  /** Waits until every screen is live and shows what the server's log says; fails with the difference. */
  async agree(screens: readonly Screen[] = this.all): Promise<LobbyState> {
    await this.caughtUp(screens);
    const { state, now } = await this.branch.state();
    const truth = (screen: Screen): Look => truthOf(screen, state, now, this.branch.noticeDue);
    const expected = Object.fromEntries(screens.map((screen) => [screen.name, truth(screen)]));
    const until = Date.now() + PATIENCE_MS;
    for (;;) {
      const looks = await Promise.all(screens.map((screen) => screen.look()));
      const shown = Object.fromEntries(screens.map((screen, i) => [screen.name, looks[i]]));
      if (Date.now() > until || JSON.stringify(sorted(shown)) === JSON.stringify(sorted(expected))) {
        expect(shown).toEqual(expected);
        return state;
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }

  async live(): Promise<void> {
    await Promise.all(this.all.map((screen) => screen.live()));
  }

  faults(): string[] {
    return this.all.flatMap(({ name, faults }) => faults.map((fault) => `${name}: ${fault}`));
  }

  async close(): Promise<void> {
    this.all.length = 0;
    for (const context of this.#contexts.splice(0)) await context.close();
  }
}

/** The same with its keys in one order. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
