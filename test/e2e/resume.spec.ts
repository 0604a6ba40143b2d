import { connect } from 'node:net';
import { PATCHES_KEPT } from '../../src/gateway/channel.js';
import { LIVE_NAMESPACE } from '../../src/protocol/live.js';
import { PROTOCOL_VERSION } from '../../src/protocol/version.js';
import { TestServer } from '../support/server.js';
import type { Page } from '../support/server.js';

let test: TestServer;
let manager: Page;
beforeEach(async () => {
  test = await TestServer.start();
  manager = await test.opened();
});
afterEach(() => test.end());

/** One after the other: changes decided together are shown together, in one patch. */
const issue = async (times: number): Promise<void> => {
  for (let i = 0; i < times; i += 1) await manager.ok({ type: 'IssueTicket', serviceIds: ['cash'] });
};

describe('[S-4] a screen that comes back', () => {
  it('gets what it missed and nothing else, and then shows what a fresh one shows', async () => {
    const token = await test.deviceToken('board');
    // Somebody else goes on watching, so that each change is one of the view's versions.
    await test.page(token);
    const before = await test.page(token);
    await issue(3);
    await before.until(() => before.patches.length === 3);
    before.close();
    await issue(4);

    const back = test.open(token, 'board', before.seen);
    back.view = before.view;
    await back.heard();
    expect(back.frames).toEqual(['patch', 'patch', 'patch', 'patch', 'beat']);
    const fresh = await test.page(token);
    expect(back.view).toEqual(fresh.view);
    expect(fresh.frames[0]).toBe('view');
  });

  it('to a view that nobody watched meanwhile gets all it missed in one patch', async () => {
    const token = await test.deviceToken('board');
    const before = await test.page(token);
    before.close();
    await issue(3);
    const back = test.open(token, 'board', before.seen);
    back.view = before.view;
    await back.heard();
    expect(back.frames).toEqual(['patch', 'beat']);
    expect(back.view).toEqual((await test.page(token)).view);
  });

  it('that missed nothing hears a beat, so that it knows', async () => {
    const token = await test.deviceToken('board');
    const before = await test.page(token);
    const back = await test.page(token, 'board', before.seen);
    expect(back.frames).toEqual(['beat']);
  });

  it.each([
    ['of another epoch', { epoch: 'gone', version: 1 }],
    ['that claims to have seen the future', { epoch: '', version: 1e9 }],
  ])('%s gets the whole view', async (_name, seen) => {
    const token = await test.deviceToken('board');
    const first = await test.page(token);
    const page = await test.page(token, 'board', {
      ...seen,
      epoch: seen.epoch === '' ? (first.seen?.epoch ?? '') : seen.epoch,
    });
    expect(page.frames).toEqual(['view', 'beat']);
  });

  it('whose gap is too old gets the whole view', async () => {
    const token = await test.deviceToken('board');
    await test.page(token);
    const before = await test.page(token);
    before.close();
    await issue(PATCHES_KEPT + 1);
    const back = await test.page(token, 'board', before.seen);
    expect(back.frames).toEqual(['view', 'beat']);
  });

  it('after a restart gets the whole view of the same lobby', async () => {
    const token = await test.deviceToken('board');
    const before = await test.page(token);
    await issue(2);
    await before.until(() => before.patches.length === 2);
    const bye = before.until(() => before.frames.includes('bye'));
    await test.down();
    await bye;
    await test.up();
    const back = await test.page(token, 'board', before.seen);
    expect(back.frames).toEqual(['view', 'beat']);
    expect(back.view).toEqual(before.view);
  });
});

describe('[L12] a command id', () => {
  it('repeated gets the first answer, also after a restart; with another body it is refused', async () => {
    const token = await test.staffToken('lobbyManager');
    const page = await test.page(token, 'manager');
    const message = page.message({ type: 'IssueTicket', serviceIds: ['cash'] });
    const first = await page.emit('command', message);
    expect(first).toMatchObject({ ok: true, result: { ticket: 'A001' } });
    expect(await page.emit('command', message)).toEqual(first);
    const other = { ...message, command: { type: 'IssueTicket', serviceIds: ['personal'] } };
    expect(await page.emit('command', other)).toMatchObject({ ok: false, code: 'command-id-reused' });
    await test.down();
    await test.up();
    const again = await test.page(token, 'manager');
    expect(await again.emit('command', message)).toEqual(first);
    expect(await again.emit('command', other)).toMatchObject({ ok: false, code: 'command-id-reused' });
    expect(test.shown().state.counts.issued).toBe(1);
  });
});

