import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { startServer } from '../../src/boot.js';
import { databasePath } from '../../src/commands/dataDir.js';
import { castOf, demoRates } from '../../src/commands/demoCast.js';
import { NotEmpty } from '../../src/commands/demoData.js';
import { startDemo } from '../../src/commands/demoServer.js';
import type { DemoOptions, DemoServer } from '../../src/commands/demoServer.js';
import { newLogger } from '../../src/commands/logging.js';
import { arrivalsOf } from '../../src/model/arrivals.js';
import type { Customer } from '../../src/model/arrivals.js';
import { setRate, stepClock } from '../../src/demo/clockDoor.js';
import { dateOf } from '../../src/demo/localDay.js';
import { workdayOf } from '../../src/demo/kiosk.js';
import { startPlayers } from '../../src/demo/players.js';
import type { Players } from '../../src/demo/players.js';
import type { Occurrence } from '../../src/lobby/events.js';
import { branchTemplate } from '../../src/lobby/template.js';
import type { LobbyState } from '../../src/lobby/state.js';
import type { DemoClock, DemoScreens, KeptConfiguration } from '../../src/protocol/http.js';
import type { DayEntry, DayReport, ReplayComparison } from '../../src/protocol/lookingBack.js';
import type { Roster } from '../../src/protocol/roster.js';
import type { TellerView } from '../../src/protocol/views.js';
import { PROTOCOL_VERSION } from '../../src/protocol/version.js';
import { businessDay } from '../../src/runtime/business-day.js';
import { FileDayKeys } from '../../src/runtime/day-keys.js';
import { toOccurrence } from '../../src/runtime/record.js';
import { Database } from '../../src/store/database.js';
import { SqliteEventLog } from '../../src/store/sqlite-event-log.js';
import { chooseAgain } from '../support/sameChoices.js';
import { FORECAST_WORKER, Page, TestServer } from '../support/server.js';

/** Ten to two: a quarter of an hour later the lobby is full. */
const AFTERNOON = 13 * 60 + 50;
const MINUTE = 60_000;
const A_DAY = 24 * 60 * MINUTE;
const FAST = 240;
/** While somebody is met and escorted: acts that take people seconds must not take branch minutes here. */
const UNHURRIED = 30;
/** Ten branch minutes are two and a half seconds here, more on a busy machine. */
const PLAYED_MS = 120_000;

let directory: string;
let server: DemoServer;
let players: Players | undefined;
const log: string[] = [];
const refusals: string[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'lw-demo-'));
  log.length = 0;
  refusals.length = 0;
});
afterEach(async () => {
  players?.stop();
  players = undefined;
  await server.close();
  rmSync(directory, { recursive: true, force: true });
});

async function demo(options: Partial<DemoOptions> = {}): Promise<void> {
  server = await startDemo({
    dataDir: directory,
    port: 0,
    logger: newLogger('warn', { write: (line: string) => void log.push(line) }),
    rates: demoRates,
    forecastWorker: FORECAST_WORKER,
    rate: FAST,
    startAt: AFTERNOON,
    ...options,
  });
}

/** A day on which many come early in the afternoon who need support; which seed that is depends on the date. */
function seedWithHelp(): number {
  const { number, weekday } = dateOf(businessDay(shown().now(), 'Asia/Shanghai').day);
  const comes = ({ at, special }: Customer): boolean =>
    special !== undefined && special.seenAfter < 0.5 && at > AFTERNOON + 5 && at < AFTERNOON + 100;
  for (let seed = 1; ; seed += 1)
    if (arrivalsOf(seed + number, workdayOf(weekday)).filter(comes).length >= 6) return seed;
}

function play(seed = 3): void {
  players = startPlayers({
    url: server.url,
    cast: castOf(server),
    seed,
    onAnswer: (type, answer) => {
      if (answer?.ok === false) refusals.push(`${type} ${answer.code}`);
    },
  });
}

const faults = () => log.filter((line) => (JSON.parse(line) as { level: number }).level >= 50);
const shown = () => server.lobbies.shown('main');
/** Resolves when the lobby shows it; the test's own time limit is the limit. */
const until = (holds: (state: LobbyState) => boolean): Promise<void> =>
  new Promise((done) => {
    const look = (): void => {
      if (!holds(shown().state)) return;
      stop();
      done();
    };
    const stop = server.lobbies.onShown(look);
    look();
  });

