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

let locale = 'C';
async function setUp(act: string, ...answers: string[]): Promise<string> {
  const child = spawn(process.execPath, [resolve('dist/src/commands/set-up.js'), act], {
    env: { PATH: process.env['PATH'], LW_PORT: String(test.server.port), LC_ALL: locale },
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

it('[S-23] a bad answer is asked again with its reason, and roles and skills are listed', async () => {
  const person = ['nobody', '1', 'root', 'Lin', 'juggling', '1, foreignLanguage', 'short', PASSWORD];
  const slip = ['a calm long sentense', PASSWORD, PASSWORD];
  const said = await setUp('person', 'root', 'wrong', 'root', PASSWORD, ...person, ...slip, 'lin.a');
  expect(said).toContain('The name or the password is wrong. Please try again.');
  expect(said).toContain('  1  Teller – Calls and serves at a window');
  expect(said.match(/That is none of them/g)).toHaveLength(2);
  expect(said).toMatch(/Skills that this branch can use:\n {2}1 {2}Sign language \(signLanguage\)/);
  expect(said).toContain('That is too short by 7 characters.');
  expect(said.match(/The two passwords differ/g)).toHaveLength(1);
  expect(said).toContain('Somebody signs in with this name already.');
  const staff = await test.server.staff.list(test.branchId);
  expect(staff.find(({ login }) => login === 'lin')).toBeUndefined();
  expect(staff.find(({ login }) => login === 'lin.a')).toMatchObject({
    name: 'Lin',
    role: 'teller',
    skills: ['signLanguage', 'foreignLanguage'],
  });
});

it('[S-23] speaks Chinese in a Chinese locale, and the only kiosk need not be chosen', async () => {
  locale = 'zh_CN.UTF-8';
  try {
    const screensSaid = await setUp('screens', 'root', PASSWORD, 'lobby', '');
    expect(screensSaid).toContain('请填完整的地址，例如 https://lobby.example.com');
    expect((await screens()).slice(0, 2).map(({ label }) => label)).toEqual(['叫号屏', '取号机']);
    const said = await setUp('printer', 'root', PASSWORD, '', 'no address', '127.0.0.1:1');
    expect(said).toContain('  1  取号机 – 没有打印机\n哪一台取号机 [1]：');
    expect(said).toContain('这不是打印机的地址，没有保存。');
    expect(said).toContain('地址已保存。服务器连不上打印机');
  } finally {
    locale = 'C';
  }
});
