import type {
  BoardView,
  PublicCall,
  PublicCounterStatus,
  PublicNotice,
} from '../../../src/protocol/views.js';
import { AT, branch, minutes, windowLabel, zoneNames } from './branch.js';

const zoneOf = (n: number): string => (n <= 4 ? 'cash' : n <= 6 ? 'nonCash' : 'corporate');

const call = (ticket: string, n: number, ago: number, round = 1): PublicCall => ({
  ticket,
  counter: windowLabel(n),
  zone: zoneOf(n),
  at: AT - minutes(ago),
  round,
});
/** The customer has come. */
export const answered = ({ ticket, counter, zone, at, round }: PublicCall): PublicCall => ({
  ticket,
  counter,
  zone,
  at,
  round,
});
const calling = (row: PublicCall): PublicCall => ({ ...row, calling: true });

const counters = (...statuses: PublicCounterStatus[]): BoardView['counters'] =>
  Object.fromEntries(
    statuses.map((status, i) => [
      `w${String(i + 1)}`,
      { label: windowLabel(i + 1), order: i, zone: zoneOf(i + 1), status },
    ]),
  );

const zones = (...lines: [number, number?, number?][]): BoardView['zones'] =>
  Object.fromEntries(
    Object.entries(zoneNames).map(([id, name], order) => {
      const [waiting, low, high] = lines[order] ?? [0];
      return [
        id,
        {
          name,
          order,
          waiting,
          ...(low === undefined || high === undefined ? {} : { minutes: { low, high } }),
        },
      ];
    }),
  );

/** Nobody came, and the window calls others by now. */
export const missed = (row: PublicCall): PublicCall => ({ ...answered(row), missed: true });

/** An ordinary morning. */
export const usualBoard: BoardView = {
  ...branch,
  notices: {},
  calls: [
    calling(call('A037', 2, 0.1)),
    call('B012', 5, 1),
    call('A036', 1, 2),
    missed(call('C004', 8, 4, 2)),
    call('A035', 3, 5),
    call('B011', 6, 7),
    call('A034', 4, 9),
    call('A033', 2, 11),
  ],
  zones: zones([9, 6, 14], [4, 3, 9], [2, 8, 20]),
  counters: counters('open', 'open', 'open', 'open', 'open', 'open', 'paused', 'open'),
};

export const careBoard: BoardView = { ...usualBoard, priorityNotice: true };

/** Pension day: long waits, four-digit numbers, no basis for one estimate, every row full. */
export const peakBoard: BoardView = {
  ...usualBoard,
  demo: true,
  calls: [
    calling(call('A1024', 10, 0.1, 3)),
    calling(call('B1002', 12, 0.5)),
    missed(call('A1023', 11, 1)),
    call('A1022', 9, 1.2),
    call('C108', 8, 2, 2),
    call('A1021', 3, 2.4),
    call('A1020', 4, 3),
    call('A1019', 2, 3.1),
  ],
  zones: zones([128, 35, 70], [46, 22, 51], [7]),
  counters: counters(
    'open',
    'open',
    'open',
    'open',
    'open',
    'open',
    'paused',
    'open',
    'open',
    'open',
    'open',
    'closed',
  ),
};

/** Just opened: nobody came yet. */
export const emptyBoard: BoardView = {
  ...branch,
  notices: {},
  calls: [],
  zones: zones([0], [0], [0]),
  counters: counters('open', 'open', 'open', 'closed', 'open', 'open', 'closed', 'closed'),
};

const long = {
  zones: [
    { zh: '个人现金与代缴费业务', en: 'Personal cash and bills' },
    { zh: '个人贷款与理财咨询', en: 'Loans and wealth advice' },
    { zh: '对公结算与票据业务', en: 'Corporate settlement' },
    { zh: '外汇与跨境汇款', en: 'Foreign exchange' },
    { zh: '社保与养老金业务', en: 'Social security' },
    { zh: '信用卡与网银签约', en: 'Cards and online banking' },
    { zh: '智能柜台协助', en: 'Self-service with help' },
    { zh: '预约与特殊业务', en: 'Booked and special' },
  ],
  counter: (n: number) => ({ zh: `贵宾理财 ${String(n)} 号窗口`, en: `Private Banking Window ${String(n)}` }),
};

