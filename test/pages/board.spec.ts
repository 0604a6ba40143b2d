import { parse } from 'acorn';
import type { Browser, Page } from 'playwright-core';
import type { Viewing } from '../../client/board/setup/viewing.js';
import { placeOf } from '../../client/board/upkeep.js';
import type { BoardView } from '../../src/protocol/views.js';
import { launchBrowser } from '../support/browser.js';
import { gzipKb, scriptsOf, stylesOf } from '../support/bundle.js';
import { faintShapes, lowContrast } from '../support/contrast.js';
import { accessibilityFaults, clippedTexts, overlappingTexts } from '../support/layout.js';
import { smallTargets } from '../support/targets.js';
import { serveView } from '../support/viewServer.js';
import {
  answered,
  boards,
  careBoard,
  incidentBoard,
  missed,
  fullNoticesBoard,
  slideBoard,
  weatherBoard,
  wetFloor,
  fullBoard,
  peakBoard,
  quietBoard,
  uncalledBoard,
  usualBoard,
} from '../support/views/board.js';
import { AT, windowLabel } from '../support/views/branch.js';

const screens = [
  { width: 1920, height: 1080 },
  { width: 1080, height: 1920 },
];

/** The first row of `usualBoard`. */
const newest = {
  ticket: 'A037',
  counter: windowLabel(2),
  zone: 'cash',
  at: AT,
  round: 1,
  calling: true as const,
};

let browser: Browser;
const opened: { close: () => Promise<void> }[] = [];

async function show(view: BoardView, viewport = screens[0], place?: Viewing, clock = false) {
  const server = await serveView({ page: 'board', audience: 'board', view, at: AT });
  const context = await browser.newContext(viewport === undefined ? {} : { viewport });
  opened.push(context, server);
  const page = await context.newPage();
  if (place) await page.addInitScript(`localStorage.setItem('lw:viewing', '${JSON.stringify(place)}')`);
  if (clock) await page.clock.install();
  await page.goto(server.url);
  await page.locator('.board:not(.dimmed)').waitFor();
  return { server, page };
}
/** [W-57] text 7:1, icons and edges 3:1. */
const contrastFaults = async (page: Page): Promise<string[]> => [
  ...(await lowContrast(page, 7)),
  ...(await faintShapes(page, 3)),
];
const text = (page: Page, selector: string) => page.locator(selector).allInnerTexts();

beforeAll(async () => {
  browser = await launchBrowser();
});
afterEach(async () => {
  for (const thing of opened.splice(0)) await thing.close();
});
afterAll(() => browser.close());

