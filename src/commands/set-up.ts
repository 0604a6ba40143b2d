import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { staffRoles } from '../identity/identity.js';
import type { StaffRole } from '../identity/identity.js';
import type { RejectionCode } from '../protocol/codes.js';
import type { DeviceEntry, KeptConfiguration, PrintOutcome } from '../protocol/http.js';
import errors from '../protocol/texts/errors.json' with { type: 'json' };
import { BadEnvironment, readEnvironment } from './environment.js';

/**
 * `npm run set-up` makes a running server usable, by asking on the terminal:
 *   (nothing)  the first administrator and branch, with the one-time code the server printed
 *   person     an account for a teller or manager
 *   screens    a board, a kiosk, and a sign and a rating pad for each counter, as far as they are not enrolled
 *              yet; prints their addresses
 *   printer    says which receipt printer stands in a kiosk, and prints a test page
 */
const { port, host } = readEnvironment(process.env);
// A server that listens everywhere is reached here as well.
const server = `http://${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host}:${port}`;
const say = (text: string): void => void process.stdout.write(`${text}\n`);
// Lines are taken as they come, so that answers may also be piped in.
let hidden = false;
const output = new Writable({
  write(chunk: Buffer, _encoding, done) {
    if (!hidden) process.stdout.write(chunk);
    // At once: a write that waited would be judged by what is hidden later.
    done();
  },
});
const terminal = createInterface({ input: process.stdin, output, terminal: process.stdin.isTTY });
const typed = terminal[Symbol.asyncIterator]();

async function ask(question: string): Promise<string> {
  terminal.setPrompt(`${question}: `);
  terminal.prompt();
  const line = await typed.next();
  if (line.done === true) throw new BadEnvironment('the answers ended early');
  return line.value.trim();
}

/** Asks without showing what is typed. */
async function askPassword(question: string): Promise<string> {
  const answer = ask(question);
  hidden = true;
  const password = await answer;
  hidden = false;
  say('');
  return password;
}

const post = (path: string, body: object, cookie?: string): Promise<Response> =>
  request('POST', path, body, cookie);

const read = async <T>(path: string, cookie: string): Promise<T> =>
  (await request('GET', path, undefined, cookie)).json() as Promise<T>;

