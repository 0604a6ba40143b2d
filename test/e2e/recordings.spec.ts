import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { branchTemplate } from '../../src/lobby/template.js';
import { TestServer } from '../support/server.js';

const setup = structuredClone(branchTemplate);
setup.counters[0]!.label = { zh: '三江厅 1 号窗口', en: 'Window 1' };

let server: TestServer;
const own = (file: string, content: string): void => {
  mkdirSync(join(server.directory, 'voice'), { recursive: true });
  writeFileSync(join(server.directory, 'voice', file), content);
};
const get = async (path: string) => {
  const answer = await fetch(server.server.url + path);
  return { status: answer.status, body: await answer.text() };
};
/** `npm run clips:check` on this server's data, while it runs. */
function check(): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/src/commands/clips-check.js'], {
    env: { PATH: process.env['PATH'], LW_DATA: server.directory },
    encoding: 'utf8',
  });
  return { status, said: stdout + stderr };
}

beforeEach(async () => {
  server = await TestServer.start({ setup });
});
afterEach(() => server.end());

describe('a bank’s own recordings [W-15]', () => {
  it('take the place of ours, file by file, without a new start', async () => {
    const ours = await get('/voice/zh-3.opus');
    expect(ours.body.slice(0, 4)).toBe('OggS');
    expect(JSON.parse((await get('/voice/own.json')).body)).toEqual({ clips: [] });
    own('zh-3.opus', 'three, said by a colleague');
    expect(await get('/voice/zh-3.opus')).toEqual({ status: 200, body: 'three, said by a colleague' });
    expect((await get('/voice/zh-4.opus')).body.slice(0, 4)).toBe('OggS');
  });

  it.each([
    '/voice/notes.txt',
    '/voice/.hidden.json',
    '/voice/',
    '/voice/../secret',
    '/voice/%2e%2e/secret',
    '/voice/..%2fsecret',
    '/voice/..%5csecret',
    '/voice/keys/day.json',
  ])('serve nothing else of the data directory: %s', async (path) => {
    own('notes.txt', 'not for you');
    own('.hidden.json', 'not for you');
    mkdirSync(join(server.directory, 'voice/keys'));
    own('keys/day.json', 'not for you');
    const { status, body } = await get(path);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(body).not.toContain('not for you');
  });

  it('the check names a window that no clip says, and is content once there is one [W-13]', () => {
    expect(check()).toEqual({ status: 1, said: expect.stringContaining('三江厅') as string });
    own('own.json', JSON.stringify({ clips: [{ name: 'zh-sanjiang', lang: 'zh', says: '三江厅' }] }));
    const listed = check();
    expect(listed).toEqual({
      status: 1,
      said: expect.stringContaining('no file: zh-sanjiang.opus') as string,
    });
    own('zh-sanjiang.opus', 'a hall');
    const fine = `${setup.id}: every call can be said\n${setup.id}: every kiosk screen can be read aloud\n`;
    expect(check()).toEqual({ status: 0, said: fine });
  });
});
