import { newToken } from '../../src/identity/tokens.js';
import { LIVE_NAMESPACE } from '../../src/protocol/live.js';
import { PROTOCOL_VERSION } from '../../src/protocol/version.js';
import { Page, TestServer } from '../support/server.js';

let test: TestServer;
beforeAll(async () => {
  test = await TestServer.start({ mostPerCredential: 3 });
  await test.opened();
});
afterAll(() => test.end());

const protocol = PROTOCOL_VERSION;
/** A page that says exactly this, and how the server answered. */
const refusalOf = (auth: Record<string, unknown>, options: Record<string, unknown> = {}) =>
  new Page(test.server.url, auth, options).refused();

describe('a page is refused before it sees anything', () => {
  it.each([
    ['without a token', { protocol }, 'not-signed-in'],
    ['with an unknown session', { protocol, token: newToken('lws_') }, 'not-signed-in'],
    ['with an unknown screen', { protocol, token: newToken('lwd_') }, 'not-signed-in'],
    ['with a ticket of nobody', { protocol, token: `v1.${'0'.repeat(32)}` }, 'not-signed-in'],
    ['with a token that is a list', { protocol, token: ['lws_x'] }, 'not-signed-in'],
    ['with a token beyond bounds', { protocol, token: `lws_${'x'.repeat(5_000)}` }, 'not-signed-in'],
    ['with an audience that is none', { protocol, audience: 'root' }, 'malformed'],
    ['of another protocol', { protocol: protocol + 1 }, 'malformed'],
    ['of no protocol', {}, 'malformed'],
  ])('%s', async (_name, auth, code) => {
    expect((await refusalOf(auth)).code).toBe(code);
  });

  it('of an older build is told the protocol, so that it reloads itself', async () => {
    expect((await refusalOf({ protocol: 0 })).params).toEqual({ field: 'protocol', protocol });
  });

  it('that asks for a view of another role', async () => {
    const token = await test.deviceToken('board');
    expect((await refusalOf({ protocol, token, audience: 'manager' })).code).toBe('forbidden');
  });

  it('from a foreign origin, whatever it shows', async () => {
    const token = await test.staffToken('teller');
    const extraHeaders = { Origin: 'https://evil.example' };
    await expect(refusalOf({ protocol, token }, { extraHeaders })).resolves.toMatchObject({
      code: 'websocket error',
    });
    const same = new Page(
      test.server.url,
      { protocol, token },
      { extraHeaders: { Origin: test.server.url } },
    );
    await same.heard();
    same.close();
  });

  it('in the namespace that is not ours', async () => {
    const page = new Page(test.server.url.replace(LIVE_NAMESPACE, ''), {}, {});
    page.close();
    const { io } = await import('socket.io-client');
    const socket = io(test.server.url, { transports: ['websocket'], reconnection: false, forceNew: true });
    const code = await new Promise((resolve) =>
      socket.once('connect_error', (error) => resolve(error.message)),
    );
    expect(code).toBe('forbidden');
    socket.close();
  });

  it('that is the fourth with one token', async () => {
    const token = await test.deviceToken('kiosk');
    for (let i = 0; i < 3; i += 1) await test.page(token);
    expect((await refusalOf({ protocol, token })).code).toBe('too-many');
  });
});

describe('pages of one token that connect at the same time', () => {
  it('get no more places than there are', async () => {
    const token = await test.deviceToken('kiosk');
    const open = () => new Page(test.server.url, { protocol, token }, {});
    const pages = Array.from({ length: 12 }, open);
    const answers = await Promise.all(
      pages.map(
        ({ socket }) =>
          new Promise<string>((resolve) => {
            socket.once('connect', () => resolve('in'));
            socket.once('connect_error', ({ message }) => resolve(message));
          }),
      ),
    );
    expect(answers.sort()).toEqual([...Array<string>(3).fill('in'), ...Array<string>(9).fill('too-many')]);
    for (const page of pages) page.close();
  });
});