/** The largest branch on its fullest day: 12 windows, 8 lines, four-digit numbers, long names in both languages. */
export const fullBoard: BoardView = {
  ...peakBoard,
  priorityNotice: true,
  branch: { zh: '滨江新区金融中心支行营业部', en: 'Riverside New Area Financial Centre Branch' },
  calls: peakBoard.calls.map((row, i) => ({ ...row, counter: long.counter(12 - i) })),
  zones: Object.fromEntries(
    long.zones.map((name, order) => [
      `z${String(order)}`,
      {
        name,
        order,
        waiting: [128, 46, 7, 0, 0, 19, 110, 3][order] ?? 0,
        ...(order < 2 || order > 5 ? { minutes: { low: 35, high: 110 } } : {}),
        ...(order === 3 || order === 5 ? { unserved: true as const } : {}),
      },
    ]),
  ),
  counters: Object.fromEntries(
    Object.entries(peakBoard.counters).map(([id, counter], i) => [
      id,
      { ...counter, label: long.counter(i + 1) },
    ]),
  ),
};

/** Lunch: everybody who was called has come, one line has nobody to serve it, an old estimate is still about. */
export const quietBoard: BoardView = {
  ...usualBoard,
  calls: usualBoard.calls.map(answered),
  zones: {
    cash: { name: zoneNames.cash, order: 0, waiting: 0, minutes: { low: 18, high: 41 } },
    nonCash: { name: zoneNames.nonCash, order: 1, waiting: 2, unserved: true, minutes: { low: 2, high: 5 } },
    corporate: { name: zoneNames.corporate, order: 2, waiting: 0, unserved: true },
  },
  counters: counters('open', 'open', 'open', 'closed', 'closed', 'closed', 'paused', 'closed'),
};

const notice = (order: number, kind: PublicNotice['kind'], zh: string, en: string): PublicNotice => ({
  kind,
  order,
  text: { zh, en },
});
export const wetFloor = notice(
  0,
  'weather',
  '雨天地面湿滑，请慢行，雨具请放在门口伞架',
  'It is raining and the floor may be wet. Please mind your step; umbrella stands are at the door.',
);
/** As long as notices may be. */
const longest = {
  incident: notice(
    1,
    'incident',
    '叫号系统正在维护，请留意工作人员人工叫号，已取号的客户按次序办理，感谢耐心等候',
    'Our queue system is being looked after. Staff call the numbers aloud; everybody keeps their place.',
  ),
  slide: {
    ...notice(
      2,
      'slide',
      '不向陌生人转账，不告诉任何人密码和验证码，遇到可疑电话请先挂断，再来问工作人员',
      'Never send money to strangers, nor tell anybody your password or codes. If in doubt, please ask us.',
    ),
    title: { zh: '谨防电信网络诈骗温馨提示', en: 'Beware of fraud on the telephone' },
  },
};
const fraud: PublicNotice = {
  ...notice(
    1,
    'slide',
    '不向陌生人转账，不告诉任何人密码和验证码，有疑问请问我们',
    'Never send money to strangers or tell anybody your password or codes. If in doubt, ask us.',
  ),
  title: { zh: '谨防诈骗', en: 'Beware of fraud' },
};

export const weatherBoard: BoardView = { ...usualBoard, notices: { n1: wetFloor, n2: fraud } };
/** Everything at once: trouble, a love window somewhere, a slide. */
export const incidentBoard: BoardView = {
  ...careBoard,
  notices: { n1: longest.incident, n2: wetFloor, n3: longest.slide },
};
/** Nobody was called yet. */
export const slideBoard: BoardView = { ...emptyBoard, notices: { n1: fraud } };
/** The fullest day, with all of them as long as they may be. */
export const fullNoticesBoard: BoardView = {
  ...fullBoard,
  notices: { n1: longest.incident, n2: longest.slide },
};

export const ticketsEndedBoard: BoardView = { ...usualBoard, phase: 'ticketsEnded' };

/** The last ticket time came before the first call. */
export const uncalledBoard: BoardView = { ...emptyBoard, phase: 'ticketsEnded', zones: zones([2], [0], [0]) };

export const closedBoard: BoardView = {
  branch: branch.branch,
  timeZone: branch.timeZone,
  phase: 'closed',
  calls: [],
  zones: {},
  notices: {},
  counters: {},
};

export const boards = {
  usualBoard,
  careBoard,
  peakBoard,
  fullBoard,
  emptyBoard,
  quietBoard,
  ticketsEndedBoard,
  closedBoard,
};
