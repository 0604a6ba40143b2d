import type { Browser, Page } from 'playwright-core';
import type { BoardView, PublicCall } from '../../src/protocol/views.js';
import { readClips } from '../../src/commands/clips/read.js';
import { launchBrowser } from '../support/browser.js';
import { faintShapes, lowContrast } from '../support/contrast.js';
import { accessibilityFaults, clippedTexts, overlappingTexts } from '../support/layout.js';
import { decoded, heard, hears, listen, until } from '../support/listening.js';
import { smallTargets } from '../support/targets.js';
import { serveView } from '../support/viewServer.js';
import { missed, usualBoard } from '../support/views/board.js';
import { AT, windowLabel } from '../support/views/branch.js';

const portrait = { width: 1080, height: 1920 };
const landscape = { width: 1920, height: 1080 };

let browser: Browser;
let shy: Browser;
const opened: { close: () => Promise<void> }[] = [];

interface Shown {
  view?: BoardView;
  viewport?: { width: number; height: number };
  /** The browser wants a gesture before it plays. */
  held?: boolean;
  short?: boolean;
  choices?: object;
}

async function show({
  view = usualBoard,
  viewport = landscape,
  held = false,
  short = true,
  choices,
}: Shown = {}) {
  const server = await serveView({ page: 'board', audience: 'board', view, at: AT });
  const context = await (held ? shy : browser).newContext({ viewport });
  opened.push(context, server);
  const page = await context.newPage();
  await listen(page, { short });
  if (choices)
    await page.addInitScript(
      `localStorage.getItem('lw:voice') || localStorage.setItem('lw:voice', ${JSON.stringify(JSON.stringify(choices))})`,
    );
  await page.goto(server.url);
  await page.locator('.board:not(.dimmed)').waitFor();
  return { server, page, context };
}
/** The voice has its clips, and its screen has been live for longer than it takes to catch up. */
async function ready(page: Page): Promise<void> {
  await until(page, 'Object.keys(window.__decoded).length >= 145 && performance.now() > 4500');
}

const call = (ticket: string, n: number, round = 1, at = AT): PublicCall => ({
  ticket,
  counter: windowLabel(n),
  zone: 'cash',
  at,
  round,
});
const withCalls = (...calls: PublicCall[]): BoardView => ({
  ...usualBoard,
  calls: [...calls, ...usualBoard.calls].slice(0, 8),
});
/** The sentence of a call in one language, by its clips. */
const zh = (ticket: string, n: number): string[] => [
  'zh-please',
  ...Array.from(ticket.toLowerCase()).map((sign) => `zh-${sign}`),
  'zh-number',
  'zh-to',
  `zh-${n}`,
  'zh-number-window',
];
const en = (ticket: string, n: number): string[] => [
  'en-number',
  ...Array.from(ticket.toLowerCase()).map((sign) => `en-${sign}`),
  'en-go-to',
  'en-window',
  `en-${n}`,
];
const once = (ticket: string, n: number): string[] => ['chime', ...zh(ticket, n), ...en(ticket, n)];
const namesOf = async (page: Page): Promise<string[]> => (await heard(page)).map(({ name }) => name);

beforeAll(async () => {
  browser = await launchBrowser();
  shy = await launchBrowser('--autoplay-policy=document-user-activation-required');
});
afterEach(async () => {
  for (const thing of opened.splice(0)) await thing.close();
});
afterAll(async () => {
  await browser.close();
  await shy.close();
});