async function request(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body: object | undefined,
  cookie?: string,
): Promise<Response> {
  const response = await fetch(`${server}/api/v1/${path}`, {
    method,
    headers: {
      'Content-Type': 'application/json',
      'X-Love-Window': '1',
      ...(cookie === undefined ? {} : { Cookie: cookie }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(() => {
    throw new BadEnvironment(
      `No server answers at ${server}. Start it first (npm start), and give this command the same LW_PORT.`,
    );
  });
  if (response.ok) return response;
  const { code, params } = (await response.json()) as { code: RejectionCode; params?: { field?: string } };
  const field = params?.field === undefined ? '' : ` (${params.field})`;
  throw new BadEnvironment(`${wordsOf(path, code)}${field}`);
}

/** What went wrong, where the page's own words would not fit a terminal. */
function wordsOf(path: string, code: RejectionCode): string {
  if (path === 'session' && code === 'not-signed-in') return 'The name or the password is wrong.';
  if (path === 'set-up' && code === 'forbidden')
    return 'The code is wrong, or the first administrator was made already: npm run set-up -- person';
  if (code === 'malformed') return 'An answer cannot be used; nothing was made.';
  return errors[code].en;
}

/** The administrator's session, as the cookie that the server set. */
async function signIn(): Promise<string> {
  const name = await ask('Administrator');
  const password = await askPassword('Password');
  const response = await post('session', { name, password });
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

async function first(): Promise<void> {
  const code = await ask('One-time code (the server printed it at its start)');
  const name = await ask('Name of the first administrator');
  const password = await askPassword('Password, at least 12 characters');
  await post('set-up', { code, name, password });
  say(`Done. Next: npm run set-up -- person   and   npm run set-up -- screens`);
}

async function askRole(): Promise<StaffRole> {
  const answer = await ask(`Role (${staffRoles.join(', ')})`);
  const role = staffRoles.find((each) => each.toLowerCase() === answer.toLowerCase());
  if (role !== undefined) return role;
  say('That is none of them.');
  return askRole();
}

async function person(): Promise<void> {
  const cookie = await signIn();
  const role = await askRole();
  const login = await ask('Sign-in name');
  const name = await ask('Name that colleagues see');
  const skills =
    role === 'teller'
      ? await ask('Skills beside the counters’ equipment, with spaces between (often none)')
      : '';
  const password = await askPassword('Password, at least 12 characters');
  await post('staff', { role, login, name, skills: skills.split(' ').filter(Boolean), password }, cookie);
  const page = role === 'teller' ? 'teller' : role === 'administrator' ? 'admin' : 'manager';
  say(`Done. ${login} signs in at ${server}/${page}/`);
}

/** [S-18] For the counters that the branch has now, and only what it has not got yet. */
async function screens(): Promise<void> {
  const cookie = await signIn();
  const { setup } = await read<KeptConfiguration>('branch', cookie);
  const here = (await read<DeviceEntry[]>('devices', cookie)).filter(({ revoked }) => !revoked);
  const seenAt = (await ask(`The server's address as the screens see it [${server}]`)) || server;
  const enrol = async (
    kind: DeviceEntry['kind'],
    page: string,
    label: string,
    place?: string,
  ): Promise<void> => {
    if (here.some((screen) => screen.kind === kind && screen.place === (place ?? null))) {
      say(`${label}\n  is enrolled already; replace it on the administration page if its address was lost`);
      return;
    }
    const screen = { kind, label, ...(place === undefined ? {} : { place }) };
    const { token } = (await (await post('devices', screen, cookie)).json()) as { token: string };
    say(`${label}\n  ${seenAt}/${page}/#token=${token}`);
  };
  await enrol('board', 'board', 'Board');
  await enrol('kiosk', 'kiosk', 'Kiosk');
  for (const { id, label } of setup.counters) {
    await enrol('counterSign', 'counter', `Sign, ${label.en || label.zh}`, id);
    await enrol('ratingPad', 'rating', `Rating pad, ${label.en || label.zh}`, id);
  }
  say(
    'Each address holds a secret and is shown only here: open it on the screen it is for, and nowhere else.',
  );
}

/** In words for whoever stands at the printer. */
const outcomes: Record<PrintOutcome, string> = {
  none: 'No printer is set.',
  printed: 'A test page was printed.',
  unsure: 'The printer was lost while it printed.',
  paperOut: 'The printer has no paper.',
  coverOpen: 'The printer’s cover is open.',
  fault: 'The printer says that it is offline or faulty.',
  away: 'The printer can’t be reached from this server, or does not answer status questions.',
  busy: 'The printer has other receipts to print.',
};

async function printer(): Promise<void> {
  const cookie = await signIn();
  const kiosks = (await read<DeviceEntry[]>('devices', cookie)).filter(
    ({ kind, revoked }) => kind === 'kiosk' && !revoked,
  );
  kiosks.forEach(({ label, printer: at }, i) => say(`${i + 1}  ${label}  ${at ?? 'no printer'}`));
  const kiosk = kiosks[Number(await ask('Number of the kiosk')) - 1];
  if (kiosk === undefined) throw new BadEnvironment('there is no such kiosk');
  const address = await ask(
    'Address of its printer, such as 192.168.1.50 or 192.168.1.50:9100 (nothing: none)',
  );
  if (address === '') {
    await request('DELETE', `devices/${kiosk.id}/printer`, undefined, cookie);
    say('Done. This kiosk prints nothing.');
    return;
  }
  await request('PUT', `devices/${kiosk.id}/printer`, { address }, cookie);
  const test = await post(`devices/${kiosk.id}/printer/test`, {}, cookie);
  const { outcome } = (await test.json()) as { outcome: PrintOutcome };
  say(`The address is kept. ${outcomes[outcome]}`);
}

const acts = new Map([
  [undefined, first],
  ['person', person],
  ['screens', screens],
  ['printer', printer],
]);
const act = acts.get(process.argv[2]);
const run = act
  ? act()
  : Promise.reject(new BadEnvironment('npm run set-up -- [person | screens | printer]'));

run
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  })
  .finally(() => terminal.close());