/** Slows branch time whenever somebody who needs support waits; gives back how that ends. */
function unhurriedEscorts(): () => void {
  let rate = FAST;
  return server.lobbies.onShown(() => {
    const { visits } = shown().state;
    const awaited = Object.values(visits).some(
      ({ flag, stage: { status } }) =>
        flag !== undefined && ['waiting', 'reserved', 'called'].includes(status),
    );
    const wanted = awaited ? UNHURRIED : FAST;
    if (wanted === rate) return;
    rate = wanted;
    void setRate(server.url, rate);
  });
}

/** A day as it lies on disk, once the server has ended. */
async function logOf(branchId: string, day: string): Promise<Occurrence[]> {
  const database = await Database.open(databasePath(directory));
  try {
    const rows = await (await SqliteEventLog.open(database)).read({ branchId, day }, 1, 1_000_000);
    const key = await new FileDayKeys(join(directory, 'keys')).find({ branchId, day });
    return rows.map((row) => toOccurrence(row, key));
  } finally {
    await database.close();
  }
}

const playQuickly = async (playMs: number): Promise<DemoClock> => {
  const headers = { 'content-type': 'application/json' };
  const asked = { method: 'POST', headers, body: JSON.stringify({ playMs }) };
  return (await (await fetch(`${server.url}/demo/clock`, asked)).json()) as DemoClock;
};

const clockOf = async (url: string): Promise<DemoClock> =>
  (await (await fetch(`${url}/demo/clock`)).json()) as DemoClock;

/** Status of a request whose headers say what no `fetch` may. */
const statusOf = (
  path: string,
  headers: Record<string, string>,
  body?: object,
): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const method = body ? 'POST' : 'GET';
    request(
      server.url + path,
      { method, headers: { 'content-type': 'application/json', ...headers } },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      },
    )
      .once('error', reject)
      .end(body && JSON.stringify(body));
  });

describe("The demo's day", () => {
  it(
    'is played through the real doors: tickets, calls, services and a love window; its log chooses the same again [P-20]',
    async () => {
      await demo();
      play(seedWithHelp());
      // A teller may serve before the manager's tap. Some escorts are told.
      const escorted = ({ episodes }: LobbyState): boolean =>
        Object.values(episodes).some(
          ({ ended, acknowledgedBy, onTheWayAt }) =>
            ended?.how === 'served' && acknowledgedBy !== undefined && onTheWayAt !== undefined,
        );
      const takeTime = unhurriedEscorts();
      await until((state) => state.counts.served >= 15 && escorted(state));
      takeTime();
      const { counts, visits } = shown().state;
      expect(counts.issued).toBeGreaterThanOrEqual(counts.served);
      expect(Object.values(visits).some(({ tier }) => tier > 0)).toBe(true);
      expect(faults()).toEqual([]);
      // Players see the screens that people see: a refusal now and then is life, a malformed command is a fault.
      expect(
        refusals.filter((refusal) => /malformed|internal|unknown-command|not-signed-in/.test(refusal)),
      ).toEqual([]);

      const { day } = shown().state;
      players?.stop();
      await server.close();
      const { calls, holds } = chooseAgain(await logOf('main', day), 'main');
      expect(calls).toBeGreaterThanOrEqual(15);
      expect(holds).toBeGreaterThan(0);
    },
    PLAYED_MS,
  );

  it(
    'goes on after a restart of the server, with the same people at the same screens',
    async () => {
      await demo();
      play();
      await until((state) => state.counts.served >= 3);
      const { port } = server;
      const before = shown().state.counts.served;
      await server.close();
      await demo({ port });
      expect(shown().state.counts.served).toBeGreaterThanOrEqual(before);
      await until((state) => state.counts.served >= before + 5);
    },
    PLAYED_MS,
  );

  it(
    'leaves a screen to the person who acts there',
    async () => {
      await demo();
      play();
      await until((state) => state.counters['w1']?.teller !== undefined && state.counts.served >= 1);
      const token = castOf(server).tellers.find(({ counterId }) => counterId === 'w1')?.token;
      const person = new Page(server.url, { protocol: PROTOCOL_VERSION, token, audience: 'teller' });
      await person.heard();
      const { day } = person.view as TellerView;
      expect(await person.send({ type: 'PauseCounter', reason: 'device' }, day)).toMatchObject({ ok: true });
      const { served } = shown().state.counts;
      const at = shown().now();
      // A player's own break would be over by then, and a visit in service finished. Players come back 90 real
      // seconds after a person's last act, so nothing here may wait for work that a busy machine does slowly.
      await until((state) => shown().now() > at + 30 * MINUTE && state.counts.served > served);
      expect(shown().state.counters['w1']?.pause).toMatchObject({ reason: 'device' });
      person.close();
    },
    PLAYED_MS,
  );

  it(
    '[W-93] is played quickly for some minutes when somebody wishes: people come and are served in them, and time runs as before',
    async () => {
      await demo({ rate: 0 });
      play();
      const start = (await clockOf(server.url)).now;
      const over = start + 40 * MINUTE;
      expect(await playQuickly(40 * MINUTE)).toMatchObject({ quick: { until: over, then: 0 } });
      await until(() => server.clock.rate() === 0);
      const { now, quick } = await clockOf(server.url);
      expect(quick).toBeUndefined();
      expect(now).toBeGreaterThanOrEqual(over);
      expect(shown().state.counts.served).toBeGreaterThanOrEqual(10);
    },
    PLAYED_MS,
  );
});