describe('the board', () => {
  it('shows the newest call in both languages, in letters of a fifth of the screen', async () => {
    const { page } = await show(usualBoard);
    expect(await text(page, '.newest .ticket')).toEqual(['A037']);
    expect(await text(page, '.newest .go')).toEqual(['请到 2 号窗口', 'Please go to Window 2']);
    const size = await page.evaluate<number>(
      "parseFloat(getComputedStyle(document.querySelector('.newest .ticket')).fontSize)",
    );
    expect(size).toBeGreaterThanOrEqual(0.19 * 1080);
  });

  it('says that a number is called again, and gives it no second row', async () => {
    const { server, page } = await show(usualBoard);
    const rows = await text(page, '.recent .ticket');
    expect(await page.getByText('再次呼叫').count()).toBe(0);
    const [, ...rest] = usualBoard.calls;
    server.show({ ...usualBoard, calls: [{ ...newest, round: 2, at: AT }, ...rest] });
    await page.getByText('再次呼叫').waitFor();
    expect(await text(page, '.newest .ticket')).toEqual(['A037']);
    expect(await text(page, '.recent .ticket')).toEqual(rows);
  });

  it('[W-50] says now calling until the customer has come, and then keeps the number as the latest call', async () => {
    const { server, page } = await show(usualBoard);
    expect(await text(page, '.newest h2 .zh')).toEqual(['正在叫号']);
    server.show({ ...usualBoard, calls: [answered({ ...newest, round: 2 }), ...usualBoard.calls.slice(1)] });
    await page.getByText('最近叫号').waitFor();
    expect(await text(page, '.newest h2 .zh')).toEqual(['最近叫号']);
    expect(await text(page, '.newest .ticket')).toEqual(['A037']);
    expect(await text(page, '.newest .go')).toEqual(['2 号窗口', 'Window 2']);
  });

  it('[W-90] a call that was given up makes room for the one before, without winking, and leads its customer on', async () => {
    const { server, page } = await show(usualBoard);
    const [, ...rest] = usualBoard.calls;
    server.show({ ...usualBoard, calls: [missed({ ...newest, round: 2 }), ...rest] });
    await page.locator('.newest .ticket', { hasText: 'B012' }).waitFor();
    expect(await page.locator('.fresh').count()).toBe(0);
    expect(await text(page, '.newest h2 .zh')).toEqual(['最近叫号']);
    expect(await text(page, '.recent .ticket')).toContain('A037');
    const [first] = await text(page, '.recent .where');
    expect(first?.split('\n')).toEqual(['过号，请找大堂经理', 'Please see the lobby manager']);
    // Nobody else was called: a screen with that one alone welcomes, and lists it still.
    server.show({ ...usualBoard, calls: [missed(newest)] });
    await page.locator('.welcome').waitFor();
    expect(await text(page, '.recent .ticket')).toEqual(['A037']);
  });

  it('[W-51] promises no minutes where nobody waits or no window is open, nor speaks of a busy hour', async () => {
    const { page } = await show(quietBoard);
    expect(await text(page, '.zone .range .zh')).toEqual(['暂无窗口办理', '暂无窗口办理']);
    expect(await text(page, '.zone .count')).toEqual(['0', '2', '0']);
    expect(await text(page, 'footer .zh')).toEqual(['请留意您的号码，需要帮助请告诉大堂经理']);
  });

  it('a call that arrives breathes twice below 1 Hz and then stands still; with reduced motion it just stands', async () => {
    const { server, page } = await show(usualBoard);
    const motion = (): Promise<[string, number]> =>
      page.evaluate(`(() => {
        const style = getComputedStyle(document.querySelector('.newest .call.fresh'));
        return [style.animationIterationCount, parseFloat(style.animationDuration)];
      })()`);
    expect(await page.locator('.newest .call.fresh').count()).toBe(0);
    const call = { ...newest, ticket: 'A038' };
    server.show({ ...usualBoard, calls: [call, ...usualBoard.calls.slice(0, 7)] });
    const fresh = page.locator('.newest .call.fresh', { hasText: 'A038' });
    await fresh.waitFor();
    const [times, seconds] = await motion();
    expect(times).toBe('2');
    expect(seconds).toBeGreaterThan(1);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const [, still] = await motion();
    expect(still).toBeLessThan(0.001);
  });

  it('the care notice comes without moving or changing anything else on the screen', async () => {
    const { server, page } = await show(usualBoard);
    const everything =
      "[...document.querySelectorAll('.board > :not(footer), .board > :not(footer) *')].map((el) => { const b = el.getBoundingClientRect(); return [el.className, el.children.length ? '' : el.textContent, b.x, b.y, b.width, b.height].join(); })";
    const before = await page.evaluate(everything);
    server.show(careBoard);
    await page.getByText('部分窗口正在提供优先服务，其他窗口正常叫号，感谢您的理解').waitFor();
    expect(await page.evaluate(everything)).toEqual(before);
  });

  it('[W-56] the care notice neither replaces nor moves a notice', async () => {
    const { server, page } = await show(weatherBoard);
    const boxes = () =>
      page.evaluate(
        "[...document.querySelectorAll('.board > *')].map((el) => [el.className, el.getBoundingClientRect().y].join())",
      );
    const before = await boxes();
    server.show({ ...weatherBoard, priorityNotice: true });
    await page.locator('footer.priority').waitFor();
    expect(await text(page, '.band.weather .zh')).toEqual(['天气提示', wetFloor.text.zh]);
    expect(await text(page, '.band.weather .en')).toEqual(['Weather', wetFloor.text.en]);
    expect(await page.locator('.band svg').isVisible()).toBe(true);
    expect(await text(page, 'footer .zh')).toEqual([
      '部分窗口正在提供优先服务，其他窗口正常叫号，感谢您的理解',
    ]);
    const moved = (await boxes()) as string[];
    expect(moved.filter((box) => !box.startsWith('priority'))).toEqual(
      (before as string[]).filter((box) => !box.startsWith('usual')),
    );
  });

  it('[W-56] notices take turns, fading in; a slide gives way to a new call and comes back', async () => {
    const { server, page } = await show(incidentBoard, screens[0], undefined, true);
    const kinds = () => page.locator('.band').getAttribute('class');
    // The page's clock runs ahead of the server's beats.
    const pass = async (ms: number) => {
      await page.clock.runFor(ms);
      server.beat();
      await page.locator('.board:not(.dimmed)').waitFor();
    };
    expect(await kinds()).toContain('weather');
    // A screen reader hears every notice once, when it comes, and no turn; a slide goes by its title.
    const heard = page.getByRole('status').filter({ hasText: wetFloor.text.zh });
    expect(await heard.count()).toBe(1);
    expect(await heard.locator('.zh').count()).toBe(2);
    await page.evaluate(
      `window.said = 0;
       const listener = new MutationObserver((all) => { window.said += all.length; });
       document.querySelectorAll('[role=status]').forEach((el) =>
         listener.observe(el, { childList: true, subtree: true, characterData: true, attributes: true }));`,
    );
    await pass(12_100);
    expect(await kinds()).toContain('incident');
    expect(await page.evaluate('window.said')).toBe(0);
    expect(await heard.count()).toBe(1);
    const page1 = Object.values(incidentBoard.notices).find(({ kind }) => kind === 'slide')?.title;
    expect(await page.getByRole('region', { name: page1?.en ?? '' }).count()).toBe(1);
    const seconds = () =>
      page.evaluate<number>(
        "parseFloat(getComputedStyle(document.querySelector('.band .line')).animationDuration)",
      );
    expect(await seconds()).toBeCloseTo(0.8);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await seconds()).toBeLessThan(0.001);
    await pass(12_000);
    expect(await kinds()).toContain('weather');

    expect(await page.locator('.slide').count()).toBe(1);
    const call = { ...newest, ticket: 'A038' };
    server.show({ ...incidentBoard, calls: [call, ...incidentBoard.calls.slice(0, 7)] });
    await page.locator('.newest .ticket', { hasText: 'A038' }).waitFor();
    expect(await page.locator('.slide').count()).toBe(0);
    await pass(15_000);
    server.show({ ...incidentBoard, calls: [{ ...call, round: 2 }, ...incidentBoard.calls.slice(0, 7)] });
    await page.getByText('再次呼叫').waitFor();
    await pass(15_000);
    expect(await page.locator('.slide').count()).toBe(0);
    await pass(6_000);
    expect(await page.locator('.slide').count()).toBe(1);

    // Cut off, it can't tell when a notice ends: without its colour at once, and gone with the estimates.
    const colour = () =>
      page.evaluate<string>("getComputedStyle(document.querySelector('.band')).backgroundColor");
    const live = await colour();
    server.down();
    await page.clock.fastForward(20_000);
    // A last beat may still be on its way and be heard first.
    await page.waitForFunction(
      `getComputedStyle(document.querySelector('.band')).backgroundColor !== '${live}'`,
    );
    await page.locator('.is-stale').waitFor();
    await page.clock.fastForward(45_000);
    await page.locator('.band').waitFor({ state: 'detached' });
    expect(await page.locator('.band, .slide').count()).toBe(0);
    expect(await heard.count()).toBe(0);
  });

  it('tells the branch’s time, not the box’s', async () => {
    const { page } = await show(usualBoard);
    expect(await text(page, 'header .time')).toEqual(['10:30']);
  });

  describe.each(screens)('on $width × $height', (screen) => {
    const looksRight = async (page: Page): Promise<void> => {
      expect(await clippedTexts(page)).toEqual([]);
      expect(await overlappingTexts(page)).toEqual([]);
      expect(await accessibilityFaults(page)).toEqual([]);
      // The colours are the same on both.
      if (screen.width > screen.height) expect(await contrastFaults(page)).toEqual([]);
      expect(
        await page.evaluate('[document.documentElement.scrollWidth, document.documentElement.scrollHeight]'),
      ).toEqual([screen.width, screen.height]);
    };

    it.each(Object.entries(boards))(
      '[W-57] %s: nothing is cut, covered, faint or out of reach',
      async (_name, view) => {
        const { page } = await show(view, screen);
        await looksRight(page);
      },
    );

    it('after the last ticket time nobody is sent for a ticket, called or not', async () => {
      const { server, page } = await show(uncalledBoard, screen);
      expect(await text(page, '.welcome h2 .zh')).toEqual(['感谢光临']);
      expect(await page.locator('.board').innerText()).not.toMatch(/请.*取号|take a number/i);
      await looksRight(page);
      server.show({ ...uncalledBoard, notices: slideBoard.notices });
      await page.locator('.slide.large').waitFor();
      await looksRight(page);
    });

    it('with notices as long as they may be, on the fullest day too', async () => {
      const { server, page } = await show(fullNoticesBoard, screen);
      await page.locator('.band').waitFor();
      await looksRight(page);
      server.show(slideBoard);
      await page.locator('.slide.large').waitFor();
      await looksRight(page);
    });

    it('with several notices, and a slide below the recent calls', async () => {
      const { server, page } = await show(weatherBoard, screen);
      await page.locator('.slide').waitFor();
      await looksRight(page);
      // The calls are the same, so that no slide gives way.
      server.show(incidentBoard);
      await page.locator('.nth').waitFor();
      expect(await page.locator('.slide').count()).toBe(1);
      await looksRight(page);
    });

    it('offline: the banner fits too', async () => {
      const { server, page } = await show(incidentBoard, screen);
      server.down();
      await page.getByText('连接中断').first().waitFor();
      expect(await clippedTexts(page)).toEqual([]);
      expect(await overlappingTexts(page)).toEqual([]);
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await contrastFaults(page)).toEqual([]);
    });
  });
});

