/** Lays the pictures of `npm run gallery` out on contact sheets. */
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launchBrowser } from '../support/browser.js';

const folder = process.env['GALLERY'] ?? '';
const COLUMNS = 4;
/** Chromium paints no higher page into one picture. */
const ON_A_SHEET = 12 * COLUMNS;
const SHEET = { width: 1800, height: 1000 };
const LONGEST_MS = 240_000;

const text = (name: string): string => name.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const figure = (spec: string, name: string): string =>
  `<figure><img src="${encodeURI(`${spec}/${name}`)}"><figcaption>${text(name.slice(0, -4))}</figcaption></figure>`;
const sheet = (title: string, figures: string[]): string => `<!doctype html><meta charset="utf-8">
<style>body{margin:16px;font:13px/1.3 sans-serif;background:#ddd}h2{margin:16px 0 8px}
div{display:grid;grid-template-columns:repeat(${COLUMNS},1fr);gap:12px;align-items:start}
figure{margin:0}img{width:100%;display:block;border:1px solid #999}figcaption{padding:4px 0}</style>
<h2>${text(title)}</h2><div>${figures.join('\n')}</div>`;

it(
  'contact sheets',
  async () => {
    const specs = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(specs.length).toBeGreaterThan(0);
    const browser = await launchBrowser();
    const page = await browser.newPage({ viewport: SHEET });
    const index: string[] = [];
    for (const { name: spec } of specs) {
      const names = readdirSync(join(folder, spec)).sort((a, b) => a.localeCompare(b, 'en'));
      const figures = names.map((name) => figure(spec, name));
      index.push(sheet(spec, figures));
      for (let at = 0; at < figures.length; at += ON_A_SHEET) {
        const html = join(folder, `sheet-${spec}-${at / ON_A_SHEET + 1}.html`);
        writeFileSync(
          html,
          sheet(`${spec} from ${at + 1} of ${names.length}`, figures.slice(at, at + ON_A_SHEET)),
        );
        await page.goto(pathToFileURL(html).href);
        await page.screenshot({ path: html.replace(/html$/, 'png'), fullPage: true });
        rmSync(html);
      }
    }
    await browser.close();
    writeFileSync(join(folder, 'index.html'), index.join('\n'));
  },
  LONGEST_MS,
);
