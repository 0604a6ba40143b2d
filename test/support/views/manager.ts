import type {
  ManagerCounter,
  ManagerEpisode,
  ManagerView,
  ManagerVisit,
  TaskCard,
} from '../../../src/protocol/views.js';
import { AT, branch, minutes, windowLabel, zoneNames } from './branch.js';
import { services, visit } from './staff.js';

const seconds = (n: number): number => n * 1000;
type Service = (typeof services)[keyof typeof services];

const waiting = (
  ticket: string,
  waited: number,
  service: Service = services.cash,
  over: Partial<ManagerVisit> = {},
): ManagerVisit => ({
  ...visit(ticket, { service, since: AT - minutes(waited), issuedAt: AT - minutes(waited) }),
  visitId: ticket,
  order: 100 - waited,
  overtaken: 0,
  minutes: { low: Math.max(1, 14 - waited), high: Math.max(4, 22 - waited) },
  ...over,
});
const byId = (list: ManagerVisit[]): Record<string, ManagerVisit> =>
  Object.fromEntries(list.map((one) => [one.visitId, one]));

const all = Object.keys(services);
const people = ['一号柜员', '二号柜员', 'A teller of a very long name', '四号柜员', '替班的柜员', '五号柜员'];
/** Nobody signed on. */
const unstaffed = (n: number, over: Partial<ManagerCounter> = {}): ManagerCounter => ({
  label: windowLabel(n),
  order: n,
  zone: n <= 4 ? 'cash' : 'nonCash',
  status: 'closed',
  services: ['cash', 'account'],
  possible: all,
  ...over,
});
const open = (n: number, over: Partial<ManagerCounter> = {}): ManagerCounter =>
  unstaffed(n, { status: 'open', teller: people[n - 1] ?? '周宁', ...over });
const serving = (ticket: string, since: number): NonNullable<ManagerCounter['current']> => ({
  visitId: ticket,
  ticket,
  since: AT - minutes(since),
  status: 'serving',
});

const counters: Record<string, ManagerCounter> = {
  w1: open(1, { current: serving('A038', 4), freeAt: 2.2 }),
  w2: open(2, { current: { ...serving('A040', 0.4), status: 'called' }, freeAt: 6 }),
  w3: open(3, { current: serving('B018', 11), freeAt: 8.4, services: ['account', 'wealth'] }),
  w4: open(4, { standing: true }),
  w5: open(5, { status: 'paused', pause: { reason: 'counting', since: AT - minutes(6) } }),
  w6: open(6, { status: 'closing', current: serving('C004', 21), lasting: true, services: ['corporate'] }),
  w7: unstaffed(7, { status: 'faulty' }),
  w8: unstaffed(8, { elastic: true, services: ['cash'] }),
};

const task = (
  taskId: string,
  kind: TaskCard['kind'],
  ago: number,
  over: Partial<TaskCard> = {},
): TaskCard => ({
  taskId,
  kind,
  at: AT - minutes(ago),
  order: 50 - ago,
  ...over,
});

const morning: ManagerView = {
  ...branch,
  me: { id: 'm1', name: '大堂经理' },
  duty: {},
  visits: {},
  counters: { ...counters, w1: open(1), w2: open(2), w3: open(3), w6: open(6), w5: open(5) },
  episodes: {},
  tasks: {},
  notices: {},
  zones: Object.fromEntries(
    Object.entries(zoneNames).map(([id, name], order) => [id, { name, order, waiting: 0 }]),
  ),
  services,
  appointments: {},
  scarce: {},
  counts: { issued: 0, waiting: 0, served: 0, absent: 0 },
  limits: { careAfter: 10, waitLimit: 15, vipResponse: 10 },
  mode: 'recommended',
};

const onDuty = { onDuty: true as const, duty: { m1: { name: '大堂经理', order: 0 } } };

/** Just opened: nobody yet, everything well. */
export const emptyManager: ManagerView = { ...morning, ...onDuty };

const visits = [
  waiting('A041', 13, services.cash, { overtaken: 2 }),
  waiting('B019', 11, services.account, { helpAsked: true }),
  waiting('A042', 9),
  waiting('A043', 7, services.cash, { tier: 2 }),
  waiting('E003', 6, services.exchange, { appointmentAt: AT + minutes(5) }),
  waiting('A044', 4),
  waiting('C005', 3, services.corporate, { more: [services.account.name] }),
  waiting('A045', 1),
];
const aside = [
  waiting('A031', 31, services.cash, { status: 'parked', counterId: 'w1' }),
  waiting('A036', 18, services.cash, { status: 'absent', until: AT + minutes(12) }),
  waiting('A037', 16, services.account, { status: 'absent', until: AT + minutes(14) }),
];
const atWindows = [
  waiting('A038', 12, services.cash, { status: 'serving', counterId: 'w1' }),
  waiting('A040', 12, services.cash, { status: 'called', counterId: 'w2' }),
  waiting('B018', 20, services.account, { status: 'serving', counterId: 'w3' }),
  waiting('C004', 40, services.corporate, { status: 'serving', counterId: 'w6' }),
];

