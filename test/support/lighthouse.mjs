/**
 * `npm run lighthouse`: measures the pages customers see, on a demo server whose lobby is full and stands still.
 * Lighthouse is fetched when it is wanted and is no dependency: it is larger than everything else together.
 * Ends with 1 when a page is below its bound. Chromium: the system's, or the program that CHROME_PATH names.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const LIGHTHOUSE = 'lighthouse@12.8.2';
const LEAST = { accessibility: 0.98, performance: 0.95 };
/** Screens of the branch hang on its own network; a phone comes by the mobile one. */
const DESKTOP = ['--preset=desktop'];
const PHONE = [];

const server = spawn(process.execPath, ['dist/src/commands/demo.js', '--port', '0', '--speed', '0'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const folder = mkdtempSync(join(tmpdir(), 'love-window-lighthouse-'));
try {
  const origin = await addressOf(server);
  const { branchId, screens } = await (await fetch(`${origin}/demo/screens`)).json();
  const urlOf = (kind) => origin + screens.find((screen) => screen.kind === kind).url;
  const pages = [
    ['board', urlOf('board'), DESKTOP],
    ['kiosk', urlOf('kiosk'), DESKTOP],
    ['ticket', await ticketOf(origin, branchId, urlOf('kiosk').split('#token=')[1]), PHONE],
  ];
  for (const [name, url, flags] of pages) judge(name, reportOf(name, url, flags));
} finally {
  server.kill('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
}

/** The address that the demo prints once its lobby is full. */
async function addressOf({ stdout }) {
  for await (const line of createInterface({ input: stdout })) {
    const [, address] = /(http:\/\/\S+)\//.exec(line) ?? [];
    if (address) return address;
  }
  throw new Error('the demo did not start');
}

/** Takes a number at the kiosk and gives the address of its page. */
async function ticketOf(origin, branchId, token) {
  const day = (await (await fetch(`${origin}/demo/clock`)).json()).now;
  const local = new Date(day).toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' });
  const response = await fetch(`${origin}/api/v1/branches/${branchId}/commands`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify({
      id: 'lighthouse-1',
      day: local,
      command: { type: 'IssueTicket', serviceIds: ['cash'] },
    }),
  });
  const { result } = await response.json();
  return `${origin}/ticket/#token=${result.visitId}.${result.token}`;
}

function reportOf(name, url, flags) {
  const path = join(folder, `${name}.json`);
  const chrome = '--chrome-flags=--headless=new --no-sandbox';
  const only = '--only-categories=accessibility,performance';
  execFileSync(
    'npx',
    ['--yes', LIGHTHOUSE, url, ...flags, only, chrome, '--output=json', `--output-path=${path}`, '--quiet'],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  return JSON.parse(readFileSync(path, 'utf8'));
}

function judge(name, { categories, audits }) {
  const scores = Object.entries(LEAST).map(([category, least]) => {
    const { score } = categories[category];
    if (!(score >= least)) process.exitCode = 1;
    return `${category} ${Math.round(score * 100)} (at least ${least * 100})`;
  });
  process.stdout.write(
    `${name}: ${scores.join(', ')}; first paint ${audits['first-contentful-paint'].displayValue}\n`,
  );
}