it('[W-53] an idle board looks for a new build once a minute and takes it; its picture has moved by two pixels', async () => {
  const calls = usualBoard.calls.map((call) => answered({ ...call, at: call.at - 600_000 }));
  const { server, page } = await show({ ...usualBoard, calls }, undefined, undefined, true);
  const { x, y } = placeOf(AT, AT - 600_000, { x: 0, y: 0 });
  expect([x, y]).not.toEqual([0, 0]);
  expect(await page.locator('.board').getAttribute('style')).toContain(
    `translate(${String(x)}px, ${String(y)}px)`,
  );

  // The page's clock runs ahead of the server's beats, of which some may be late: it must not think them lost.
  const minute = async () => {
    for (let i = 0; i < 20; i += 1) {
      await page.clock.runFor(3_000);
      server.beat();
      await page.locator('.board:not(.dimmed)').waitFor();
    }
  };
  let looks = 0;
  let build = 'this';
  await page.route('**/board/', async (route) => {
    if (route.request().resourceType() === 'document') return route.continue();
    looks += 1;
    const answer = await route.fetch();
    const text = await answer.text();
    return route.fulfill({ body: build === 'this' ? text : text.replace(/src="[^"]+"/, 'src="/newer.js"') });
  });
  await page.evaluate("window.before = 'reload'");
  for (let i = 0; i < 2; i += 1) {
    const looked = page.waitForResponse('**/board/');
    await minute();
    await looked;
  }
  expect(looks).toBe(2);
  expect(await page.evaluate('window.before')).toBe('reload');
  build = 'newer';
  const loaded = page.waitForEvent('load');
  await minute();
  await loaded;
  expect(await page.evaluate('window.before')).toBeUndefined();
});

describe('[W-52] setting up a screen', () => {
  const far = { inches: 43, metres: 8 };
  const size = (page: Page) =>
    page.evaluate<number>("parseFloat(getComputedStyle(document.querySelector('.newest .ticket')).fontSize)");
  const kept = (page: Page) => page.evaluate<string | null>("localStorage.getItem('lw:viewing')");

  it('asks a person for size and distance, enlarges the number, keeps it over a reload and forgets it again', async () => {
    const { page } = await show(usualBoard);
    const usual = await size(page);
    expect(await page.locator('dialog').count()).toBe(0);
    await page.keyboard.press('s');
    await page.getByLabel('Screen diagonal, inches').fill('43');
    await page.getByLabel('Farthest seat, metres').fill('8');
    await page.getByText('叫号已放大，在 8 米处看得清').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await contrastFaults(page)).toEqual([]);
    expect(await smallTargets(page, 48)).toEqual([]);
    expect(await clippedTexts(page)).toEqual([]);
    await page.getByRole('button', { name: 'Done' }).click();
    expect(JSON.parse((await kept(page)) ?? '')).toEqual(far);
    await page.reload();
    await page.locator('.board:not(.dimmed)').waitFor();
    expect(await size(page)).toBeGreaterThan(usual * 1.1);
    await page.evaluate("location.hash = '#setup'");
    await page.getByRole('button', { name: 'Back to the default' }).click();
    expect(await kept(page)).toBeNull();
    expect(await size(page)).toBeCloseTo(usual, 1);
    expect(await page.evaluate('location.hash')).toBe('');
  });

  it('opens by a finger held still, not by a tap; warns what would do where the number stays too small', async () => {
    const { page } = await show(usualBoard, undefined, { inches: 32, metres: 12 });
    await page.mouse.click(400, 400);
    expect(await page.locator('dialog').count()).toBe(0);
    await page.mouse.down();
    await page.locator('dialog').waitFor();
    await page.mouse.up();
    const warning = await page.locator('.verdict.warn .en').innerText();
    expect(warning).toMatch(
      /From 12 m, 32 inches are too small.* 59 inches or more.* no seat farther than 6\.5 m/,
    );
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await contrastFaults(page)).toEqual([]);
    expect(await clippedTexts(page)).toEqual([]);
  });

  it.each([
    [{ width: 1366, height: 768 }, usualBoard],
    [{ width: 1920, height: 1080 }, peakBoard],
    [{ width: 1920, height: 1080 }, fullBoard],
  ])('%o: the enlarged number cuts and covers nothing', async (screen, view) => {
    const { page } = await show(view, screen, { inches: 32, metres: 12 });
    expect(await clippedTexts(page)).toEqual([]);
    expect(await overlappingTexts(page)).toEqual([]);
  });
});