/** An ordinary morning with two things to do; not on duty yet. */
export const offDutyManager: ManagerView = {
  ...morning,
  visits: byId([...visits, ...aside, ...atWindows]),
  counters,
  tasks: {
    k1: task('k1', 'help', 1, { place: 'kiosk' }),
    k2: task('k2', 'care', 3, { visitId: 'A041', ticket: 'A041', service: services.cash.name }),
    k3: task('k3', 'care', 1, { visitId: 'B019', ticket: 'B019', service: services.account.name }),
  },
  appointments: {
    'BK-1042': {
      code: 'BK-1042',
      at: AT + minutes(5),
      service: services.exchange.name,
      order: 0,
      visitId: 'E003',
    },
    'BK-1057': { code: 'BK-1057', at: AT + minutes(60), service: services.wealth.name, order: 1 },
  },
  counts: { issued: 61, waiting: 8, served: 46, absent: 2 },
};

export const usualManager: ManagerView = { ...offDutyManager, ...onDuty };

const flagged = (over: Partial<ManagerVisit>): Partial<ManagerVisit> => ({
  priority: true,
  flag: { at: AT - minutes(2), episodeId: 'e1' },
  ...over,
});
const episode: ManagerEpisode = {
  episodeId: 'e1',
  visitId: 'A052',
  version: 4,
  ticket: 'A052',
  order: 0,
  since: AT - seconds(20),
  counterId: 'w1',
  counter: windowLabel(1),
  phase: 'draining',
  due: AT + seconds(10),
  escort: 'none',
  freeAt: 2.2,
};
const reserved = waiting('A052', 5, services.cash, flagged({ status: 'reserved', counterId: 'w1' }));

/** One love window, freshly held. */
export const careManager: ManagerView = {
  ...usualManager,
  visits: byId([...visits, reserved, ...aside, ...atWindows]),
  counters: { ...counters, w1: open(1, { current: serving('A038', 4), freeAt: 2.2, held: true }) },
  episodes: { e1: episode },
  tasks: {},
};

/** Every kind of episode and warning at once. */
export const manyManager: ManagerView = {
  ...careManager,
  demo: true,
  onDuty: true,
  visits: byId([
    ...visits,
    reserved,
    waiting(
      'B021',
      8,
      services.account,
      flagged({ status: 'reserved', counterId: 'w4', flag: { at: AT - minutes(4), episodeId: 'e2' } }),
    ),
    waiting('A053', 6, services.cash, flagged({ flag: { at: AT - minutes(3), episodeId: 'e3' } })),
    waiting('A047', 9, services.cash, flagged({ flag: { at: AT - minutes(9), notFound: true } })),
    waiting('A054', 2, services.cash, flagged({ flag: { at: AT - minutes(1) } })),
    ...aside,
    ...atWindows,
  ]),
  counters: { ...careManager.counters, w4: open(4, { standing: true, held: true }) },
  mayEndDuty: true,
  duty: {
    m1: { name: '大堂经理', order: 0 },
    m2: { name: 'A lobby manager of a long name', order: 1 },
  },
  episodes: {
    e1: {
      ...episode,
      unanswered: true,
      escort: 'onTheWay',
      swap: { from: windowLabel(2), to: windowLabel(1), until: AT + seconds(8) },
    },
    e2: {
      ...episode,
      episodeId: 'e2',
      visitId: 'B021',
      ticket: 'B021',
      order: 1,
      counterId: 'w4',
      counter: windowLabel(4),
      phase: 'ready',
      acknowledged: true,
      escort: 'arrived',
      notFoundAt: AT + minutes(3),
    },
    e3: {
      episodeId: 'e3',
      visitId: 'A053',
      version: 3,
      ticket: 'A053',
      order: 2,
      since: AT - minutes(1),
      phase: 'queued',
      escort: 'none',
      obstacle: 'bounds',
    },
  },
  tasks: {
    k1: task('k1', 'help', 2, {
      place: 'phone',
      visitId: 'B019',
      ticket: 'B019',
      acknowledgedBy: '大堂经理',
    }),
    k4: task('k4', 'unanswered', 1, { counterId: 'w1', counter: windowLabel(1), againAt: AT - seconds(4) }),
    k5: task('k5', 'longPause', 0, {
      counterId: 'w5',
      counter: windowLabel(5),
      acknowledgedBy: 'A lobby manager of a long name',
    }),
    k6: task('k6', 'noCounter', 1, { ticket: 'D002', service: services.wealth.name }),
    k7: task('k7', 'printer', 3, { screen: '正门取号机', trouble: 'away' }),
  },
  scarce: { signLanguage: { counters: 1 }, lowCounter: { counters: 0 } },
  undo: { commandId: 'c9', act: 'flag', ticket: 'A054', until: AT + seconds(9) },
};

