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
