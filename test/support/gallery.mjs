/**
 * `npm run gallery`: every page in every state, size and language that the layout tests judge, as pictures in
 * gallery/, with an index.html and contact sheets (sheet-….png) to be read picture by picture.
 * `npm run gallery -- test/pages/board.spec.ts` takes anew those of one file.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';

const GALLERY = resolve('gallery');
const files = process.argv.slice(2);
if (files.length === 0) rmSync(GALLERY, { recursive: true, force: true });
mkdirSync(GALLERY, { recursive: true });

const jest = (...args) =>
  spawnSync(process.execPath, ['test/support/run.mjs', ...args], {
    stdio: 'inherit',
    env: { ...process.env, GALLERY },
  }).status ?? 1;

const tested = jest(...(files.length > 0 ? files : ['--selectProjects', 'pages']));
const sheets = jest('--no-build', 'test/pictures/sheets.spec.ts');
process.exit(Math.max(tested, sheets));
