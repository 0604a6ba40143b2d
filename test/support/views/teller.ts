import type { LobbyVisit, TellerView } from '../../../src/protocol/views.js';
import { AT, branch, minutes, windowLabel } from './branch.js';
import { cashService, services, visit } from './staff.js';

const seconds = (n: number): number => n * 1000;

/** Signed in, no counter yet. */
export const signOnTeller: TellerView = {
  ...branch,
  me: { id: 't1', name: '一号柜员' },
  waiting: {},
  parked: {},
  absent: {},
  counters: Object.fromEntries(
    Array.from({ length: 8 }, (_, i) => [
      `w${String(i + 1)}`,
      {
        label: windowLabel(i + 1),
        order: i,
        ...(i === 1 ? { teller: '二号柜员' } : i === 4 ? { teller: 'A teller of a very long name' } : {}),
        ...(i === 6 ? { faulty: true as const } : {}),
      },
    ]),
  ),
  tasks: {},
  services,
};

export const dayClosedTeller: TellerView = {
  branch: branch.branch,
  timeZone: branch.timeZone,
  phase: 'closed',
  me: signOnTeller.me,
  waiting: {},
  parked: {},
  absent: {},
  counters: signOnTeller.counters,
  tasks: {},
  services: {},
};

const counter: NonNullable<TellerView['counter']> = {
  counterId: 'w3',
  label: windowLabel(3),
  zone: { zh: '现金业务', en: 'Cash' },
  services: {
    cash: { name: services.cash.name, order: 0 },
    account: { name: services.account.name, order: 1 },
  },
};

/** Free, somebody waits. */
/** A desk with nobody at it, whatever else is going on. */
const desk: TellerView = {
  ...signOnTeller,
  counter,
  next: {
    visitId: 'v41',
    ticket: 'A041',
    service: services.cash.name,
    reason: {
      rule: 'index',
      figure: 0.942,
      waited: 13,
      rank: 0,
      runnerUp: { ticket: 'B019', figure: 0.811, waited: 9, rank: 2 },
    },
  },
  waiting: {
    wealth: { name: services.wealth.name, order: 2, count: 3, longestSince: AT - minutes(5) },
    cash: { name: services.cash.name, order: 0, count: 6, longestSince: AT - minutes(13) },
    account: { name: services.account.name, order: 1, count: 2, longestSince: AT - minutes(9) },
  },
};

/** Free, with a full lobby: whom it may call by name, the longest wait first. */
export const freeTeller: TellerView = {
  ...desk,
  callable: Object.fromEntries(
    Array.from({ length: 15 }, (_, i) => {
      const { visitId, version, ticket, service, since } =
        i === 2
          ? visit('B019', { since: AT - minutes(9), service: services.account })
          : visit(i === 14 ? 'A1104' : `A0${String(41 + i)}`, { since: AT - minutes(13 - Math.min(i, 12)) });
      return [visitId, { visitId, version, ticket, service, since, order: since }];
    }),
  ),
};

export const emptyTeller: TellerView = {
  ...signOnTeller,
  counter,
  waiting: { cash: { name: services.cash.name, order: 0, count: 0 } },
};

const current: NonNullable<TellerView['current']> = {
  ...visit('A040', {
    status: 'called',
    service: cashService,
    since: AT - minutes(12),
    issuedAt: AT - minutes(12),
  }),
  more: [],
  calls: 1,
  recallFrom: AT + seconds(8),
  reason: {
    rule: 'index',
    figure: 0.962,
    waited: 12,
    rank: 0,
    runnerUp: { ticket: 'A041', figure: 0.942, waited: 13, rank: 0 },
  },
};

export const scarceTeller: TellerView = { ...freeTeller, leftToOthers: true };
delete scarceTeller.next;

export const calledTeller: TellerView = { ...desk, current };

/** Called twice, both waits over: recall and no-show are possible. */
export const calledTwiceTeller: TellerView = {
  ...desk,
  current: { ...current, calls: 2, recallFrom: AT - 1, noShowFrom: AT - 1 },
};

const served: NonNullable<TellerView['current']> = {
  ...visit('A040', {
    status: 'serving',
    service: cashService,
    since: AT - minutes(16),
    issuedAt: AT - minutes(16),
  }),
  more: [],
  calls: 1,
  startedAt: AT - seconds(252),
  reason: {
    rule: 'index',
    figure: 0.962,
    waited: 12,
    rank: 0,
    runnerUp: { ticket: 'A041', figure: 0.942, waited: 13, rank: 0 },
  },
};

export const servingTeller: TellerView = {
  ...desk,
  current: served,
  parked: {
    v31: {
      ...visit('A031', { status: 'parked', service: cashService, since: AT - minutes(31) }),
      mine: true,
      order: 0,
    },
  },
  absent: {
    v36: { ...visit('A036', { status: 'absent', service: cashService }), until: AT + minutes(22), order: 0 },
  },
};

/** Everything at once: VIP with a booking, further services, marked long, undo, many aside. */
export const fullTeller: TellerView = {
  ...servingTeller,
  demo: true,
  othersHelping: true,
  current: {
    ...served,
    ticket: 'A1024',
    tier: 3,
    appointmentAt: AT - minutes(20),
    more: [services.corporate.name, services.wealth.name],
    long: { minutes: 10, at: AT - minutes(2) },
    reason: {
      rule: 'protectedWaited',
      figure: 31.4,
      runnerUp: { ticket: 'A1023', figure: 30.2 },
      constraint: 'scarceCounter',
    },
  },
  parked: {
    v31: {
      ...visit('A031', { status: 'parked', service: cashService, since: AT - minutes(31) }),
      mine: true,
      order: 0,
    },
    v32: {
      ...visit('B017', { status: 'parked', service: services.account, since: AT - minutes(18) }),
      order: 1,
    },
  },
  absent: {
    v36: { ...visit('A036', { status: 'absent', service: cashService }), until: AT + minutes(22), order: 0 },
    v37: { ...visit('A037', { status: 'absent', service: cashService }), until: AT + minutes(3), order: 1 },
  },
  undo: { commandId: 'c1', act: 'park', ticket: 'B017', until: AT + seconds(8) },
};