describe('what is revoked', () => {
  it('ends a session at the next command and its connection with it', async () => {
    const token = await test.staffToken('teller', 'leaver');
    const page = await test.page(token);
    await test.server.sessions.closeAllOf('leaver');
    const closed = page.closed();
    expect(await page.send({ type: 'CallNext' })).toMatchObject({ ok: false, code: 'not-signed-in' });
    expect(await closed).toBe('io server disconnect');
    expect((await refusalOf({ protocol, token })).code).toBe('not-signed-in');
  });

  it('[K-3] takes a manager who has no session left off duty, and nobody else', async () => {
    const leaving = await test.staffToken('lobbyManager', 'leaves');
    const page = await test.page(await test.staffToken('branchManager', 'head'));
    await page.send({ type: 'OpenDay' });
    await page.ok({ type: 'StartDuty' });
    const leaver = await test.page(leaving);
    await leaver.ok({ type: 'StartDuty' });
    const signOut = { method: 'DELETE', headers: { Authorization: `Bearer ${leaving}` } };
    expect((await fetch(`${test.server.url}/api/v1/session`, signOut)).status).toBe(204);
    await test.server.lookForRevoked();
    expect(Object.keys(test.shown().state.managers)).toEqual(['head']);
    await page.ok({ type: 'EndDuty' });
  });

  it('cuts an idle screen at the next look', async () => {
    const { id, token } = await test.server.devices.enrol({
      kind: 'board',
      branchId: test.branchId,
      label: 'b',
    });
    const page = await test.page(token);
    const closed = page.closed();
    await test.server.devices.revoke(id, test.branchId);
    await test.server.lookForRevoked();
    expect(await closed).toBe('io server disconnect');
    expect((await refusalOf({ protocol, token })).code).toBe('not-signed-in');
  });
});

describe('a ticket', () => {
  it('shows its own visit, cancels it, and nothing else; it is dead once the day is closed', async () => {
    const kiosk = await test.page(await test.deviceToken('kiosk'));
    const mine = (await kiosk.ok({ type: 'IssueTicket', serviceIds: ['cash'] })) as {
      visitId: string;
      token: string;
    };
    const other = (await kiosk.ok({ type: 'IssueTicket', serviceIds: ['cash'] })) as {
      visitId: string;
      token: string;
    };
    const token = `${mine.visitId}.${mine.token}`;
    const phone = await test.page(token);
    expect(phone.view).toMatchObject({ visitId: mine.visitId, status: 'waiting' });
    expect(JSON.stringify(phone.view)).not.toContain(other.visitId);
    expect(await phone.send({ type: 'CancelVisit', visitId: other.visitId, version: 1 })).toMatchObject({
      code: 'unknown-visit',
    });
    expect(await phone.send({ type: 'CallNext' })).toMatchObject({ code: 'forbidden' });

    const rest = (id: string) =>
      fetch(`${test.server.url}/api/v1/tickets/${id}`, { headers: { Authorization: `Bearer ${token}` } });
    expect(await (await rest(mine.visitId)).json()).toMatchObject({ ticket: 'A001' });
    expect((await rest(other.visitId)).status).toBe(404);

    const { version } = phone.view as { version: number };
    await phone.ok({ type: 'CancelVisit', visitId: mine.visitId, version });
    const manager = await test.page(await test.staffToken('lobbyManager'), 'manager');
    const closed = phone.closed();
    await manager.ok({ type: 'CloseDay', endRemaining: true });
    await test.server.lookForRevoked();
    await closed;
    expect((await refusalOf({ protocol, token })).code).toBe('not-signed-in');
  });
});

describe('[S-2] another branch', () => {
  it('does not exist', async () => {
    const far = { ...test.setup, id: 'far' };
    await test.server.branches.save(far, 'test');
    await test.server.serve('far');
    const stranger = await test.page(await test.staffToken('lobbyManager', 'stranger', 'far'), 'manager');
    const before = JSON.stringify(test.shown().state);
    await stranger.ok({ type: 'OpenDay' });
    const [visitId] = Object.keys(test.shown().state.visits);
    expect(await stranger.send({ type: 'CancelVisit', visitId: visitId ?? '', version: 1 })).toMatchObject({
      code: 'unknown-visit',
    });
    expect(JSON.stringify(test.shown().state)).toBe(before);
  });
});
