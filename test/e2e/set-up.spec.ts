/** `npm run set-up` as an operator types it, on a real server. It runs what `npm run build` made. */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import type { DeviceEntry } from '../../src/protocol/http.js';
import { PROTOCOL_VERSION } from '../../src/protocol/version.js';
import { Page, TestServer } from '../support/server.js';

const PASSWORD = 'a calm long sentence';
let test: TestServer;

beforeEach(async () => {
  test = await TestServer.start();
  const { branchId } = test;
  await test.server.staff.add({
    login: 'root',
    name: 'Root',
    role: 'administrator',
    branchId,
    password: PASSWORD,
  });
});
afterEach(() => test.end());

async function setUp(act: string, ...answers: string[]): Promise<string> {
  const child = spawn(process.execPath, [resolve('dist/src/commands/set-up.js'), act], {
    env: { PATH: process.env['PATH'], LW_PORT: String(test.server.port) },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(answers.map((answer) => `${answer}\n`).join(''));
  const ended = new Promise<number | null>((exit) => child.once('exit', exit));
  const said = await text(child.stdout);
  expect(await ended).toBe(0);
  return said;
}

const addresses = (said: string): string[] => said.match(/\S+#token=lwd_\S+/g) ?? [];
const screens = async (): Promise<Pick<DeviceEntry, 'kind' | 'place' | 'label'>[]> =>
  (await test.server.devices.list(test.branchId)).map(({ kind, place, label }) => ({ kind, place, label }));

it('[S-18] screens are enrolled for the windows that the branch has now, and none twice', async () => {
  const counters = [{ ...test.setup.counters[0]!, id: 'far-end', label: { zh: '尽头', en: 'Far end' } }];
  await test.server.branches.save({ ...test.setup, counters }, 'test');
  const said = await setUp('screens', 'root', PASSWORD, 'https://lobby.example');
  expect(await screens()).toEqual([
    { kind: 'board', place: null, label: 'Board' },
    { kind: 'kiosk', place: null, label: 'Kiosk' },
    { kind: 'counterSign', place: 'far-end', label: 'Sign, Far end' },
    { kind: 'ratingPad', place: 'far-end', label: 'Rating pad, Far end' },
  ]);
  const [board, , sign] = addresses(said);
  expect(board).toMatch(/^https:\/\/lobby\.example\/board\/#token=/);
  const page = new Page(test.server.url, { protocol: PROTOCOL_VERSION, token: sign!.split('#token=')[1] });
  await page.heard();
  page.close();

  const another = { ...counters[0]!, id: 'near-end', label: { zh: '近端', en: 'Near end' } };
  await test.server.branches.save({ ...test.setup, counters: [...counters, another] }, 'test');
  expect(addresses(await setUp('screens', 'root', PASSWORD, ''))).toHaveLength(2);
  expect((await screens()).slice(4)).toEqual([
    { kind: 'counterSign', place: 'near-end', label: 'Sign, Near end' },
    { kind: 'ratingPad', place: 'near-end', label: 'Rating pad, Near end' },
  ]);
});