describe('the board’s voice', () => {
  it('three calls in one second: three announcements, in order, none cut, each twice [W-11]', async () => {
    const { server, page } = await show();
    await ready(page);
    server.show(withCalls(call('A101', 1)));
    server.show(withCalls(call('A102', 2, 1, AT + 300), call('A101', 1)));
    server.show(withCalls(call('A103', 3, 1, AT + 600), call('A102', 2, 1, AT + 300), call('A101', 1)));
    await hears(page, 'chime', 6);
    const expected = ([1, 1, 2, 2, 3, 3] as const).flatMap((n) => once(`A10${n}`, n));
    const played = await heard(page);
    expect(played.map(({ name }) => name)).toEqual(expected);
    // One after the other on the loudspeaker's clock, and each to its end.
    played.slice(1).forEach(({ at }, i) => expect(at).toBeGreaterThanOrEqual(played[i]!.end - 0.001));
    expect(played.filter(({ ended }) => !ended)).toEqual([]);
  }, 60_000);

  it('many at once: first the English repeats go, then the Mandarin ones, never a call [W-11]', async () => {
    const { server, page } = await show();
    await ready(page);
    const calls = Array.from({ length: 6 }, (_, i) => call(`A10${i}`, i + 1, 1, AT + i)).reverse();
    server.show(withCalls(...calls));
    await hears(page, 'chime', 11);
    const names = await namesOf(page);
    const said = (name: string): number => names.filter((one) => one === name).length;
    expect(said('zh-please')).toBeGreaterThan(said('en-number'));
    const numbers = names.join(' ').match(/(?<=zh-a zh-1 zh-0 zh-)\d/g) ?? [];
    expect([...new Set(numbers)]).toEqual(['0', '1', '2', '3', '4', '5']);
    expect(numbers.filter((n) => n === '0')).toHaveLength(1);
  }, 60_000);

  it('a recall is spoken again and adds no row, and one given up before its turn is not said [W-12, W-90]', async () => {
    const { server, page } = await show({ choices: { times: 1 } });
    await ready(page);
    const rows = await page.locator('.recent .ticket').allInnerTexts();
    const [newest, ...rest] = usualBoard.calls;
    server.show({ ...usualBoard, calls: [{ ...newest!, round: 2 }, ...rest] });
    await hears(page, 'chime', 1);
    expect(await namesOf(page)).toEqual(once('A037', 2));
    expect(await page.locator('.recent .ticket').allInnerTexts()).toEqual(rows);
    const [first, second, third] = [
      call('A101', 1, 1, AT + 1),
      call('A102', 4, 1, AT + 2),
      call('A103', 3, 1, AT + 3),
    ];
    server.show(withCalls(second, first));
    server.show(withCalls(missed(second), first));
    server.show(withCalls(third, missed(second), first));
    await hears(page, 'chime', 3);
    expect(await namesOf(page)).toEqual([...once('A037', 2), ...once('A101', 1), ...once('A103', 3)]);
  });

  it('after a reconnect and after a reload no old call is spoken; the next one is [W-12]', async () => {
    const { server, page } = await show({ choices: { times: 1 } });
    await ready(page);
    server.down();
    await page.locator('.freshness.shown').waitFor();
    const missed = [call('A101', 1, 1, AT - 40_000), call('A037', 2, 3, AT - 6_000)];
    server.show({ ...usualBoard, calls: [...missed, ...usualBoard.calls.slice(1, 7)] });
    server.up();
    await page.locator('.board:not(.dimmed)').waitFor();
    await page.getByText('A101').first().waitFor();
    await page.reload();
    await page.locator('.board:not(.dimmed)').waitFor();
    await ready(page);
    server.show({ ...usualBoard, calls: [call('A102', 4), ...missed, ...usualBoard.calls.slice(2, 7)] });
    await hears(page, 'chime', 1);
    expect(await namesOf(page)).toEqual(once('A102', 4));
  }, 60_000);

  it('a changed view without a call says nothing: zones, windows, the care notice [L14]', async () => {
    const { server, page } = await show({ choices: { times: 1 } });
    await ready(page);
    server.show({ ...usualBoard, priorityNotice: true, counters: {} });
    await page.getByText('部分窗口正在提供优先服务').waitFor();
    server.show(withCalls(call('A101', 1)));
    await hears(page, 'chime', 1);
    expect(await namesOf(page)).toEqual(once('A101', 1));
  });

  it('this screen’s choices: Mandarin only, once, 幺, and none of it at volume 0 [W-14]', async () => {
    const { server, page } = await show({ choices: { times: 1, en: false, yao: true } });
    await ready(page);
    server.show(withCalls(call('A011', 1)));
    await hears(page, 'chime', 1);
    const said = ['chime', 'zh-please', 'zh-a', 'zh-0', 'zh-yao', 'zh-yao', 'zh-number', 'zh-to', 'zh-1'];
    expect(await namesOf(page)).toEqual([...said, 'zh-number-window']);

    await page.locator('button.sound').click();
    await page.locator('dialog input[type=range]').fill('0');
    await page.getByRole('button', { name: '完成' }).click();
    await page.locator('button.sound.muted').waitFor();
    server.show(withCalls(call('A012', 1, 1, AT + 1), call('A011', 1)));
    await page.locator('.newest .ticket', { hasText: 'A012' }).waitFor();
    // A call that came while it was off stays unsaid when it is on again.
    await page.locator('button.sound').click();
    await page.locator('dialog input[type=range]').fill('50');
    await page.getByRole('button', { name: '完成' }).click();
    server.show(withCalls(call('A013', 1, 1, AT + 2), call('A012', 1, 1, AT + 1), call('A011', 1)));
    await hears(page, 'chime', 2);
    expect((await namesOf(page)).slice(10)).toEqual(
      [...said, 'zh-number-window'].map((name, i) => (i === 5 ? 'zh-3' : name)),
    );
    await page.reload();
    await page.locator('button.sound').click();
    expect(await page.locator('dialog input[type=range]').inputValue()).toBe('50');
  }, 60_000);

  it('every clip in the repository is a sound that Chromium reads, of sensible length and not overdriven', async () => {
    const { page } = await show({ short: false });
    await ready(page);
    const clips = await decoded(page);
    expect(Object.keys(clips).sort()).toEqual(
      readClips(['client/public/voice'])
        .clips.map(({ name }) => name)
        .sort(),
    );
    const odd = Object.entries(clips).filter(
      ([, { seconds, peak }]) => seconds < 0.15 || seconds > 1.8 || peak < 0.2 || peak > 0.99,
    );
    expect(odd).toEqual([]);
  });
});

