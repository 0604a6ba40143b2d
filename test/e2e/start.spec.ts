import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startServer } from '../../src/boot.js';
import { keep, NotEmpty } from '../../src/commands/demoData.js';
import { newLogger } from '../../src/commands/logging.js';
import { PortTaken } from '../../src/commands/port.js';
import { TestServer } from '../support/server.js';

describe('a server that starts', () => {
  let test: TestServer;
  let clientDir: string;
  beforeAll(async () => {
    clientDir = mkdtempSync(join(tmpdir(), 'lw-'));
    for (const page of ['start', 'board']) {
      mkdirSync(join(clientDir, page));
      writeFileSync(join(clientDir, page, 'index.html'), `the page ${page}`.padEnd(2_000));
    }
    test = await TestServer.start({ clientDir });
  });
  afterAll(async () => {
    await test.end();
    rmSync(clientDir, { recursive: true, force: true });
  });

  it('serves its pages at every address people type', async () => {
    const at = (path: string) => fetch(test.server.url + path, { redirect: 'manual' });
    for (const path of ['/', '/?lang=en', '/start/?lang=en'])
      expect((await (await at(path)).text()).trim()).toBe('the page start');
    expect((await at('/board')).headers.get('location')).toBe('/board/');
    expect((await at('/board?lang=en')).headers.get('location')).toBe('/board/?lang=en');
    expect((await at('/nothing?lang=en')).status).toBe(404);
  });

  it('packs pages, never what the API answers', async () => {
    const encoding = async (path: string) =>
      (await fetch(test.server.url + path, { headers: { 'Accept-Encoding': 'gzip' } })).headers.get(
        'content-encoding',
      );
    expect(await encoding('/board/')).toBe('gzip');
    expect(await encoding('/api/v1/openapi.json')).toBeNull();
  });

  it('has a database in which the typeorm command line finds nothing left to do', async () => {
    process.env['LW_DATABASE'] = join(test.directory, 'lobby.sqlite');
    const { default: database } = await import('../../ormconfig.js');
    await database.initialize();
    try {
      expect(await database.showMigrations()).toBe(false);
      const ran = await database.query<{ name: string }[]>('SELECT name FROM migrations ORDER BY id');
      const names = (all: readonly { name?: string }[]) => all.map(({ name }) => name).sort();
      expect(names(database.migrations)).toEqual(names(ran));
    } finally {
      await database.destroy();
      delete process.env['LW_DATABASE'];
    }
  });

  it('[S-22] on a port that is taken makes nothing, and says which port and how to take another', async () => {
    const { port } = test.server;
    const dataDir = join(test.directory, 'not-yet');
    await expect(startServer({ dataDir, port, logger: newLogger('silent') })).rejects.toThrow(PortTaken);
    for (const [program, LC_ALL, words] of [
      ['main', 'C', `Port ${port} is taken by another program.`],
      ['main', 'zh_CN.UTF-8', `端口 ${port} 已被别的程序占用`],
      ['commands/demo', 'C', `npm run demo -- --port ${port + 1}`],
    ] as const) {
      const demo = program === 'main' ? [] : ['--data', dataDir, '--port', String(port)];
      const { status, stderr } = spawnSync(process.execPath, [resolve(`dist/src/${program}.js`), ...demo], {
        encoding: 'utf8',
        env:
          demo.length > 0
            ? { PATH: process.env['PATH'], LC_ALL }
            : { PATH: process.env['PATH'], LC_ALL, LW_PORT: String(port), LW_DATA: dataDir },
      });
      expect([status, stderr.trim().split('\n').length]).toEqual([1, 1]);
      expect(stderr).toContain(words);
      if (program === 'main') expect(stderr).toContain(`LW_PORT=${port + 1} npm start`);
    }
    expect(existsSync(dataDir)).toBe(false);
  });

  it("[S-7] refuses a demo's data directory, whose accounts everybody knows", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'lw-'));
    keep(dataDir, { screens: [], people: [] });
    const started = startServer({ dataDir, port: 0, logger: newLogger('silent') });
    await expect(started).rejects.toThrow(NotEmpty);
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('keeps the database to its owner, also one that was made open', async () => {
    const rights = () => statSync(join(test.directory, 'lobby.sqlite')).mode & 0o777;
    expect(rights()).toBe(0o600);
    await test.down();
    chmodSync(join(test.directory, 'lobby.sqlite'), 0o644);
    await test.up();
    expect(rights()).toBe(0o600);
  });
});