/** Twelve windows, all busy, long numbers and minutes of two and three figures. */
const manyCounters: Record<string, ManagerCounter> = Object.fromEntries(
  Array.from({ length: 12 }, (_, i) => [
    `w${String(i + 1)}`,
    open(i + 1, {
      teller: people[i % people.length] ?? '',
      current: {
        ...serving(`A1${String(i + 80).padStart(3, '0')}`, 12 + i * 9),
        ...(i === 1 ? { status: 'called' } : {}),
      },
      ...(i % 5 === 4 ? { lasting: true as const } : { freeAt: 3 + i * 9 }),
    }),
  ]),
);

/** The evening of a pension day: the head of the page has most to say. */
export const peakManager: ManagerView = {
  ...usualManager,
  demo: true,
  phase: 'ticketsEnded',
  counters: { ...manyCounters, w5: counters['w5']!, w7: counters['w7']! },
  scarce: { signLanguage: { counters: 1 }, lowCounter: { counters: 0 }, foreignLanguage: { counters: 1 } },
  undo: { commandId: 'c9', act: 'noShow', ticket: 'A1099', until: AT + seconds(9) },
  mode: 'strictFifo',
  leftOver: ['cash'],
  staffing: {
    advice: { to: 'open', counterId: 'w7', since: AT, work: 19, after: 16 },
    outcome: { to: 'open', counterId: 'w5', at: AT - minutes(27), expected: 21, seen: 17 },
  },
  visits: byId([
    ...Array.from({ length: 46 }, (_, i) =>
      waiting(`A1${String(100 + i)}`, 52 - i, i % 5 === 0 ? services.account : services.cash, {
        minutes: { low: 22, high: 51 },
        overtaken: i === 0 ? 11 : 0,
        ...(i < 3 ? { protected: true } : {}),
      }),
    ),
    ...aside,
  ]),
  counts: { issued: 1145, waiting: 46, served: 1031, absent: 12 },
};

export const closedManager: ManagerView = {
  branch: branch.branch,
  timeZone: branch.timeZone,
  phase: 'closed',
  me: emptyManager.me,
  duty: {},
  visits: {},
  counters: {},
  episodes: {},
  tasks: {},
  notices: {},
  zones: {},
  services: {},
  appointments: {},
  scarce: {},
  counts: { issued: 0, waiting: 0, served: 0, absent: 0 },
  limits: { careAfter: 10, waitLimit: 15, vipResponse: 10 },
  mode: 'recommended',
};

/** After closing: the counters are signed off, the figures stay. */
export const endedManager: ManagerView = {
  ...morning,
  phase: 'closed',
  counts: { issued: 61, waiting: 0, served: 58, absent: 3 },
};

/** The day before has ended, and today's tickets would have ended too. */
export const lateManager: ManagerView = { ...endedManager, day: '2026-03-01', lastTicket: 10 * 60 + 15 };

/** Opened, and nobody there yet: not a manager, not a window. */
export const unstaffedManager: ManagerView = {
  ...morning,
  counters: Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`w${String(i + 1)}`, unstaffed(i + 1)])),
  scarce: {
    lowCounter: { counters: 0 },
    wheelchair: { counters: 0 },
    signLanguage: { counters: 0 },
    foreignLanguage: { counters: 0 },
  },
};

/** Three notices are up, a fourth kind may come. */
export const noticesManager: ManagerView = {
  ...emptyManager,
  notices: {
    n1: {
      kind: 'incident',
      order: 0,
      text: {
        zh: '叫号系统正在维护，请留意工作人员人工叫号，已取号的客户按次序办理，感谢耐心等候',
        en: 'Our queue system is being looked after. Staff call the numbers aloud; everybody keeps their place.',
      },
      at: AT - minutes(10),
      until: AT + minutes(20),
      by: '大堂经理',
    },
    n2: {
      kind: 'weather',
      order: 1,
      text: { zh: '雨天地面湿滑，请慢行', en: 'It is raining and the floor may be wet.' },
      at: AT - minutes(170),
      until: AT + seconds(40),
      by: 'A branch manager of a very long name',
    },
    n3: {
      kind: 'slide',
      order: 2,
      title: { zh: '谨防电信网络诈骗温馨提示', en: 'Beware of fraud on the telephone' },
      text: {
        zh: '不向陌生人转账，不告诉任何人密码和验证码',
        en: 'Never send money to strangers or tell anybody your password or codes.',
      },
      at: AT,
      until: AT + minutes(720),
      by: '大堂经理',
    },
  },
};

export const managers = {
  endedManager,
  lateManager,
  unstaffedManager,
  emptyManager,
  usualManager,
  careManager,
  manyManager,
  peakManager,
  closedManager,
  offDutyManager,
};