describe.each([
  { width: 1366, height: 768 },
  { width: 3840, height: 2160 },
])('on $width × $height', (screen) => {
  it.each(Object.entries({ usualBoard, fullBoard }))('%s: nothing is cut or covered', async (_name, view) => {
    const { page } = await show(view, screen);
    expect(await clippedTexts(page)).toEqual([]);
    expect(await overlappingTexts(page)).toEqual([]);
  });
});

const tooNewApi =
  /\.(replaceAll|matchAll|flatMap|flat|at|findLast|findLastIndex)\(|Object\.fromEntries|Promise\.allSettled|structuredClone|randomUUID|globalThis/;
const tooNewLayout =
  /[;{](row-|column-)?gap:|inset:|clamp\(|aspect-ratio|:has\(|:is\(|:where\(|[ :(](min|max)\(|dvh/;

function es2017(code: string): string {
  try {
    parse(code, { ecmaVersion: 2017, sourceType: 'module' });
    return 'understood';
  } catch (error) {
    return String(error);
  }
}

describe.each(['board', 'counter', 'rating'])('the built %s page', (name) => {
  it('is at most 60 KB of scripts, gzipped', async () => {
    expect(gzipKb(await scriptsOf(name))).toBeLessThanOrEqual(60);
  });

  it('is understood by Chromium 64: ES2017 scripts, no newer API, no newer layout', async () => {
    const scripts = await scriptsOf(name);
    expect(scripts.length).toBeGreaterThan(0);
    for (const { code } of scripts) {
      expect(es2017(code)).toBe('understood');
      expect(code.replace(/typeof globalThis[^?]{0,20}\?globalThis/g, '')).not.toMatch(tooNewApi);
    }
    for (const { code } of await stylesOf(name)) expect(code).not.toMatch(tooNewLayout);
  });
});
