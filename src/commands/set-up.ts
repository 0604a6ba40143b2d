import { staffRoles } from '../identity/identity.js';
import type { RejectionCode } from '../protocol/codes.js';
import type { DeviceEntry, KeptConfiguration, PrintOutcome, StaffEntry } from '../protocol/http.js';
import admin from '../protocol/texts/admin.json' with { type: 'json' };
import configure from '../protocol/texts/configure.json' with { type: 'json' };
import errors from '../protocol/texts/errors.json' with { type: 'json' };
import needs from '../protocol/texts/needs.json' with { type: 'json' };
import { bindingNeeds, capabilityFor } from '../protocol/vocabulary.js';
import type { Text } from '../protocol/vocabulary.js';
import { BadEnvironment, readEnvironment } from './environment.js';
import { BadAnswer, languageOf, Terminal, wordsIn } from './terminal.js';

/**
 * `npm run set-up` makes a running server usable, by asking on the terminal, in its language [S-23]:
 *   (nothing)  the first administrator and branch, with the one-time code the server printed
 *   person     an account for a teller or manager
 *   screens    a board, a kiosk, and a sign and a rating pad for each counter, as far as they are not enrolled
 *              yet; prints their addresses
 *   printer    says which receipt printer stands in a kiosk, and prints a test page
 */
const { port, host } = readEnvironment(process.env);
// A server that listens everywhere is reached here as well.
const server = `http://${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host}:${port}`;
const lang = languageOf(process.env);
const t = wordsIn(lang);
const terminal = new Terminal(t);

const SHORTEST_PASSWORD = 12;
const LONGEST = 64;

function some(answer: string): string {
  if (answer === '') throw new BadAnswer(t('empty'));
  if (answer.length > LONGEST) throw new BadAnswer(t('tooLong', { most: LONGEST }));
  return answer;
}
const ask = (question: string): Promise<string> => terminal.ask(question, some);
/** Twice, as nobody sees what is typed: a slip would lock its owner out, and the start code works once. */
async function askNewPassword(): Promise<string> {
  for (;;) {
    const password = await terminal.ask(
      t('newPassword', { least: SHORTEST_PASSWORD }),
      (answer) => {
        if (answer.length < SHORTEST_PASSWORD)
          throw new BadAnswer(t('passwordShort', { n: SHORTEST_PASSWORD - answer.length }));
        return answer;
      },
      true,
    );
    if ((await terminal.ask(t('passwordAgain'), (typed) => typed, true)) === password) return password;
    terminal.say(t('passwordsDiffer'));
  }
}

/** What the server turned away. */
class Refusal extends Error {
  constructor(readonly code: RejectionCode) {
    super(errors[code][lang]);
  }
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
    throw new BadEnvironment(t('noServer', { server }));
  });
  if (response.ok) return response;
  throw new Refusal(((await response.json()) as { code: RejectionCode }).code);
}

/** Tries until the server takes it; what can be mended by another answer is said, and asked for. */
async function untilTaken<T>(
  attempt: () => Promise<T>,
  mend: Partial<Record<RejectionCode, { why: string; ask: () => Promise<void> }>>,
): Promise<T> {
  for (;;)
    try {
      return await attempt();
    } catch (error) {
      const way = error instanceof Refusal ? mend[error.code] : undefined;
      if (way === undefined) throw error;
      terminal.say(way.why);
      await way.ask();
    }
}

