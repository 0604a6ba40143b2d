import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../../src/boot.js';
import type { RunningServer } from '../../src/boot.js';
import { newLogger } from '../../src/commands/logging.js';
import type { SessionInfo } from '../../src/protocol/http.js';
import { PROTOCOL_VERSION } from '../../src/protocol/version.js';
import { HandBell, Page, TestServer } from '../support/server.js';

const PASSWORD = 'correct horse battery';
const HEADERS = { 'Content-Type': 'application/json', 'X-Love-Window': '1' };

const post = (
  server: RunningServer,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> =>
  fetch(server.url + path, {
    method: 'POST',
    headers: { ...HEADERS, ...headers },
    body: JSON.stringify(body),
  });

describe('set-up', () => {
  let directory: string;
  let server: RunningServer;
  const log: string[] = [];
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'lw-'));
    const logger = newLogger('debug', { write: (line: string) => void log.push(line) });
    server = await startServer({ dataDir: directory, port: 0, logger, every: new HandBell().every });
  });
  afterAll(async () => {
    await server.close();
    rmSync(directory, { recursive: true, force: true });
  });

  it('[S-23] goes from a bare directory to a screen on the wall, once', async () => {
    const { setUpCode: code } = server;
    const state = async (): Promise<unknown> => (await fetch(`${server.url}/api/v1/set-up`)).json();
    expect(await state()).toEqual({ open: true });
    expect(
      (await post(server, '/api/v1/set-up', { code: 'WRONG', name: 'root', password: PASSWORD })).status,
    ).toBe(403);
    expect((await post(server, '/api/v1/set-up', { code, name: 'root', password: 'short' })).status).toBe(
      400,
    );
    expect((await post(server, '/api/v1/set-up', { code, name: 'root', password: PASSWORD })).status).toBe(
      201,
    );
    expect((await post(server, '/api/v1/set-up', { code, name: 'eve', password: PASSWORD })).status).toBe(
      403,
    );
    expect(await state()).toEqual({ open: false });

    const signedIn = await post(server, '/api/v1/session', { name: 'ROOT', password: PASSWORD });
    const cookie = signedIn.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^lw=lws_[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/);
    expect(await signedIn.json()).toMatchObject({ name: 'root', role: 'administrator', branchId: 'main' });
    const Cookie = cookie.split(';')[0] ?? '';

    const person = { login: 'ann', name: 'Ann', role: 'lobbyManager', skills: [], password: PASSWORD };
    expect((await post(server, '/api/v1/staff', person, { Cookie })).status).toBe(201);
    expect((await post(server, '/api/v1/staff', person, { Cookie })).status).toBe(409);
    expect(
      (await post(server, '/api/v1/devices', { kind: 'ratingPad', label: 'pad' }, { Cookie })).status,
    ).toBe(400);
    const enrolled = await post(server, '/api/v1/devices', { kind: 'board', label: 'Hall' }, { Cookie });
    const { id, token } = (await enrolled.json()) as { id: string; token: string };
    const board = new Page(server.url, { protocol: PROTOCOL_VERSION, token });
    await board.heard();

    // A form on somebody else's page would send the cookie, but neither the header nor our origin.
    const forged = await fetch(`${server.url}/api/v1/devices/${id}`, {
      method: 'DELETE',
      headers: { Cookie },
    });
    expect(forged.status).toBe(403);
    const revoked = await fetch(`${server.url}/api/v1/devices/${id}`, {
      method: 'DELETE',
      headers: { ...HEADERS, Cookie },
    });
    expect(revoked.status).toBe(204);
    const closed = board.closed();
    await server.lookForRevoked();
    await closed;

    // The page of a signed-in person connects with its cookie alone.
    const admin = new Page(server.url, { protocol: PROTOCOL_VERSION }, { extraHeaders: { Cookie } });
    await admin.heard();
    expect(admin.view).toMatchObject({ me: { name: 'root' } });
    const left = admin.closed();
    await fetch(`${server.url}/api/v1/session`, { method: 'DELETE', headers: { ...HEADERS, Cookie } });
    expect((await fetch(`${server.url}/api/v1/session`, { headers: { Cookie } })).status).toBe(401);
    await server.lookForRevoked();
    await left;

    const stored = readFileSync(join(directory, 'lobby.sqlite')).toString('latin1') + log.join('');
    for (const secret of [token, Cookie.slice(3), PASSWORD, code ?? '']) expect(stored).not.toContain(secret);
  });
});

describe('a start that fails', () => {
  it('gives the data directory back', async () => {
    const test = await TestServer.start();
    const logger = newLogger('silent');
    const other = mkdtempSync(join(tmpdir(), 'lw-'));
    const taken = { dataDir: other, port: test.server.port, logger };
    await expect(startServer(taken)).rejects.toThrow('in use');
    await expect(startServer({ ...taken, port: 0, dataDir: test.directory })).rejects.toThrow(
      'another server',
    );
    const again = await startServer({ ...taken, port: 0 });
    await again.close();
    await test.end();
    rmSync(other, { recursive: true, force: true });
  });
});

describe('signing in', () => {
  let test: TestServer;
  let wall = Date.now();
  beforeAll(async () => {
    test = await TestServer.start({ wall: () => wall });
    for (const login of ['tess', 'tom']) {
      const person = {
        login,
        name: login,
        role: 'teller' as const,
        branchId: test.branchId,
        password: PASSWORD,
      };
      await test.server.staff.add(person);
    }
  });
  afterAll(() => test.end());
  const signIn = (name: string, password: string) => post(test.server, '/api/v1/session', { name, password });

  it('tells nobody whether the name or the password was wrong', async () => {
    const [noName, noPassword] = [await signIn('nobody', PASSWORD), await signIn('tess', 'wrong')];
    expect(noName.status).toBe(401);
    expect([noName.status, await noName.text()]).toEqual([noPassword.status, await noPassword.text()]);
  });

  it('is slowed down for the name that is guessed at, and for nobody else', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 12; i += 1) statuses.push((await signIn('tess', 'wrong')).status);
    expect(statuses).toContain(401);
    expect(statuses.at(-1)).toBe(429);
    expect((await signIn('tess', PASSWORD)).status).toBe(429);
    expect((await signIn('tom', PASSWORD)).status).toBe(200);
  });

  it('ends after 30 minutes without a sign of life, and after 12 hours in any case', async () => {
    const token = (await test.staffToken('teller', 'idle')) || '';
    const status = async () =>
      (await fetch(`${test.server.url}/api/v1/session`, { headers: { Authorization: `Bearer ${token}` } }))
        .status;
    for (let i = 0; i < 11; i += 1) {
      wall += 29 * 60_000;
      expect(await status()).toBe(200);
    }
    wall += 31 * 60_000;
    expect(await status()).toBe(401);

    const long = await test.staffToken('teller', 'long');
    const info = async () =>
      fetch(`${test.server.url}/api/v1/session`, { headers: { Authorization: `Bearer ${long}` } });
    expect(((await (await info()).json()) as SessionInfo).staffId).toBe('long');
    for (let i = 0; i < 25; i += 1) {
      wall += 29 * 60_000;
      await info();
    }
    expect((await info()).status).toBe(401);
  });

  it('survives a restart of the server', async () => {
    const token = await test.staffToken('teller', 'stays');
    await test.down();
    await test.up();
    const page = await test.page(token);
    expect(page.view).toMatchObject({ me: { id: 'stays' } });
  });
});