export const pausedTeller: TellerView = {
  ...desk,
  counter: { ...counter, paused: { reason: 'counting', since: AT - minutes(6) } },
};
export const faultyTeller: TellerView = { ...desk, counter: { ...counter, faulty: true } };
export const closingTeller: TellerView = { ...servingTeller, counter: { ...counter, closing: true } };
export const closedTeller: TellerView = { ...emptyTeller, counter: { ...counter, closing: true } };

const held = { ...counter, held: true as const };
const alert: NonNullable<TellerView['alert']> = {
  episodeId: 'e1',
  visitId: 'v52',
  version: 3,
  ticket: 'A052',
  since: AT - seconds(6),
  due: AT + seconds(24),
  draining: true,
  escort: 'none',
  prepare: true,
};

/** The love window calls while a service still runs. */
export const alertTeller: TellerView = {
  ...servingTeller,
  counter: held,
  alert,
  next: { visitId: 'v52', ticket: 'A052', service: services.cash.name, reason: { rule: 'reserved' } },
};

export const answeredTeller: TellerView = {
  ...alertTeller,
  alert: { ...alert, acknowledged: true, escort: 'onTheWay' },
};

/** Drained, the customer stands at the window: the reserved visit is the next and only one. */
export const readyTeller: TellerView = {
  ...desk,
  counter: held,
  alert: {
    episodeId: 'e1',
    visitId: 'v52',
    version: 3,
    ticket: 'A052',
    since: AT - minutes(3),
    due: AT,
    acknowledged: true,
    escort: 'arrived',
    prepare: true,
  },
  next: { visitId: 'v52', ticket: 'A052', service: services.cash.name, reason: { rule: 'reserved' } },
};

/** Serving the love-window customer. */
export const careTeller: TellerView = {
  ...desk,
  counter: held,
  current: {
    ...visit('A052', {
      status: 'serving',
      service: cashService,
      since: AT - minutes(7),
      issuedAt: AT - minutes(7),
    }),
    priority: true,
    more: [],
    calls: 1,
    quiet: true,
    startedAt: AT - seconds(75),
    reason: { rule: 'reserved' },
  },
};

const waited = (ticket: string, n: number, over: Parameters<typeof visit>[1] = {}): LobbyVisit => ({
  ...visit(ticket, { since: AT - minutes(n), issuedAt: AT - minutes(n), ...over }),
  order: AT - minutes(n),
});
const flagged = (visit: LobbyVisit, flag: Omit<NonNullable<LobbyVisit['flag']>, 'at'> = {}): LobbyVisit => ({
  ...visit,
  priority: true,
  flag: { at: visit.since, ...flag },
});

/** Who waits, one who asked for help, and love windows at every point. */
const lobby: NonNullable<TellerView['lobby']> = {
  v41: waited('A041', 13),
  v19: { ...waited('B019', 9, { service: services.account }), helpAsked: true },
  v51: flagged(waited('A051', 12), { notFound: true }),
  v52: {
    ...flagged(waited('A052', 8, { status: 'reserved' }), {
      episode: { episodeId: 'e52', phase: 'draining', escort: 'none' },
    }),
    counterId: 'w2',
  },
  v53: {
    ...flagged(waited('A053', 6, { status: 'reserved' }), {
      episode: {
        episodeId: 'e53',
        phase: 'ready',
        escort: 'onTheWay',
        swap: { from: windowLabel(1), to: windowLabel(3), until: AT + seconds(9) },
      },
    }),
    counterId: 'w3',
  },
  v54: flagged(waited('B054', 5, { service: services.account })),
};

/** No lobby manager on duty: help requests come here, and tellers flag. */
export const unattendedTeller: TellerView = {
  ...calledTwiceTeller,
  mayFlag: true,
  lobby,
  parked: servingTeller.parked,
  tasks: {
    k1: { taskId: 'k1', kind: 'help', at: AT - minutes(1), place: 'kiosk', order: 0 },
    k2: {
      taskId: 'k2',
      kind: 'help',
      at: AT - minutes(4),
      place: 'phone',
      visitId: 'v19',
      ticket: 'B019',
      acknowledgedBy: '二号柜员',
      order: 1,
    },
    k3: {
      taskId: 'k3',
      kind: 'printer',
      at: AT - minutes(2),
      screen: '正门取号机',
      trouble: 'paperOut',
      order: 2,
    },
  },
};

/** The call reaches a desk while nobody but colleagues can bring the customer. */
export const unattendedAlertTeller: TellerView = { ...alertTeller, mayFlag: true, lobby };

/** The love-window customer has been called here, while a manager is on duty. */
export const calledCareTeller: TellerView = {
  ...calledTeller,
  counter: held,
  current: { ...current, priority: true, quiet: true, reason: { rule: 'reserved' } },
};

export const tellers = {
  signOnTeller,
  dayClosedTeller,
  freeTeller,
  emptyTeller,
  scarceTeller,
  calledTeller,
  calledTwiceTeller,
  servingTeller,
  fullTeller,
  pausedTeller,
  faultyTeller,
  closingTeller,
  closedTeller,
  alertTeller,
  answeredTeller,
  readyTeller,
  careTeller,
  unattendedTeller,
  unattendedAlertTeller,
  calledCareTeller,
};