/** The administrator's session, as the cookie that the server set. */
async function signIn(): Promise<string> {
  let account = { name: '', password: '' };
  const askBoth = async (): Promise<void> => {
    account = {
      name: await ask(t('administrator')),
      password: await terminal.ask(t('password'), (typed) => typed, true),
    };
  };
  await askBoth();
  const again = { why: t('signInWrong'), ask: askBoth };
  const response = await untilTaken(() => post('session', account), {
    'not-signed-in': again,
    malformed: again,
  });
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

async function first(): Promise<void> {
  let code = await ask(t('code'));
  const account = { name: await ask(t('firstName')), password: await askNewPassword() };
  await untilTaken(() => post('set-up', { code, ...account }), {
    forbidden: {
      why: t('codeWrong'),
      ask: async () => {
        code = await ask(t('code'));
      },
    },
  });
  terminal.say(t('firstDone'));
}

const named: Record<string, Text> = { ...needs, ...admin };
/** A skill in words; what the branch named itself is shown as it is. */
const skillWords = (id: string): string =>
  named[`need.${id}`]?.[lang] ?? named[`admin.equipment.${id}`]?.[lang] ?? id;

/** What a teller may bring that needs and services of this branch ask for; a low counter is furniture. */
async function skillsOf(cookie: string): Promise<string[]> {
  const { setup } = await read<KeptConfiguration>('branch', cookie);
  const staff = await read<StaffEntry[]>('staff', cookie);
  const all = [
    ...bindingNeeds.map((need) => capabilityFor[need]),
    ...setup.services.flatMap(({ capabilities }) => capabilities),
    ...staff.flatMap(({ skills }) => skills),
  ];
  return [...new Set(all)].filter((skill) => skill !== capabilityFor.lowCounter);
}

async function askSkills(cookie: string): Promise<string[]> {
  const list = (await skillsOf(cookie)).map((value) => ({ value, label: skillWords(value) }));
  terminal.say(t('skillsList'));
  terminal.list(list.map(({ value, label }) => ({ label: label === value ? value : `${label} (${value})` })));
  // A name may be of two words: the whole answer is tried first.
  return terminal.ask(t('skills'), (answer) => {
    if (list.some(({ label }) => label.toLowerCase() === answer.toLowerCase()))
      return [terminal.pick(answer, list)];
    const each = answer.split(/[\s,，、;；]+/).filter(Boolean);
    return [...new Set(each.map((one) => terminal.pick(one, list)))];
  });
}

async function person(): Promise<void> {
  const cookie = await signIn();
  const role = await terminal.choose(
    t('role'),
    staffRoles.map((value) => ({
      value,
      label: configure[`staff.role.${value}`][lang],
      about: configure[`staff.roleAbout.${value}`][lang],
    })),
  );
  let login = await ask(t('login'));
  const name = await ask(t('shownName'));
  const skills = role === 'teller' ? await askSkills(cookie) : [];
  const password = await askNewPassword();
  await untilTaken(() => post('staff', { role, login, name, skills, password }, cookie), {
    'login-taken': {
      why: errors['login-taken'][lang],
      ask: async () => {
        login = await ask(t('login'));
      },
    },
  });
  const page = role === 'teller' ? 'teller' : role === 'administrator' ? 'admin' : 'manager';
  terminal.say(t('personDone', { login, address: `${server}/${page}/` }));
}

function origin(answer: string): string {
  if (answer === '') return server;
  try {
    const { protocol, origin: at } = new URL(answer);
    if (protocol === 'http:' || protocol === 'https:') return at;
  } catch {
    // falls through to the refusal
  }
  throw new BadAnswer(t('seenAtBad', { example: 'https://lobby.example.com' }));
}

/** [S-18] For the counters that the branch has now, and only what it has not got yet. */
async function screens(): Promise<void> {
  const cookie = await signIn();
  const { setup } = await read<KeptConfiguration>('branch', cookie);
  const here = (await read<DeviceEntry[]>('devices', cookie)).filter(({ revoked }) => !revoked);
  const seenAt = await terminal.ask(`${t('seenAt')} [${server}]`, origin);
  const enrol = async (
    kind: DeviceEntry['kind'],
    page: string,
    label: string,
    place?: string,
  ): Promise<void> => {
    if (here.some((screen) => screen.kind === kind && screen.place === (place ?? null))) {
      terminal.say(`${label}\n  ${t('enrolledAlready')}`);
      return;
    }
    const screen = { kind, label, ...(place === undefined ? {} : { place }) };
    const { token } = (await (await post('devices', screen, cookie)).json()) as { token: string };
    terminal.say(`${label}\n  ${seenAt}/${page}/#token=${token}`);
  };
  await enrol('board', 'board', t('board'));
  await enrol('kiosk', 'kiosk', t('kiosk'));
  for (const { id, label } of setup.counters) {
    const counter = label[lang] || label.zh;
    await enrol('counterSign', 'counter', t('sign', { counter }), id);
    await enrol('ratingPad', 'rating', t('pad', { counter }), id);
  }
  terminal.say(t('screensDone'));
}

async function printer(): Promise<void> {
  const cookie = await signIn();
  const kiosks = (await read<DeviceEntry[]>('devices', cookie)).filter(
    ({ kind, revoked }) => kind === 'kiosk' && !revoked,
  );
  const [only] = kiosks;
  if (only === undefined) throw new BadEnvironment(t('noKiosk'));
  const id = await terminal.choose(
    t('whichKiosk'),
    kiosks.map(({ id: value, label, printer: at }) => ({ value, label, about: at ?? t('noPrinter') })),
    kiosks.length === 1 ? only.id : undefined,
  );
  let address = await terminal.ask(t('printerAddress'), (answer) => answer);
  if (address === '') {
    await request('DELETE', `devices/${id}/printer`, undefined, cookie);
    terminal.say(t('printerNone'));
    return;
  }
  await untilTaken(() => request('PUT', `devices/${id}/printer`, { address }, cookie), {
    malformed: {
      why: t('printerBad'),
      ask: async () => {
        address = await ask(t('printerAddress'));
      },
    },
  });
  const test = await post(`devices/${id}/printer/test`, {}, cookie);
  const { outcome } = (await test.json()) as { outcome: PrintOutcome };
  terminal.say(t('printerKept', { outcome: t(`outcome.${outcome}`) }));
}

const acts = new Map([
  [undefined, first],
  ['person', person],
  ['screens', screens],
  ['printer', printer],
]);
const act = acts.get(process.argv[2]);
const run = act ? act() : Promise.reject(new BadEnvironment(t('usage')));

run
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  })
  .finally(() => {
    terminal.close();
  });