describe('when the browser holds sound back', () => {
  it('the board asks for a tap or a key, says nothing old afterwards, and speaks from then on [W-13]', async () => {
    const { server, page } = await show({ held: true, choices: { times: 1 } });
    const ask = page.getByText('点一下屏幕或按任意键，打开叫号声音');
    await ask.waitFor();
    await ready(page);
    server.show(withCalls(call('A101', 1)));
    await page.locator('.newest .ticket', { hasText: 'A101' }).waitFor();
    expect(await heard(page)).toEqual([]);
    await page.mouse.click(600, 600);
    await ask.waitFor({ state: 'detached' });
    expect(await page.locator('button.sound.muted').count()).toBe(0);
    server.show(withCalls(call('A102', 2, 1, AT + 1), call('A101', 1)));
    await hears(page, 'chime', 1);
    expect(await namesOf(page)).toEqual(once('A102', 2));
  });

  it('any key will do', async () => {
    const { page } = await show({ held: true });
    const ask = page.getByText('点一下屏幕或按任意键，打开叫号声音');
    await ask.waitFor();
    await page.keyboard.press('ArrowDown');
    await ask.waitFor({ state: 'detached' });
  });

  it('put away, a small sign says that it is muted [W-13]', async () => {
    const { page } = await show({ held: true });
    await page.getByRole('button', { name: '保持静音' }).click();
    await page.locator('.ask').waitFor({ state: 'detached' });
    expect(await page.locator('button.sound.muted').innerText()).toContain('静音');
  });
});

describe.each([landscape, portrait])('on $width × $height', (viewport) => {
  const faults = async (page: Page): Promise<string[]> => [
    ...(await clippedTexts(page)),
    ...(await overlappingTexts(page)),
    ...(await accessibilityFaults(page)),
    ...(await lowContrast(page, 7)),
    ...(await faintShapes(page, 3)),
    ...(await smallTargets(page, 48)),
  ];

  it('the question, the sign and the settings fit and are accessible', async () => {
    const long = { zh: '三江口', en: 'Riverside' };
    const counters = {
      ...usualBoard.counters,
      w9: { label: long, order: 9, zone: 'cash', status: 'open' as const },
    };
    const { page } = await show({ held: true, viewport, view: { ...usualBoard, demo: true, counters } });
    await page.locator('.ask').waitFor();
    expect(await faults(page)).toEqual([]);
    await page.getByRole('button', { name: '保持静音' }).click();
    await page.locator('button.sound.muted').waitFor();
    expect(await faults(page)).toEqual([]);
    await page.locator('button.sound').click();
    await page.getByText('这些窗口名还没有录音').waitFor();
    expect(await faults(page)).toEqual([]);
  });
});
