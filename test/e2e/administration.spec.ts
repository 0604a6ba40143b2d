import { join } from 'node:path';
import sqlite3 from 'sqlite3';
import type { DeviceEntry, KeptConfiguration, StaffEntry } from '../../src/protocol/http.js';
import type { BranchSetup } from '../../src/protocol/settings.js';
import { PROTOCOL_VERSION } from '../../src/protocol/version.js';
import { Page, TestServer } from '../support/server.js';

const PASSWORD = 'a calm long sentence';

let test: TestServer;
let admin: string;

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- what a route answers with
async function call<T = Record<string, unknown>>(
  method: string,
  path: string,
  body?: unknown,
  token: string | null = admin,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: T }> {
  const response = await fetch(`${test.server.url}/api/v1/${path}`, {
    method,
    headers: {
      'Content-Type': 'application/json',
      ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as T };
}

const person = (login: string, role = 'teller') => ({
  login,
  name: login,
  role,
  skills: [],
  password: PASSWORD,
});
const add = async (login: string, role?: string): Promise<string> =>
  (await call<{ id: string }>('POST', 'staff', person(login, role))).body.id;
const signIn = (name: string, password = PASSWORD) =>
  call<{ staffId: string }>('POST', 'session', { name, password }, null, { 'X-Love-Window': '1' });
const kept = async (token = admin): Promise<KeptConfiguration> =>
  (await call<KeptConfiguration>('GET', 'branch', undefined, token)).body;
/** The configuration as a client sends it: the branch's id comes from the session. */
const sent = (setup: BranchSetup): Omit<BranchSetup, 'id'> => {
  const { name, timeZone, zones, services, counters, settings } = setup;
  return { name, timeZone, zones, services, counters, settings };
};

/** Runs SQL on the server's database, on a connection of its own. */
const onDisk = (sql: string): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const database = new sqlite3.Database(join(test.directory, 'lobby.sqlite'));
    database.get(sql, (error, row) => {
      database.close();
      if (error) reject(error);
      else resolve(row);
    });
  });

let wall: number;
beforeEach(async () => {
  wall = Date.now();
  test = await TestServer.start({ wall: () => wall });
  admin = await test.staffToken('administrator', 'root');
});
afterEach(() => test.end());

describe('[S-13] who may configure', () => {
  const changes: [string, string, unknown][] = [
    ['POST', 'staff', person('eve')],
    ['PATCH', 'staff/root', { disabled: true }],
    ['POST', 'devices', { kind: 'board', label: 'Hall' }],
    ['DELETE', 'devices/x', undefined],
    ['PUT', 'branch', { version: 1, setup: {} }],
    ['POST', 'branches', {}],
  ];
  const readings = ['staff', 'devices', 'branch', 'branches'];

  it('only the administrator changes; the branch manager and the auditor read; the others see nothing', async () => {
    for (const role of ['teller', 'lobbyManager', 'branchManager', 'auditor'] as const) {
      const token = await test.staffToken(role);
      for (const [method, path, body] of changes)
        expect([role, path, await call(method, path, body, token)]).toEqual([
          role,
          path,
          { status: 403, body: { ok: false, code: 'forbidden', params: {} } },
        ]);
      const reads = role === 'branchManager' || role === 'auditor';
      for (const path of readings)
        expect([role, path, (await call('GET', path, undefined, token)).status]).toEqual([
          role,
          path,
          reads ? 200 : 403,
        ]);
    }
    const board = await test.deviceToken('board');
    for (const path of readings) expect((await call('GET', path, undefined, board)).status).toBe(403);
    for (const path of readings) expect((await call('GET', path, undefined, null)).status).toBe(401);
  });

  it('a form on somebody else’s page changes nothing', async () => {
    const cookie = { Cookie: `lw=${admin}` };
    for (const [method, path, body] of changes)
      expect([path, (await call(method, path, body, null, cookie)).status]).toEqual([path, 403]);
    expect((await call('GET', 'staff', undefined, null, cookie)).status).toBe(200);
  });

  it('[S-2] people, screens and set-up of another branch do not exist', async () => {
    const far = await test.staffToken('administrator', 'far', 'far');
    const { id } = (await call<{ id: string }>('POST', 'devices', { kind: 'kiosk', label: 'K' })).body;
    expect((await call('DELETE', `devices/${id}`, undefined, far)).body['code']).toBe('unknown-screen');
    expect((await call('PATCH', 'staff/root', { disabled: true }, far)).body['code']).toBe('unknown-person');
    expect((await call('GET', 'branch', undefined, far)).body['code']).toBe('unknown-branch');
    expect((await call('GET', 'staff', undefined, far)).body).toEqual([
      expect.objectContaining({ id: 'far' }),
    ]);
    expect((await signIn('root')).status).toBe(401);
  });
});

