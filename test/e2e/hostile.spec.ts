import { connect } from 'node:net';
import { join } from 'node:path';
import sqlite3 from 'sqlite3';
import { hostileMessages, forbiddenFor } from '../support/hostile.js';
import { DAY } from '../support/lobby.js';
import { TestServer } from '../support/server.js';
import type { Page } from '../support/server.js';
import { MAX_MESSAGE_BYTES } from '../../src/protocol/live.js';

let test: TestServer;
let manager: Page;
let token: string;

/** Everything a message could have changed: what is shown and what is stored. */
const footprint = async (): Promise<string> => {
  return JSON.stringify([test.shown().seq, test.shown().state, await rowsStored()]);
};

const post = (path: string, body: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(test.server.url + path, {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}`, ...headers },
  });
const commands = (): string => `/api/v1/branches/${test.branchId}/commands`;

/** Rows of the log, as another connection than the server's counts them. */
const rowsStored = (): Promise<unknown> =>
  stored(
    'SELECT (SELECT COUNT(*) FROM events) AS events, (SELECT COUNT(*) FROM eventless_commands) AS commands',
  );

/** The first row of a query on the server's database. */
const stored = (sql: string): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const reader = new sqlite3.Database(join(test.directory, 'lobby.sqlite'), sqlite3.OPEN_READONLY);
    reader.get(sql, (error, row) => {
      reader.close();
      if (error) reject(error);
      else resolve(row);
    });
  });

beforeAll(async () => {
  test = await TestServer.start();
  await test.opened();
  token = await test.staffToken('lobbyManager');
  manager = await test.page(token, 'manager');
});
afterAll(() => test.end());

describe('[S-1, S-2] a malformed command', () => {
  it.each(hostileMessages)(
    'is answered over the socket and changes nothing: $name',
    async ({ payload, code, field }) => {
      const before = await footprint();
      const ack = await manager.emit('command', payload);
      expect(ack).toEqual({ ok: false, code, params: field === undefined ? {} : { field } });
      expect(await footprint()).toBe(before);
    },
  );

  it.each(hostileMessages)(
    'is answered over REST and changes nothing: $name',
    async ({ payload, code, field }) => {
      const before = await footprint();
      const response = await post(commands(), JSON.stringify(payload));
      const answer = (await response.json()) as { ok: boolean; code: string; params: unknown };
      expect(response.status).toBe(code === 'too-large' ? 413 : 400);
      // What isn't an object or a list is turned away by the JSON reader itself, which knows no field.
      if (typeof payload === 'object' && payload !== null)
        expect(answer).toEqual({ ok: false, code, params: field === undefined ? {} : { field } });
      else expect(answer.code).toBe('malformed');
      expect(await footprint()).toBe(before);
    },
  );

  it('is never repeated in the answer or the log', async () => {
    const secret = 'wheelchair-and-more';
    const ack = await manager.emit('command', {
      id: 'h',
      day: DAY,
      command: { type: secret, [secret]: secret },
    });
    const response = await post(commands(), JSON.stringify({ id: secret, [secret]: secret }));
    expect(JSON.stringify(ack)).not.toContain(secret);
    expect(await response.text()).not.toContain(secret);
    expect(test.log.join('')).not.toContain(secret);
  });
});

describe('a socket', () => {
  it.each(['Command', 'message', 'view', 'patch', 'exception', '__proto__', 'toString', ''])(
    '[S-1] answers the unknown event %p',
    async (event) => {
      expect(await manager.emit(event, { a: 1 })).toEqual({ ok: false, code: 'unknown-event', params: {} });
    },
  );

  it.each([
    ['no payload', []],
    ['two payloads', [{ id: 'h', command: { type: 'OpenDay' } }, { id: 'i' }]],
    ['bytes', [Buffer.from('OpenDay')]],
    ['bytes inside', [{ id: 'h', day: DAY, command: { type: 'OpenDay', x: Buffer.from('x') } }]],
  ])('answers a command with %s', async (_name, payloads) => {
    expect(await manager.emit('command', ...payloads)).toMatchObject({ ok: false, code: 'malformed' });
  });

  it('is closed when a message is beyond all bounds, and the others go on', async () => {
    const page = await test.page(token, 'manager');
    const closed = page.closed();
    page.raw.emit('command', { id: 'x'.repeat(MAX_MESSAGE_BYTES) });
    expect(await closed).toMatch(/transport/);
    expect(await manager.emit('nothing')).toMatchObject({ code: 'unknown-event' });
  });

  it.each([
    '40/live,{',
    '42/live,["command"',
    '42/live,99',
    '451-/live,["command",{"_placeholder":true,"num":9}]',
    '4',
    '9',
    '\u0000',
    '42["x"]',
  ])('survives the raw frame %p', async (raw) => {
    const page = await test.page(token, 'manager');
    const closed = page.closed();
    (
      page.socket.io.engine as unknown as { transport: { ws: { send(text: string): void } } }
    ).transport.ws.send(raw);
    // Either the server closes this connection or it still answers on it.
    const answered = page.emit('still-there').then(
      () => 'answered',
      () => 'closed',
    );
    expect(await Promise.race([closed.then(() => 'closed'), answered])).toMatch(/closed|answered/);
    page.close();
    expect(await manager.emit('nothing')).toMatchObject({ code: 'unknown-event' });
  });

  it('takes a command without an answer wanted, and one from a page that is gone', async () => {
    const page = await test.page(token, 'manager');
    page.raw.emit('command', null);
    page.raw.emit('command', page.message({ type: 'StartDuty' }));
    page.close();
    expect(await manager.emit('nothing')).toMatchObject({ code: 'unknown-event' });
  });
});

describe('the REST door', () => {
  it.each([
    ['broken JSON', '{"id":', {}, 400],
    ['no JSON type', 'id=h', { 'Content-Type': 'application/x-www-form-urlencoded' }, 415],
    ['plain text', '{"id":"h"}', { 'Content-Type': 'text/plain' }, 415],
    ['a body beyond bounds', JSON.stringify({ id: 'x'.repeat(MAX_MESSAGE_BYTES) }), {}, 413],
    ['a packed body', 'x', { 'Content-Encoding': 'gzip' }, 400],
    ['no token', '{}', { Authorization: '' }, 403],
    ['a wrong token', '{}', { Authorization: 'Bearer lws_nobody' }, 401],
    ['a token with a line break', '{}', { Authorization: 'Bearer a%0d%0a' }, 403],
    [
      'a foreign origin with a cookie',
      '{}',
      { Authorization: '', Origin: 'https://evil.example', 'X-Love-Window': '1' },
      403,
    ],
    ['no cookie though the header', '{}', { Authorization: '', 'X-Love-Window': '1' }, 401],
  ])('refuses %s', async (_name, body, headers, status) => {
    const before = await footprint();
    const response = await post(commands(), body, headers);
    expect([response.status, ((await response.json()) as { ok: boolean }).ok]).toEqual([
      status === 400 && 'Content-Encoding' in headers ? response.status : status,
      false,
    ]);
    expect(await footprint()).toBe(before);
  });

  it.each([
    '/nothing',
    '/api/v1/branch/main',
    '/api/v1/staff/../../etc/passwd',
    '/%00',
    '/%',
    '/board/../../package.json',
    '/board/%2e%2e/%2e%2e/package.json',
    '/.git/config',
    '/demo/screens',
    '/demo/clock',
  ])('has nothing at %s', async (path) => {
    const response = await fetch(test.server.url + path);
    const text = await response.text();
    expect([400, 403, 404]).toContain(response.status);
    expect(text).not.toMatch(/stack|\bat .*:\d+|node_modules|love-window"/);
    expect(response.headers.get('x-powered-by')).toBeNull();
  });

  it("[S-2] doesn't know another branch", async () => {
    const response = await post(
      '/api/v1/branches/other/commands',
      JSON.stringify(manager.message({ type: 'StartDuty' })),
    );
    expect([response.status, await response.json()]).toEqual([
      404,
      { ok: false, code: 'unknown-branch', params: {} },
    ]);
  });

  it('survives raw nonsense', async () => {
    for (const raw of [
      '\r\n\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      'POST /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n',
      '\u0000'.repeat(1000),
    ]) {
      await new Promise<void>((resolve) => {
        const socket = connect(test.server.port, '127.0.0.1', () => socket.end(raw));
        socket
          .on('close', () => resolve())
          .on('error', () => resolve())
          .resume();
      });
    }
    expect((await fetch(`${test.server.url}/health/live`)).status).toBe(200);
  });
});

describe('[S-2] who acts', () => {
  it('is whoever is signed in, at the counter signed on to', async () => {
    const [here, there] = await Promise.all(
      ['here', 'there'].map(async (id) => test.page(await test.staffToken('teller', id))),
    );
    await here?.ok({ type: 'SignOn', counterId: 'w1' });
    await there?.ok({ type: 'SignOn', counterId: 'w2' });
    await manager.ok({ type: 'IssueTicket', serviceIds: ['cash'] });
    const { visitId } = (await there?.ok({ type: 'CallNext' })) as { visitId: string };
    const { counters, visits } = test.shown().state;
    expect([counters['w1']?.teller?.id, counters['w2']?.teller?.id]).toEqual(['here', 'there']);
    expect(visits[visitId]?.stage).toMatchObject({ status: 'called', counterId: 'w2' });
    // A visit is at another's counter: saying whose it is doesn't make it one's own.
    expect(await here?.send({ type: 'StartService', visitId, version: 2 })).toMatchObject({
      code: 'visit-not-here',
    });
    expect(await stored('SELECT actor, role FROM events ORDER BY seq DESC LIMIT 1')).toEqual({
      actor: 'there',
      role: 'teller',
    });
  });
});

describe('a role', () => {
  const cases = Object.entries(forbiddenFor).flatMap(([role, list]) =>
    list.map((command) => ({ role, command, name: String(command['type']) })),
  );

  it.each(cases)('[S-1] $role may not send $name', async ({ role, command }) => {
    const before = await footprint();
    const isDevice = ['kiosk', 'board', 'counterSign', 'ratingPad'].includes(role);
    const shown = isDevice
      ? await test.deviceToken(role as 'kiosk', 'w1')
      : await test.staffToken(role as 'teller');
    const page = await test.page(shown);
    expect(
      await page.emit('command', {
        id: 'h',
        ...(command['type'] === 'OpenDay' ? {} : { day: DAY }),
        command,
      }),
    ).toEqual({
      ok: false,
      code: 'forbidden',
      params: {},
    });
    page.close();
    expect(await footprint()).toBe(before);
  });
});
