import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';

const run = promisify(execFile);

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  // The pages of staff begin in the browser's language [W-81]: it is Chinese unless a test says otherwise.
  '--lang=zh-CN',
  '--accept-lang=zh-CN',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // As a branch starts its boards: sound needs no tap.
  '--autoplay-policy=no-user-gesture-required',
];

interface Program {
  readonly executablePath: string;
  readonly env: Record<string, string>;
}

/**
 * Starts a headless Chromium for a test; the caller closes it.
 *
 * CHROMIUM_PATH names the program to start. Unset, it is the one in the npm package @sparticuz/chromium: the same
 * everywhere, and without the pages of its own that a desktop Chromium keeps beside each test. It knows no Chinese
 * font unless the system has one: tests must not depend on how a text looks.
 *
 * @param more flags for the program; the last word on a flag counts
 */
export async function launchBrowser(...more: string[]): Promise<Browser> {
  const { executablePath, env } = await findProgram();
  const browser = await chromium.launch({
    executablePath,
    env: { ...definedEnvironment(), ...env },
    args: [...FLAGS, ...more],
  });
  browser.on('context', watchOrigins);
  return browser;
}

/** What pages asked of another origin than their own since the last test. */
const strays: string[] = [];

/** [W-79] Every test that opens a page fails when the page asks anything of anybody but its own server. */
afterEach(() => {
  expect(strays.splice(0)).toEqual([]);
});

function watchOrigins(context: BrowserContext): void {
  const stray = (from: string, to: string): void => {
    const [page, asked] = [new URL(from), new URL(to)];
    const inside = !/^(http|ws)s?:$/.test(asked.protocol) || asked.host === page.host;
    if (!inside) strays.push(`${page.pathname} asked ${to}`);
  };
  context.on('request', (request) => {
    // Where a test goes to is the test's choice; a page's own way out begins at a page.
    if (!request.isNavigationRequest()) stray(request.frame().url(), request.url());
  });
  context.on('page', (page) => {
    page.on('websocket', (socket) => {
      stray(page.url(), socket.url());
    });
  });
}

async function findProgram(): Promise<Program> {
  const asked = process.env['CHROMIUM_PATH'] ?? '';
  return asked === '' ? bundledProgram() : { executablePath: asked, env: {} };
}

/** The Chromium of the npm package, inflated once per install, with what it needs on a machine without libraries or fonts. */
async function bundledProgram(): Promise<Program> {
  const home = await inflateOnce();
  const executablePath = join(home, 'chromium');
  const env: Record<string, string> = { FONTCONFIG_FILE: join(home, 'love-window-fonts.conf') };
  if (!(await starts(executablePath))) env['LD_LIBRARY_PATH'] = join(home, 'al2023', 'lib');
  return { executablePath, env };
}

/** False where the system lacks a library that the program is linked to, usually libnss3. */
async function starts(executablePath: string): Promise<boolean> {
  try {
    await run(executablePath, ['--no-sandbox', '--version']);
    return true;
  } catch {
    return false;
  }
}

/**
 * Inflates the package into node_modules/.cache. Test files run in several processes: each works in a folder of its own
 * and the first to finish gives it the shared name, so that nobody starts a half-written program.
 */
async function inflateOnce(): Promise<string> {
  const modules = resolve('node_modules');
  const manifest = await readFile(join(modules, '@sparticuz/chromium/package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const cache = join(modules, '.cache');
  const home = join(cache, `chromium-${version}`);
  if (existsSync(home)) return home;

  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, 'chromium-'));
  try {
    // The package unpacks to the temporary folder, and its libraries only where it believes to be in Lambda.
    const program = "await (await import('@sparticuz/chromium')).default.executablePath()";
    await run(process.execPath, ['--input-type=module', '-e', program], {
      env: { ...process.env, TMPDIR: work, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' },
    });
    await writeFile(join(work, 'love-window-fonts.conf'), fontsConf(home));
    await rename(work, home);
  } catch (error) {
    await rm(work, { recursive: true, force: true });
    if (!existsSync(home)) throw error;
  }
  return home;
}

/** The system's fonts and, so that there is always one, the Latin font of the package. */
const fontsConf = (home: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${join(home, 'fonts', 'fonts')}</dir>
  <cachedir>${join(home, 'fonts-cache')}</cachedir>
</fontconfig>
`;

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