describe('two tellers', () => {
  it('[L2] who call next at once never get the same visit, 200 times', async () => {
    const tellers = await Promise.all(
      ['w1', 'w2'].map(async (counterId) => {
        const page = await test.page(await test.staffToken('teller'));
        await page.ok({ type: 'SignOn', counterId });
        return page;
      }),
    );
    for (let round = 0; round < 200; round += 1) {
      await manager.ok({ type: 'IssueTicket', serviceIds: ['cash'] });
      const answers = await Promise.all(tellers.map((page) => page.send({ type: 'CallNext' })));
      const [won, ...more] = answers.flatMap((answer, i) =>
        answer.ok ? [{ i, ...(answer.result as { visitId: string }) }] : [],
      );
      expect(more).toEqual([]);
      expect(answers.find((answer) => !answer.ok)).toMatchObject({ code: 'nobody-to-call' });
      const winner = tellers[won?.i ?? 0] as Page;
      const visitId = won?.visitId ?? '';
      const version = () => test.shown().state.visits[visitId]?.version ?? 0;
      await winner.ok({ type: 'StartService', visitId, version: version() });
      await winner.ok({ type: 'FinishService', visitId, version: version() });
    }
  });
});

describe('[S-4] a screen that does not read', () => {
  it('gets no more patches, costs the others nothing, and one whole view once it reads again', async () => {
    const token = await test.deviceToken('board');
    const others = await test.page(token);
    const slow = await stalled(test, token);
    // Answers that it doesn't read fill both kernels' buffers and then the server's own line.
    let issued = 0;
    while (test.server.publisher.slowScreens() === 0 && issued < 100) {
      await slow.ask(10_000);
      await issue(1);
      issued += 1;
    }
    expect(test.server.publisher.slowScreens()).toBe(1);
    await issue(5);
    await others.until(() => JSON.stringify(others.view).includes(`"waiting":${String(issued + 5)}`));

    await slow.readUntilView(() => test.bell.ring());
    expect(test.server.publisher.slowScreens()).toBe(0);
    expect(slow.count('view')).toBe(2);
    // It was set aside before its last patch was made, so it has fewer than there were changes.
    expect(slow.count('patch')).toBeLessThan(issued + 5);
    slow.end();
  }, 120_000);
});

/** A board over a bare socket that is not read from until it is told. */
async function stalled(server: TestServer, token: string) {
  const raw = connect({ port: server.server.port, host: '127.0.0.1' });
  let text = '';
  const auth = JSON.stringify({ token, audience: 'board', protocol: PROTOCOL_VERSION });
  raw.write(
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );
  raw.on('data', (bytes: Buffer) => (text += bytes.toString('latin1')));
  const until = (mark: string): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!text.includes(mark)) return;
        raw.off('data', look);
        resolve();
      };
      raw.on('data', look);
      look();
    });
  await until('"pingInterval"');
  raw.write(masked(`40${LIVE_NAMESPACE},${auth}`));
  await until('["beat"');
  raw.pause();
  const count = (name: string): number => text.split(`["${name}"`).length - 1;
  return {
    count,
    /** Sends so many events that are answered. */
    ask: (times: number): Promise<void> =>
      new Promise((sent) =>
        raw.write(Buffer.concat(Array<Buffer>(times).fill(masked(`42${LIVE_NAMESPACE},1["x"]`))), () =>
          sent(),
        ),
      ),
    /** Reads again, and rings the beat until the whole view has come. */
    readUntilView: async (ring: () => void): Promise<void> => {
      raw.resume();
      while (count('view') < 2) {
        ring();
        await new Promise(setImmediate);
      }
    },
    end: () => void raw.destroy(),
  };
}

/** A text frame as a client must send it. */
function masked(text: string): Buffer {
  const body = Buffer.from(text);
  const head =
    body.length < 126
      ? Buffer.from([0x81, 0x80 | body.length])
      : Buffer.from([0x81, 0xfe, body.length >> 8, body.length & 0xff]);
  return Buffer.concat([head, Buffer.alloc(4), body]);
}
