import axe from 'axe-core';
import type { Page } from 'playwright-core';

interface Checked {
  violations: { nodes: { target: unknown[]; any: { data?: { contrastRatio?: number } }[] }[] }[];
}

/** Texts whose contrast is below `least`, whatever their size, as `selector 6.3`. axe's own limits are lower for large type. */
export async function lowContrast(page: Page, least: number): Promise<string[]> {
  await page.evaluate(axe.source);
  const contrastRatio = { normal: { expected: least }, large: { expected: least } };
  const checks = [{ id: 'color-contrast-enhanced', options: { contrastRatio } }];
  const only = { runOnly: ['color-contrast-enhanced'] };
  const { violations } = await page.evaluate<Checked>(
    `(axe.configure(${JSON.stringify({ checks })}), axe.run(document, ${JSON.stringify(only)}))`,
  );
  await page.evaluate('axe.reset()');
  return violations.flatMap(({ nodes }) =>
    nodes.map(({ target, any }) => `${target.join(' ')} ${String(any[0]?.data?.contrastRatio)}`),
  );
}

/**
 * Icons, and the edges of things to operate, that stand out from what is behind them by less than `least`, as
 * `svg in .weather 2.4`. WCAG 1.4.11; a hairline that only divides is no such edge.
 */
export async function faintShapes(page: Page, least: number): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const rgba = (colour) => { const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number); return { r, g, b, a }; };
    const over = (top, under) => ({ a: 1, ...Object.fromEntries(['r', 'g', 'b'].map((k) => [k, top[k] * top.a + under[k] * (1 - top.a)])) });
    const behind = (element) => {
      const layers = [];
      for (let at = element; at; at = at.parentElement) layers.push(rgba(getComputedStyle(at).backgroundColor));
      return layers.reduceRight((under, top) => over(top, under), { r: 255, g: 255, b: 255, a: 1 });
    };
    // Relative luminance and contrast as WCAG 2.2 defines them.
    const linear = (part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
    const luminance = ({ r, g, b }) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
    const contrast = (a, b) => {
      const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
      return (light + 0.05) / (dark + 0.05);
    };
    const seen = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility !== 'hidden';
    const faults = [];
    const judge = (element, colour, ground) => {
      const ratio = contrast(over(rgba(colour), ground), ground);
      if (ratio < ${String(least)})
        faults.push(element.tagName.toLowerCase() + ' in .' + (element.parentElement?.className ?? '') + ' ' + ratio.toFixed(1));
    };
    for (const svg of document.querySelectorAll('svg'))
      if (seen(svg)) judge(svg, getComputedStyle(svg).color, behind(svg));
    for (const control of document.querySelectorAll('button, input:not([type=range], [type=radio], [type=checkbox])')) {
      const { borderTopWidth, borderTopColor } = getComputedStyle(control);
      if (!seen(control) || control.disabled || !control.parentElement) continue;
      const ground = behind(control.parentElement);
      // Told from its surroundings by its own ground, or by its edge.
      if (contrast(behind(control), ground) >= ${String(least)} || control.textContent.trim() !== '') continue;
      if (parseFloat(borderTopWidth) > 0) judge(control, borderTopColor, ground);
    }
    return faults;
  })()`);
}
