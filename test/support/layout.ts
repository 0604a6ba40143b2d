/**
 * What a careful eye would find wrong on a page, for tests to assert as empty lists:
 *
 *     expect(await clippedTexts(page)).toEqual([]);        // cut off by the screen or by a box
 *     expect(await overlappingTexts(page)).toEqual([]);    // written over each other
 *     expect(await accessibilityFaults(page)).toEqual([]); // axe, WCAG 2.2 A and AA
 *
 * Rows that are meant to drop out of sight whole (a list on a screen nobody scrolls) carry `data-drops`.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { photograph } from './photograph.js';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Runs in the page: every visible run of text with its boxes. A string, as Node's types know no DOM. */
const TEXTS = `
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || element.closest('svg, .unseen, option, [hidden]')) continue;
    const style = getComputedStyle(element);
    if (style.visibility === 'hidden' || style.opacity === '0') continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const boxes = [...range.getClientRects()].filter((box) => box.width > 0 && box.height > 0);
    // The font's box is taller than its glyphs: a fifth above and below is air.
    const glyphs = boxes.map((box) => ({
      left: box.left + 1, right: box.right - 1, top: box.top + box.height * 0.2, bottom: box.bottom - box.height * 0.2,
    }));
    if (glyphs.length > 0) texts.push({ element, text: node.data.trim().slice(0, 40), glyphs });
  }
`;

/** Texts that reach outside the screen, or outside an ancestor that hides what overflows it. */
export async function clippedTexts(page: Page): Promise<string[]> {
  await photograph(page);
  return page.evaluate<string[]>(`(() => {
    ${TEXTS}
    const scrolls = (style) => /auto|scroll/.test(style.overflowY + style.overflowX);
    const outside = (glyph, box) =>
      glyph.left < box.left - 1 || glyph.right > box.right + 1 || glyph.top < box.top - 1 || glyph.bottom > box.bottom + 1;
    const gone = (glyph, box) =>
      glyph.left >= box.right || glyph.right <= box.left || glyph.top >= box.bottom || glyph.bottom <= box.top;
    const faults = [];
    for (const { element, text, glyphs } of texts) {
      let reachable = false;
      for (let at = element; at && at !== document.documentElement; at = at.parentElement) {
        const style = getComputedStyle(at);
        if (scrolls(style)) { reachable = true; break; }
        if (style.overflowX === 'visible' && style.overflowY === 'visible') continue;
        const box = at.getBoundingClientRect();
        if (at.hasAttribute('data-drops') && glyphs.every((glyph) => gone(glyph, box))) { reachable = true; break; }
        if (glyphs.some((glyph) => outside(glyph, box))) faults.push('"' + text + '" is cut by .' + at.className);
      }
      const screen = { left: 0, top: 0, right: innerWidth, bottom: Math.max(innerHeight, document.documentElement.scrollHeight) };
      const down = { ...screen, top: -scrollY, bottom: screen.bottom - scrollY };
      if (!reachable && glyphs.some((glyph) => outside(glyph, down))) faults.push('"' + text + '" leaves the screen');
    }
    return faults;
  })()`);
}

/** Pairs of texts whose glyphs lie on each other. Texts below a dialog or a banner don't count. */
export async function overlappingTexts(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    ${TEXTS}
    const onTop = ({ element, glyphs }) => glyphs.every((glyph) => {
      const hit = document.elementFromPoint((glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2);
      return hit && (element.contains(hit) || hit.contains(element));
    });
    const shown = texts.filter(onTop);
    const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    const faults = [];
    shown.forEach((one, i) => shown.slice(i + 1).forEach((other) => {
      if (one.glyphs.some((a) => other.glyphs.some((b) => meet(a, b)))) faults.push('"' + one.text + '" over "' + other.text + '"');
    }));
    return faults;
  })()`);
}

interface AxeResult {
  violations: { id: string; nodes: { target: unknown[]; failureSummary?: string }[] }[];
}

/** axe's findings as `rule: selector`; WCAG 2.2 A and AA and its best practices. */
export async function accessibilityFaults(
  page: Page,
  options: { except?: string[] } = {},
): Promise<string[]> {
  await page.evaluate(axeSource);
  const rules = Object.fromEntries((options.except ?? []).map((rule) => [rule, { enabled: false }]));
  // What passed is not looked for, nor sent out of the page: that would take most of the time.
  const asked = JSON.stringify({ rules, resultTypes: ['violations'], preload: false });
  const violations = await page.evaluate<AxeResult['violations']>(
    `axe.run(document, ${asked}).then(({ violations }) => violations)`,
  );
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`));
}
