import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const folder = process.env['GALLERY'];
const taken = new Map<string, number>();

/**
 * Keeps a picture of a state that a layout test judges, when GALLERY names a folder for them (`npm run gallery`):
 * what is photographed is then exactly what is tested. `board/<test's name> 1920x1080 zh.png`
 */
export async function photograph(page: Page): Promise<void> {
  if (folder === undefined) return;
  const { testPath = '', currentTestName = '' } = expect.getState();
  const spec = /([^/\\]+)\.spec\.ts$/.exec(testPath)?.[1] ?? 'page';
  const { width = 0, height = 0 } = page.viewportSize() ?? {};
  const lang = (await page.evaluate<string>('document.documentElement.lang')).slice(0, 2);
  const state = currentTestName
    .replace(/[^\p{Letter}\p{Number}]+/gu, ' ')
    .trim()
    .slice(0, 140);
  const name = `${state} ${width}x${height} ${lang}`;
  const times = (taken.get(`${spec}/${name}`) ?? 0) + 1;
  taken.set(`${spec}/${name}`, times);
  await mkdir(join(folder, spec), { recursive: true });
  await page.screenshot({ path: join(folder, spec, `${name}${times > 1 ? ` ${times}` : ''}.png`) });
}