describe('A demo without players', () => {
  it('is quiet: nobody acts and the branch is not open', async () => {
    await demo({ rate: 0 });
    const { state } = shown();
    expect(state.phase).not.toBe('open');
    expect(shown().seq).toBe(0);
    const screens = (await (await fetch(`${server.url}/demo/screens`)).json()) as {
      screens: { kind: string }[];
    };
    expect(new Set(screens.screens.map(({ kind }) => kind))).toEqual(
      new Set(['board', 'counter', 'rating', 'kiosk', 'ticket', 'teller', 'manager', 'admin']),
    );
  });

  it('[W-80] has a ticket for whoever looks: the same until it has ended, and the kiosk while there is none', async () => {
    await demo({ rate: 0 });
    const leadsTo = async (): Promise<string> =>
      (await fetch(`${server.url}/demo/ticket`, { redirect: 'manual' })).headers.get('location') ?? '';
    expect(await leadsTo()).toMatch(/^\/kiosk\/#token=/);
    const page = new Page(server.url, {
      protocol: PROTOCOL_VERSION,
      token: castOf(server).manager,
      audience: 'manager',
    });
    await page.heard();
    await page.ok({ type: 'OpenDay' });
    // A browser that guesses where somebody will go next takes no ticket.
    const ahead = { headers: { 'Sec-Purpose': 'prefetch;prerender' }, redirect: 'manual' } as const;
    expect((await fetch(`${server.url}/demo/ticket`, ahead)).status).toBe(404);
    expect(shown().state.counts.issued).toBe(0);
    const [first, second] = await Promise.all([leadsTo(), leadsTo()]);
    expect(second).toBe(first);
    const token = /^\/ticket\/#token=(.+)$/.exec(first)?.[1] ?? '';
    const phone = new Page(server.url, { protocol: PROTOCOL_VERSION, token, audience: 'ticket' });
    await phone.heard();
    expect(phone.view).toMatchObject({ status: 'waiting' });
    expect(await leadsTo()).toBe(first);
    expect(shown().state.counts.issued).toBe(1);
    const { day, visits } = shown().state;
    const visit = visits[token.split('.')[0] ?? '']!;
    const cancel = { type: 'CancelVisit', visitId: visit.id, version: visit.version } as const;
    expect(await phone.send(cancel, day)).toMatchObject({ ok: true });
    expect(await leadsTo()).not.toBe(first);
    expect(shown().state.counts.issued).toBe(2);
    phone.close();
    page.close();
  });

  it('[W-80] opens the kiosk at the address that phones reach, when it is told one', async () => {
    await demo({ rate: 0, phones: 'localhost' });
    const kiosk = async () => {
      const { phones, screens } = (await (await fetch(`${server.url}/demo/screens`)).json()) as DemoScreens;
      return [phones, screens.find(({ kind }) => kind === 'kiosk')?.url];
    };
    const there = `http://localhost:${server.port}/kiosk/`;
    expect(await kiosk()).toEqual([true, expect.stringContaining(there)]);
    await server.close();
    // The address is the next start's own: it is not kept with the demo.
    await demo({ rate: 0 });
    expect(await kiosk()).toEqual([false, expect.stringMatching(/^\/kiosk\/#token=/)]);
  });

  it('has a control door that freezes, steps and speeds up branch time, and tells every screen at once', async () => {
    await demo({ rate: 0 });
    const page = new Page(server.url, {
      protocol: PROTOCOL_VERSION,
      token: castOf(server).manager,
      audience: 'manager',
    });
    await page.heard();
    const start = await clockOf(server.url);
    expect(start.rate).toBe(0);
    expect((await clockOf(server.url)).now).toBe(start.now);
    await stepClock(server.url, 10 * MINUTE);
    expect(await clockOf(server.url)).toEqual({ now: start.now + 10 * MINUTE, rate: 0 });
    await page.until(() => page.beats.at(-1)?.at === start.now + 10 * MINUTE);
    await setRate(server.url, 60);
    await page.until(() => page.beats.at(-1)?.rate === 60);
    expect((await clockOf(server.url)).now).toBeGreaterThanOrEqual(start.now + 10 * MINUTE);
    await setRate(server.url, 0);
    const { now } = await clockOf(server.url);
    expect((await clockOf(server.url)).now).toBe(now);
    expect(await setRate(server.url, -1)).toBe(false);
    page.close();
  });

  it.each([
    ['under another name', { host: 'lobby.example.com' }],
    ['through a proxy', { 'x-forwarded-for': '192.0.2.7' }],
  ])('[S-7] has no control door for a browser that comes %s', async (_how, headers) => {
    await demo({ rate: 0 });
    expect(await statusOf('/demo/clock', {})).toBe(200);
    const before = await clockOf(server.url);
    for (const path of ['/demo/screens', '/demo/clock', '/demo/ticket'])
      expect(await statusOf(path, headers)).toBe(404);
    expect(await statusOf('/demo/clock', headers, { stepMs: MINUTE })).toBe(404);
    expect(await clockOf(server.url)).toEqual(before);
  });

  it('runs care tasks and other deadlines that a step passes', async () => {
    await demo({ rate: 0 });
    const page = new Page(server.url, {
      protocol: PROTOCOL_VERSION,
      token: castOf(server).manager,
      audience: 'manager',
    });
    await page.heard();
    await page.ok({ type: 'OpenDay' });
    const { day } = shown().state;
    expect(await page.send({ type: 'IssueTicket', serviceIds: ['cash'] }, day)).toMatchObject({ ok: true });
    await stepClock(server.url, 11 * MINUTE);
    await until(({ tasks }) => Object.values(tasks).some(({ kind }) => kind === 'care'));
    page.close();
  });
});

describe('npm run demo', () => {
  let temporary: string;
  beforeEach(() => {
    temporary = mkdtempSync(join(tmpdir(), 'lw-demo-'));
  });
  afterEach(() => rmSync(temporary, { recursive: true }));

  /** Starts it as a visitor would and gives back what it said, its address and how Ctrl-C ends it. */
  async function run(...options: string[]) {
    const child = spawn(
      process.execPath,
      [resolve('dist/src/commands/demo.js'), '--no-players', '--port', '0', ...options],
      { env: { ...process.env, TMPDIR: temporary }, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const ended = new Promise<number | null>((exit) => child.once('exit', exit));
    const said: string[] = [];
    let url = '';
    for await (const line of createInterface({ input: child.stdout })) {
      said.push(line);
      url ||= /http:\/\/\S+?(?=\/?$)/.exec(line)?.[0] ?? '';
      if (said.some((each) => each.includes('open the day'))) break;
    }
    const end = async () => {
      child.kill('SIGINT');
      return ended;
    };
    return { said: said.join('\n'), url, end };
  }

  it('says where to look, ends at Ctrl-C and leaves nothing behind', async () => {
    await demo({ rate: 0 });
    const { url, said, end } = await run('--past-days', '0');
    expect((await clockOf(url)).rate).toBe(10);
    expect(said).toMatch(/演示.*demo/);
    expect(await end()).toBe(0);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('[W-94] has days behind it: they are looked back on, played anew, learnt from and expected again', async () => {
    await demo({ rate: 0 });
    const { url, end } = await run('--past-days', '3');
    const { screens } = (await (await fetch(`${url}/demo/screens`)).json()) as DemoScreens;
    const head = screens.find(({ label }) => label.en === 'Branch manager')?.url.split('=')[1] ?? '';
    const ask = async <T>(path: string, body?: object): Promise<T> => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${head}` };
      const asked = body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers };
      return (await (await fetch(`${url}/api/v1/${path}`, asked)).json()) as T;
    };
    const today = businessDay((await clockOf(url)).now, 'Asia/Shanghai').day;
    const ago = (days: number) => new Date(Date.parse(today) - days * A_DAY).toISOString().slice(0, 10);
    expect(await ask<DayEntry[]>('days')).toEqual([1, 2, 3].map((days) => ({ day: ago(days), over: true })));
    const { classes, loveWindow } = await ask<DayReport>(`days/${ago(1)}/report`);
    expect(classes.normal).toMatchObject({ waits: { mean: expect.any(Number) as number } });
    expect(loveWindow).not.toBe('withheld');
    const asked = { settings: { mode: 'strictFifo' }, open: [], closed: [] };
    const { asItWas, other } = await ask<ReplayComparison>(`days/${ago(2)}/replay`, asked);
    expect(other.classes.vip).not.toEqual(asItWas.classes.vip);
    expect(await ask<Roster>('roster')).toMatchObject({ basis: { days: 3 } });
    expect(await end()).toBe(0);
  });

  it('[S-7, W-94] that is ended while it begins is no branch to a server, and begins anew there', async () => {
    await demo({ rate: 0 });
    const dataDir = join(temporary, 'begun');
    // A branch that no day can be opened with ends the demo in the middle of its first day.
    const past = { days: 2, seed: 1 };
    const begun = { dataDir, port: 0, logger: newLogger('silent'), past };
    const counters = branchTemplate.counters.map((counter) => ({ ...counter, services: ['none'] }));
    await expect(startDemo({ ...begun, setup: { ...branchTemplate, counters } })).rejects.toThrow();
    await expect(startServer({ dataDir, port: 0, logger: begun.logger })).rejects.toThrow(NotEmpty);
    const again = await startDemo({ ...begun, forecastWorker: FORECAST_WORKER });
    expect(again.lobbies.shown('main').alive).toBe(true);
    await again.close();
  });

  it('[W-94] keeps them as the server keeps a day: the log is whole, and services are learnt from it', async () => {
    await demo({ rate: 0, past: { days: 2, seed: 1 } });
    const office = server.people.find(({ staffId }) => staffId === 'office')?.token ?? '';
    const branch = await fetch(`${server.url}/api/v1/branch`, {
      headers: { authorization: `Bearer ${office}` },
    });
    expect(((await branch.json()) as KeptConfiguration).learnt['cash']?.services).toBeGreaterThan(100);
    expect(faults()).toEqual([]);
    await server.close();
    const database = await Database.open(databasePath(directory));
    expect(await (await SqliteEventLog.open(database)).verify()).toMatchObject({ ok: true, streams: 2 });
    await database.close();
    // A demo that goes on has its days already.
    await demo({ rate: 0, past: { days: 2, seed: 1 } });
  });
});

describe('A production server', () => {
  it('[S-7] has no control door and no list of screens', async () => {
    await demo({ rate: 0 });
    const production = await TestServer.start();
    for (const path of ['/demo/clock', '/demo/screens', '/demo/ticket'])
      expect((await fetch(production.server.url + path)).status).toBe(404);
    const change = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"rate":0}' };
    expect((await fetch(`${production.server.url}/demo/clock`, change)).status).toBe(404);
    await production.end();
  });

  it('[S-7] begins with nobody, while a demo has ready accounts', async () => {
    await demo({ rate: 0 });
    expect(server.setUpCode).toBeUndefined();
    const production = await TestServer.start();
    expect(production.server.setUpCode).toBeDefined();
    await production.end();
  });
});
