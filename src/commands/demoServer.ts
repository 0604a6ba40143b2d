import { ownHost, startServer } from '../boot.js';
import type { RunningServer, ServerOptions } from '../boot.js';
import type { Demo } from '../http/demo.controller.js';
import type { StaffRole } from '../identity/identity.js';
import { branchTemplate } from '../lobby/template.js';
import type { DemoScreens } from '../protocol/http.js';
import type { BranchSetup } from '../protocol/settings.js';
import type { Text } from '../protocol/vocabulary.js';
import { businessDay } from '../runtime/business-day.js';
import { DemoClock } from '../runtime/demo-clock.js';
import { begin, keep, readKept } from './demoData.js';
import type { DemoPerson } from './demoData.js';
import { writePastDays } from './demoPast.js';
import type { PastDays } from './demoPast.js';
import { demoTime } from './demoTime.js';
import { demoTicket } from './demoTicket.js';
import { refuseTakenPort } from './port.js';

/** A demo with its ready accounts and screens. */
export interface DemoServer extends RunningServer {
  clock: DemoClock;
  screens: DemoScreens;
  people: DemoPerson[];
}

export interface DemoOptions extends ServerOptions {
  /** Branch seconds per real second at the start. */
  rate?: number;
  /** Minutes after local midnight at which the demo's day stands. */
  startAt?: number;
  setup?: BranchSetup;
  /** This machine's name or address in the network: phones then reach the demo. */
  phones?: string;
  /** What a new demo has behind it; absent: nothing. */
  past?: Omit<PastDays, 'before'>;
}

const HALF_PAST_EIGHT = 8 * 60 + 30;
const A_DAY_MS = 24 * 3_600_000;
const MINUTE_MS = 60_000;
const EVERY_ADDRESS = '0.0.0.0';

const customer: DemoScreens['screens'][number] = {
  kind: 'ticket',
  label: { zh: '客户手机', en: 'Customer’s phone' },
  url: '/demo/ticket',
};

const tellers = [
  '一号柜员',
  '二号柜员',
  '三号柜员',
  '四号柜员',
  '五号柜员',
  '六号柜员',
  '七号柜员',
  '八号柜员',
  '九号柜员',
  '十号柜员',
  '十一号柜员',
  '十二号柜员',
];
const skillsOfTellers: readonly string[][] = [
  [],
  ['foreignLanguage'],
  [],
  ['signLanguage'],
  [],
  [],
  ['wheelchair'],
  [],
];

const leaders: { id: string; name: string; role: StaffRole; label: Text; page: 'manager' | 'admin' }[] = [
  {
    id: 'lobby',
    name: '大堂经理',
    role: 'lobbyManager',
    label: { zh: '大堂经理', en: 'Lobby manager' },
    page: 'manager',
  },
  {
    id: 'head',
    name: '网点负责人',
    role: 'branchManager',
    label: { zh: '网点负责人', en: 'Branch manager' },
    page: 'manager',
  },
  {
    id: 'office',
    name: '管理员',
    role: 'administrator',
    label: { zh: '管理员', en: 'Administrator' },
    page: 'admin',
  },
];

/**
 * Starts a server in demo mode: one branch, a clock that can be run faster, ready accounts for every page.
 * @throws NotEmpty unless the data directory is empty, missing or a demo's own, which then goes on
 */
