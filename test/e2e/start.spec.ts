import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PortTaken, startServer } from '../../src/boot.js';
import { keep, NotEmpty } from '../../src/commands/demoData.js';
import { newLogger } from '../../src/commands/logging.js';
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
      expect(database.migrations.map(({ name }) => name)).toEqual(ran.map(({ name }) => name));
    } finally {
      await database.destroy();
      delete process.env['LW_DATABASE'];
    }
  });

  it('says which port is taken, and gives the data directory back', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'lw-'));
    const logger = newLogger('silent');
    const taken = startServer({ dataDir, port: test.server.port, logger });
    await expect(taken).rejects.toThrow(PortTaken);
    await expect(taken).rejects.toThrow(`port ${test.server.port} is in use`);
    await (await startServer({ dataDir, port: 0, logger })).close();
    rmSync(dataDir, { recursive: true, force: true });
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
