import type { Page } from 'playwright-core';

/** Things to touch, in sight, whose smaller side is below `least` CSS pixels, as `text 40×96`; a box is touched by its label too. */
export async function smallTargets(page: Page, least: number): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const scope = document.querySelector('dialog[open], [role=dialog]') ?? document;
    return [...scope.querySelectorAll('button, a[href], input, select, [role=button]')]
      .map((element) => ({ element, box: (element.closest('label') ?? element).getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && Math.min(box.width, box.height) < ${String(least - 0.5)})
      .map(({ element, box }) => element.textContent.trim() + ' ' + Math.round(box.width) + '×' + Math.round(box.height));
  })()`);
}