export async function startDemo(options: DemoOptions): Promise<DemoServer> {
  const { dataDir } = options;
  const kept = readKept(dataDir);
  const setup = options.setup ?? branchTemplate;
  const { midnight } = businessDay(Date.now(), setup.timeZone);
  const clock = new DemoClock(midnight + (options.startAt ?? HALF_PAST_EIGHT) * MINUTE_MS, options.rate ?? 1);
  const { phones, past } = options;
  const host = phones === undefined ? ownHost : EVERY_ADDRESS;
  if (kept === undefined) {
    await refuseTakenPort(options.port, host);
    const give = begin(dataDir);
    try {
      if (past) await writePastDays(dataDir, setup, { ...past, before: midnight });
    } finally {
      give();
    }
  }
  const screens: DemoScreens = {
    branchId: setup.id,
    speed: options.rate ?? 1,
    phones: phones !== undefined,
    screens: [],
  };
  const demoRoutes: Demo = {
    clock: demoTime(
      clock,
      () => server.lobbies.shown(setup.id).now(),
      () => server.publisher.beat(setup.id, false),
    ),
    screens: () => ({
      ...screens,
      speed: clock.rate(),
      // A kiosk's code leads to where its page was opened.
      screens: [...screens.screens, customer].map((screen) =>
        screen.kind === 'kiosk' && phones !== undefined
          ? { ...screen, url: `http://${phones}:${server.port}${screen.url}` }
          : screen,
      ),
    }),
    ticket: async () => (await ticket()) ?? screens.screens.find(({ kind }) => kind === 'kiosk')?.url ?? '/',
  };
  const server: RunningServer = await startServer({
    ...options,
    host,
    clock,
    demo: true,
    demoRoutes,
    // A visitor may look at one page for the whole day.
    sessionTimes: options.sessionTimes ?? { idleMs: A_DAY_MS, longestMs: A_DAY_MS },
  });
  const ticket = demoTicket(server, setup.id);
  if (kept !== undefined) {
    screens.screens.push(...kept.screens);
    return Object.assign(server, { clock, screens, people: kept.people, setUpCode: undefined });
  }
  await server.branches.save(setup, 'demo');
  await server.serve(setup.id);
  await server.learningSettled();
  await enrolScreens(server, setup, screens.screens);
  const people = await hirePeople(server, setup, screens.screens);
  keep(dataDir, { screens: screens.screens, people });
  return Object.assign(server, { clock, screens, people, setUpCode: undefined });
}

const urlOf = (page: string, token: string): string => `/${page}/#token=${token}`;

async function enrolScreens(
  server: RunningServer,
  setup: BranchSetup,
  list: DemoScreens['screens'],
): Promise<void> {
  const branchId = setup.id;
  const add = async (
    kind: 'board' | 'counter' | 'rating' | 'kiosk',
    device: 'board' | 'counterSign' | 'ratingPad' | 'kiosk',
    label: Text,
    place?: string,
  ): Promise<void> => {
    const { token } = await server.devices.enrol({
      kind: device,
      branchId,
      label: label.zh,
      ...(place === undefined ? {} : { place }),
    });
    list.push({ kind, label, url: urlOf(kind, token) });
  };
  await add('board', 'board', { zh: '叫号屏', en: 'Board' });
  await add('kiosk', 'kiosk', { zh: '取号机', en: 'Kiosk' });
  for (const { id, label } of setup.counters) await add('counter', 'counterSign', label, id);
  for (const { id, label } of setup.counters) await add('rating', 'ratingPad', label, id);
}

async function hirePeople(
  server: RunningServer,
  setup: BranchSetup,
  list: DemoScreens['screens'],
): Promise<DemoPerson[]> {
  const people: DemoPerson[] = [];
  const hire = async (id: string, name: string, role: StaffRole, skills: string[]): Promise<string> => {
    const member = await server.staff.add({ id, login: id, name, role, branchId: setup.id, skills });
    return (await server.sessions.open(member)).token;
  };
  for (const [i, { id: counterId, label }] of setup.counters.entries()) {
    const name = tellers[i % tellers.length] ?? '';
    const staffId = `teller-${counterId}`;
    const token = await hire(staffId, name, 'teller', skillsOfTellers[i % skillsOfTellers.length] ?? []);
    people.push({ staffId, name, role: 'teller', token, counterId });
    list.push({
      kind: 'teller',
      label: { zh: `${label.zh} ${name}`, en: `Teller, ${label.en}` },
      url: urlOf('teller', token),
    });
  }
  for (const { id, name, role, label, page } of leaders) {
    const token = await hire(id, name, role, []);
    people.push({ staffId: id, name, role, token });
    list.push({ kind: page, label, url: urlOf(page, token) });
  }
  return people;
}