describe('screens', () => {
  it('[S-10] one is enrolled, connects, is listed and cut off', async () => {
    const made = await call<{ id: string; token: string }>('POST', 'devices', {
      kind: 'counterSign',
      label: '1',
      place: 'w1',
    });
    expect(made.status).toBe(201);
    const sign = new Page(test.server.url, { protocol: PROTOCOL_VERSION, token: made.body.token });
    await sign.heard();
    const list = async () =>
      (await call<DeviceEntry[]>('GET', 'devices')).body.find(({ id }) => id === made.body.id);
    expect(await list()).toMatchObject({
      kind: 'counterSign',
      place: 'w1',
      label: '1',
      revoked: false,
      connected: true,
    });
    expect(JSON.stringify(await call('GET', 'devices'))).not.toContain(made.body.token);
    const closed = sign.closed();
    expect((await call('DELETE', `devices/${made.body.id}`)).status).toBe(204);
    await test.server.lookForRevoked();
    await closed;
    expect(await list()).toMatchObject({ revoked: true, connected: false });
    await test.down();
    await test.up();
    const again = test.open(made.body.token);
    expect((await again.refused()).code).toBe('not-signed-in');
    again.close();
  });

  it('[S-17] tells when one was last connected, also after a crash and a restart', async () => {
    const made = await call<{ id: string; token: string }>('POST', 'devices', { kind: 'kiosk', label: 'K' });
    const entry = async () =>
      (await call<DeviceEntry[]>('GET', 'devices')).body.find(({ id }) => id === made.body.id);
    expect(await entry()).toMatchObject({ connected: false, heardAt: null });
    const kiosk = new Page(test.server.url, { protocol: PROTOCOL_VERSION, token: made.body.token });
    await kiosk.heard();
    // What a crash a minute later would leave, also when the wall clock is set back meanwhile [G12].
    for (const step of [61_000, -3_600_000]) {
      wall += step;
      await test.server.lookForRevoked();
      await test.server.devices.keepHeard();
      expect(await onDisk(`SELECT heard_at FROM device WHERE id = '${made.body.id}'`)).toEqual({
        heard_at: wall,
      });
    }
    wall += 20_000;
    expect(await entry()).toMatchObject({ connected: true });
    kiosk.close();
    // The server hears of it a moment later; the clock stands still meanwhile.
    for (let looks = 0; looks < 200 && (await entry())?.connected === true; looks += 1);
    const leftAt = wall;
    wall += 5_000;
    expect(await entry()).toMatchObject({ connected: false, heardAt: leftAt });
    await test.down();
    wall += 60_000;
    await test.up();
    expect(await entry()).toMatchObject({ connected: false, heardAt: leftAt });
  });

  it.each([
    ['a sign without a counter', { kind: 'counterSign', label: 'x' }],
    ['a pad at a counter that is not there', { kind: 'ratingPad', label: 'x', place: 'w99' }],
    ['a board in a zone that is no room', { kind: 'board', label: 'x', place: 'cash' }],
    ['a kiosk at a counter', { kind: 'kiosk', label: 'x', place: 'w1' }],
    ['a place that every object has', { kind: 'counterSign', label: 'x', place: 'constructor' }],
  ])('[S-10] %s is refused', async (_, body) => {
    expect(await call('POST', 'devices', body)).toEqual({
      status: 400,
      body: { ok: false, code: 'malformed', params: { field: 'place' } },
    });
  });
});

