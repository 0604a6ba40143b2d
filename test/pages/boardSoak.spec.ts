/**
 * The board under 20 public changes a second, fed by a real server. `npm run soak:board` takes five minutes; every test
 * run takes a short cut of it.
 */
import type { Browser } from 'playwright-core';
import { BoardSoak, CHANGES_PER_SECOND, grown, SAMPLE_MS, told } from '../support/boardSoak.js';
import { launchBrowser } from '../support/browser.js';

const SECONDS = Number(process.env['SOAK_SECONDS'] ?? 20);
/** By then every clip of the voice is decoded, every row filled, every style made. */
const WARM_UP = 2;
const CONTROL_SECONDS = 6;

let browser: Browser;
let soak: BoardSoak;
beforeAll(async () => {
  // The engine goes on compiling hot functions for minutes: that is its own, and hides what the page keeps.
  browser = await launchBrowser('--js-flags=--no-opt --no-maglev --no-sparkplug');
  soak = await BoardSoak.start(browser);
});
afterAll(async () => {
  await soak.end();
  await browser.close();
});

it(
  `[W-58] keeps nothing of what it has shown, for ${String(SECONDS)} s at 20 changes a second; a leak would be seen`,
  async () => {
    const samples = await soak.run(SECONDS);
    const judged = samples.slice(WARM_UP);
    const half = Math.floor(judged.length / 2);
    const [early, late] = [judged.slice(0, half), judged.slice(-half)];
    console.log(`${told(early)}, then ${told(late)}`);
    expect(late.at(-1)?.changes).toBeGreaterThan(0.9 * CHANGES_PER_SECOND * (SECONDS - SAMPLE_MS / 1000));
    expect(grown(early, late)).toEqual([]);

    // The control: a page that keeps every call it has shown.
    await soak.page.evaluate(`
      const kept = [];
      new MutationObserver((changes) => changes.forEach((change) => kept.push(...change.removedNodes)))
        .observe(document.querySelector('.newest'), { childList: true });
    `);
    expect(grown(late, await soak.run(CONTROL_SECONDS))).toContain('nodes');
  },
  (SECONDS + CONTROL_SECONDS + 60) * 1000,
);