describe('staff', () => {
  it('[S-11] being disabled ends the sessions and the sign-in; enabled again, the person is back', async () => {
    const id = await add('tess');
    const { token } = await test.server.sessions.open((await test.server.staff.byId(id))!);
    const desk = await test.page(token, 'teller');
    const closed = desk.closed();
    expect((await call('PATCH', `staff/${id}`, { disabled: true })).status).toBe(204);
    await test.server.lookForRevoked();
    await closed;
    expect((await call('GET', 'session', undefined, token)).status).toBe(401);
    expect((await signIn('tess')).status).toBe(401);
    await call('PATCH', `staff/${id}`, { disabled: false });
    expect((await signIn('tess')).status).toBe(200);
    expect((await call('GET', 'session', undefined, token)).status).toBe(401);
  });

  it('[S-11] a new role, skill or password ends what the person was, and holds from the next sign-in on', async () => {
    const id = await add('tom');
    for (const change of [
      { role: 'lobbyManager' },
      { skills: ['signLanguage'] },
      { password: 'another long sentence' },
    ]) {
      const { token } = await test.server.sessions.open((await test.server.staff.byId(id))!);
      expect((await call('PATCH', `staff/${id}`, change)).status).toBe(204);
      expect((await call('GET', 'session', undefined, token)).status).toBe(401);
    }
    expect((await signIn('tom')).status).toBe(401);
    expect((await signIn('tom', 'another long sentence')).status).toBe(200);
    const [entry] = (await call<StaffEntry[]>('GET', 'staff')).body.filter((each) => each.id === id);
    expect(entry).toMatchObject({
      role: 'lobbyManager',
      skills: ['signLanguage'],
      disabled: false,
      signedIn: true,
    });
    expect(Object.keys(entry!).join()).not.toMatch(/hash|password/i);
  });

  it('[S-12] nobody shuts themselves out', async () => {
    await add('second', 'administrator');
    for (const change of [{ disabled: true }, { role: 'teller' }])
      expect(await call('PATCH', 'staff/root', change)).toEqual({
        status: 409,
        body: { ok: false, code: 'not-yourself', params: {} },
      });
    expect((await call('PATCH', 'staff/root', { name: 'New name' })).status).toBe(204);
    expect((await call('GET', 'session')).status).toBe(200);
  });

  it('[S-12] two administrators who disable each other at once leave one', async () => {
    const other = await test.staffToken('administrator', 'other');
    const answers = await Promise.all([
      call('PATCH', 'staff/other', { disabled: true }),
      call('PATCH', 'staff/root', { role: 'auditor' }, other),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
    expect(answers.find(({ status }) => status === 409)?.body['code']).toBe('last-administrator');
    const left = (await test.server.staff.list(test.branchId)).filter(
      ({ role, disabledAt }) => role === 'administrator' && disabledAt === null,
    );
    expect(left).toHaveLength(1);
  });

  it.each([
    ['a short password', { password: 'short' }, 'password'],
    ['no password', { password: null }, 'password'],
    ['an unknown role', { role: 'king' }, 'role'],
    ['the role of a screen', { role: 'board' }, 'role'],
    ['a skill that every object has', { skills: ['__proto__'] }, 'skills'],
    ['a control character', { name: 'a\u0007' }, 'name'],
    ['another branch', { branchId: 'far' }, '*'],
    ['a hash', { passwordHash: 'x' }, '*'],
  ])('%s is refused, and nothing changes', async (_, change, field) => {
    const before = await call('GET', 'staff');
    expect((await call('PATCH', 'staff/root', change)).body).toEqual({
      ok: false,
      code: 'malformed',
      params: { field },
    });
    expect((await call('POST', 'staff', { ...person('eve'), ...change })).status).toBe(400);
    expect(await call('GET', 'staff')).toEqual(before);
  });

  it('a login name is given once on the whole server', async () => {
    await add('ann');
    expect(await call('POST', 'staff', person('ANN'))).toEqual({
      status: 409,
      body: { ok: false, code: 'login-taken', params: { field: 'login' } },
    });
  });
});

describe('[S-16] one sign-in name given twice at the same moment', () => {
  it('goes to one of them, and the other is told so in words', async () => {
    const answers = await Promise.all([
      call('POST', 'staff', person('ann')),
      call('POST', 'staff', person('Ann')),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toEqual({
      ok: false,
      code: 'login-taken',
      params: { field: 'login' },
    });
  });
});

describe('the configuration', () => {
  const service = {
    id: 'notary',
    name: { zh: '公证', en: 'Notary' },
    prefix: 'N',
    zone: 'personal',
    class: 'complex' as const,
    capabilities: [],
    documents: { zh: '', en: '' },
    hours: { from: 540, to: 1020 },
    cap: 20,
  };

  it('[S-8] the running day goes on as it was opened, the next opens with the latest version', async () => {
    const manager = await test.opened();
    const { version, setup } = await kept();
    const next = { ...sent(setup), services: [...setup.services, service] };
    expect(await call('PUT', 'branch', { version, setup: next })).toEqual({
      status: 200,
      body: { version: version + 1 },
    });
    expect(test.shown().state.setup?.services).toHaveLength(setup.services.length);
    await manager.ok({ type: 'CloseDay', endRemaining: true });
    await test.down();
    test.clock.step(24 * 3_600_000);
    await test.up();
    const morning = await test.page(await test.staffToken('lobbyManager'), 'manager');
    await morning.ok({ type: 'OpenDay' });
    expect(test.shown().state.setup?.services.at(-1)).toEqual(service);
    expect(await kept()).toMatchObject({ version: version + 1, by: 'root' });
  });

  it('[S-8] of two changes made from one version the second is stale and changes nothing', async () => {
    const { version, setup } = await kept();
    const named = (en: string) => ({ ...sent(setup), name: { zh: '网点', en } });
    const answers = await Promise.all(
      ['One', 'Two'].map((en) => call('PUT', 'branch', { version, setup: named(en) })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 409]);
    expect(answers[1]?.body).toMatchObject({ code: 'stale' });
    expect((await call('PUT', 'branch', { version, setup: named('Three') })).body).toEqual({
      ok: false,
      code: 'stale',
      params: { version: version + 1 },
    });
    expect((await kept()).setup.name.en).toBe('One');
  });

  const faults: [string, (setup: BranchSetup) => void, string][] = [
    ['two services with one prefix', ({ services }) => (services[1]!.prefix = 'A'), 'services.cash.prefix'],
    ['no service at all', (setup) => (setup.services = []), 'services'],
    ['no window at all', (setup) => (setup.counters = []), 'counters'],
    ['one id twice', ({ zones }) => (zones[1]!.id = 'cash'), 'zones'],
    ['a service in no zone', ({ services }) => (services[0]!.zone = 'nowhere'), 'services.cash.zone'],
    [
      'a window for no service',
      ({ counters }) => (counters[0]!.services = ['nothing']),
      'counters.w1.services',
    ],
    [
      'hours that end before they begin',
      ({ services }) => (services[0]!.hours = { from: 600, to: 600 }),
      'services.cash.hours',
    ],
    ['no name', (setup) => (setup.name = { zh: ' ', en: '' }), 'name'],
    ['a time zone that does not exist', (setup) => (setup.timeZone = 'Moon/Base'), 'timeZone'],
    [
      'more calls before absence than calls',
      ({ settings }) => (settings.callsBeforeNoShow = 9),
      'settings.callsBeforeNoShow',
    ],
    [
      'help at a window that is none',
      ({ settings }) => (settings.overflows = [{ counterId: 'w99', serviceId: 'cash', seconds: 30 }]),
      'settings.overflows',
    ],
    [
      'a class twice in the ratio',
      ({ settings }) =>
        (settings.ratio = [
          { of: 'rest', calls: 1 },
          { of: 'rest', calls: 2 },
        ]),
      'settings.ratio',
    ],
  ];
  it.each(faults)('[S-9] %s is refused with its field', async (_, spoil, field) => {
    const { version, setup } = await kept();
    const spoilt = structuredClone(setup);
    spoil(spoilt);
    const answer = await call<{ code: string; params: { field: string } }>('PUT', 'branch', {
      version,
      setup: sent(spoilt),
    });
    expect([answer.status, answer.body.code, answer.body.params.field]).toEqual([409, 'bad-settings', field]);
    expect(await kept()).toEqual(await kept());
    expect((await kept()).version).toBe(version);
  });

  it.each([
    ['an id of another branch', { id: 'far' }, 'setup.*'],
    ['a number as a name', { name: { zh: 1, en: '' } }, 'setup.name.zh'],
    ['a prefix of two letters', { services: [{ ...service, prefix: 'NN' }] }, 'setup.services.0.prefix'],
    ['a setting out of its range', { settings: { waitLimit: 1e9 } }, undefined],
    ['a list that is none', { counters: 'all' }, 'setup.counters'],
    ['something that is no window', { counters: [null] }, 'setup.counters'],
    ['a field nobody knows', { services: [{ ...service, admin: true }] }, 'setup.services.0.*'],
    ['too many services', { services: Array.from({ length: 27 }, () => service) }, 'setup.services'],
  ])('[S-9] %s is malformed', async (_, change, field) => {
    const { version, setup } = await kept();
    const answer = await call<{ code: string; params: { field: string } }>('PUT', 'branch', {
      version,
      setup: { ...sent(setup), ...change },
    });
    expect([answer.status, answer.body.code]).toEqual([400, 'malformed']);
    if (field !== undefined) expect(answer.body.params.field).toBe(field);
    expect((await kept()).version).toBe(version);
  });

  it('[P-24] what may starve somebody is kept with a reason, a name and a time, and not without', async () => {
    const { version, setup } = await kept();
    const strict = (acceptance?: object) => ({
      version,
      setup: { ...sent(setup), settings: { ...setup.settings, mode: 'strictPriority', acceptance } },
    });
    const of = ['strictPriority'];
    const refused = await call('PUT', 'branch', strict());
    expect([refused.status, refused.body]).toEqual([
      409,
      { ok: false, code: 'may-starve', params: { field: 'acceptance', hazards: 'strictPriority' } },
    ]);
    for (const bad of [
      { of, reason: '' },
      { of, reason: 'x'.repeat(201) },
      { of, reason: 'x', by: 'Ann' },
    ])
      expect((await call('PUT', 'branch', strict(bad))).body).toMatchObject({ code: 'malformed' });
    expect((await kept()).version).toBe(version);
    expect((await call('PUT', 'branch', strict({ of, reason: '分行试点' }))).status).toBe(200);
    await test.down();
    await test.up();
    const signed = { of, reason: '分行试点', by: 'root', at: wall };
    expect((await kept()).setup.settings.acceptance).toEqual(signed);
    await test.opened();
    expect(test.shown().state.setup?.settings).toMatchObject({ mode: 'strictPriority', acceptance: signed });
  });

  it('[P-24] a branch from before goes on under strict priority, and the rest of it can be changed', async () => {
    await test.server.branches.save(
      { ...test.setup, settings: { ...test.setup.settings, mode: 'strictPriority' } },
      'old',
    );
    await test.opened();
    expect(test.shown().state.setup?.settings.mode).toBe('strictPriority');
    const now = await kept();
    const named = { ...sent(now.setup), name: { zh: '新名', en: 'New name' } };
    expect((await call('PUT', 'branch', { version: now.version, setup: named })).status).toBe(200);
  });

  it('takes the largest branch that its form allows', async () => {
    const { version, setup } = await kept();
    const many = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));
    const name = { zh: '窗'.repeat(20), en: 'w'.repeat(40) };
    const services = many(26, (i) => ({
      ...service,
      id: `s${String(i)}`,
      name,
      prefix: String.fromCharCode(65 + i),
    }));
    const counters = many(40, (i) => ({
      ...setup.counters[0]!,
      id: `w${String(i)}`,
      label: name,
      services: services.map(({ id }) => id),
    }));
    const big = { ...sent(setup), services, counters };
    expect((await call('PUT', 'branch', { version, setup: big })).status).toBe(200);
  });
});

describe('[S-14] a new branch', () => {
  const branch = {
    id: 'north',
    name: { zh: '北街支行', en: 'North Street' },
    like: 'own',
    administrator: { login: 'nora', name: 'Nora', password: PASSWORD },
  };

  it('is made with its first administrator, who alone sees into it, and stays over a restart', async () => {
    expect(await call('POST', 'branches', branch)).toEqual({ status: 201, body: { id: 'north' } });
    await test.down();
    await test.up();
    const nora = (await test.server.staff.withPassword('nora', PASSWORD))!;
    const { token } = await test.server.sessions.open(nora);
    expect((await kept(token)).setup).toMatchObject({ id: 'north', name: branch.name });
    expect((await call('GET', 'branches', undefined, token)).body).toEqual([
      { id: test.branchId, name: test.setup.name, own: false },
      { id: 'north', name: branch.name, own: true },
    ]);
    expect((await kept()).setup.id).toBe(test.branchId);
    const manager = await test.staffToken('lobbyManager', 'max', 'north');
    const page = await test.page(manager, 'manager');
    await page.ok({ type: 'OpenDay' });
    expect(test.server.lobbies.shown('north').state.phase).toBe('open');
    expect(test.shown().state.phase).not.toBe('open');
  });

  it('[P-24] is no copy of what may starve somebody, nor of who accepted it there', async () => {
    const { version, setup } = await kept();
    const acceptance = { of: ['strictPriority'], reason: '分行试点' };
    const strict = { ...setup.settings, mode: 'strictPriority', vipCap: 1, acceptance };
    const changed = await call('PUT', 'branch', { version, setup: { ...sent(setup), settings: strict } });
    expect(changed.status).toBe(200);
    expect((await call('POST', 'branches', branch)).status).toBe(201);
    const { settings } = test.server.branches.latest('north')!;
    expect([settings.mode, settings.vipCap, settings.acceptance]).toEqual(['recommended', 1, undefined]);
  });

  it('is refused under an id or a login name that is taken, and then nothing is made', async () => {
    expect((await call('POST', 'branches', { ...branch, id: test.branchId })).body).toEqual({
      ok: false,
      code: 'branch-taken',
      params: { field: 'id' },
    });
    const administrator = { ...branch.administrator, login: 'root' };
    expect((await call('POST', 'branches', { ...branch, administrator })).body).toEqual({
      ok: false,
      code: 'login-taken',
      params: { field: 'administrator.login' },
    });
    expect((await call('POST', 'branches', { ...branch, id: '__proto__' })).status).toBe(400);
    expect((await call<unknown[]>('GET', 'branches')).body).toHaveLength(1);
  });

  it('[S-16] of two with one sign-in name for their administrators at the same moment one is made', async () => {
    const answers = await Promise.all(
      ['north', 'south'].map((id) => call('POST', 'branches', { ...branch, id })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toEqual({
      ok: false,
      code: 'login-taken',
      params: { field: 'administrator.login' },
    });
    expect((await call<unknown[]>('GET', 'branches')).body).toHaveLength(2);
  });

  it.each([
    ['its administrator', "staff WHEN NEW.login = 'nora'"],
    ['the branch', "branch_version WHEN NEW.branch_id = 'north'"],
  ])('[S-16] leaves nothing behind when the disk fails at %s', async (_, row) => {
    await onDisk(`CREATE TRIGGER full BEFORE INSERT ON ${row} BEGIN SELECT RAISE(FAIL, 'full'); END`);
    expect((await call('POST', 'branches', branch)).status).toBe(500);
    await test.down();
    await test.up();
    expect((await call<unknown[]>('GET', 'branches')).body).toHaveLength(1);
    await onDisk('DROP TRIGGER full');
    expect((await call('POST', 'branches', branch)).status).toBe(201);
  });
});
