import type { DaySettings } from '../../../src/protocol/settings.js';
import { branchTemplate } from '../../../src/lobby/template.js';
import type { DeviceEntry, KeptConfiguration, StaffEntry } from '../../../src/protocol/http.js';
import { usualSettings } from '../../../src/protocol/usualSettings.js';
import type { AdminView } from '../../../src/protocol/views.js';
import { branch, windowLabel, zoneNames } from './branch.js';

/** Not all as usual, so that a page that showed the defaults instead would be seen. */
const settings: DaySettings = {
  ...usualSettings,
  slopes: { normal: 15, vip: 10, appointment: 8, special: 3 },
  overtakesToProtect: 5,
  lastTicket: 17 * 60,
};

const counter = (n: number, equipment: string[], services: string[], open = true): AdminView['counters'] => ({
  [`w${String(n)}`]: { label: windowLabel(n), order: n, equipment, services, open },
});

export const usualAdmin: AdminView = {
  ...branch,
  me: { id: 's1', name: '管理员' },
  settings,
  zones: Object.fromEntries(
    Object.entries({ ...zoneNames, vip: { zh: '贵宾室', en: 'VIP room' } }).map(([id, name], order) => [
      id,
      { name, order, room: id === 'vip' },
    ]),
  ),
  services: {
    cash: {
      name: { zh: '现金存取', en: 'Cash deposit or withdrawal' },
      order: 0,
      prefix: 'A',
      class: 'immediate',
      hours: { from: 510, to: 1020 },
      cap: 0,
      capabilities: ['cash'],
    },
    card: {
      name: { zh: '开卡、换卡、补卡', en: 'New or replacement card' },
      order: 1,
      prefix: 'B',
      class: 'complex',
      hours: { from: 510, to: 1020 },
      cap: 120,
      capabilities: ['nonCash'],
    },
    loan: {
      name: { zh: '贷款咨询', en: 'Loans' },
      order: 2,
      prefix: 'D',
      class: 'approval',
      hours: { from: 540, to: 960 },
      cap: 20,
      capabilities: ['nonCash'],
    },
    corporate: {
      name: { zh: '对公业务', en: 'Business accounts' },
      order: 3,
      prefix: 'C',
      class: 'complex',
      hours: { from: 540, to: 1020 },
      cap: 0,
      capabilities: ['corporate'],
    },
  },
  counters: {
    ...counter(1, ['cash', 'nonCash'], ['cash', 'card']),
    ...counter(2, ['cash', 'nonCash'], ['cash', 'card']),
    ...counter(3, ['cash', 'nonCash'], ['cash', 'card']),
    ...counter(4, ['cash', 'nonCash', 'lowCounter', 'signLanguage'], ['cash', 'card', 'loan']),
    ...counter(5, ['nonCash', 'foreignLanguage'], ['card', 'loan'], false),
    ...counter(6, ['corporate'], ['corporate']),
  },
  warnings: { signLanguage: { counters: 1 }, foreignLanguage: { counters: 0 } },
  counts: { issued: 286, waiting: 17, served: 251, left: 11, absent: 7 },
  ratings: {
    w1: { asked: 72, answered: 61 },
    w2: { asked: 64, answered: 40 },
    w3: { asked: 81, answered: 81 },
    w4: { asked: 34, answered: 0 },
  },
};

/** Every need covered at two counters or more. */
export const coveredAdmin: AdminView = { ...usualAdmin, demo: true, warnings: {} };

/** Before the first day: no settings to show, nothing counted. */
export const newAdmin: AdminView = {
  branch: branch.branch,
  timeZone: branch.timeZone,
  phase: 'closed',
  me: usualAdmin.me,
  zones: {},
  services: {},
  counters: {},
  warnings: {},
  counts: { issued: 0, waiting: 0, served: 0, left: 0, absent: 0 },
  ratings: {},
};

export const admins = { usualAdmin, coveredAdmin, newAdmin };

const someone = (id: string, name: string, more: Partial<StaffEntry> = {}): StaffEntry => ({
  id,
  login: id,
  name,
  role: 'teller',
  skills: [],
  disabled: false,
  signedIn: false,
  ...more,
});
const staff: StaffEntry[] = [
  someone('s1', '管理员', { role: 'administrator', signedIn: true }),
  someone('t01', '一号柜员', { skills: ['signLanguage', 'foreignLanguage'], signedIn: true }),
  someone('t02', 'A teller with quite a long name in two languages 名字很长的柜员', {
    login: 'a-rather-long-sign-in-name-0042',
  }),
  someone('t03', '三号柜员', { disabled: true }),
  someone('m01', '大堂经理', { role: 'lobbyManager' }),
];
const device = (
  id: string,
  kind: DeviceEntry['kind'],
  label: string,
  more: Partial<DeviceEntry> = {},
): DeviceEntry => ({
  id,
  kind,
  label,
  place: null,
  enrolledAt: Date.UTC(2026, 2, 2, 1),
  heardAt: null,
  printer: null,
  revoked: false,
  connected: true,
  ...more,
});
const devices: DeviceEntry[] = [
  device('d1', 'board', '正门上方'),
  device('d2', 'counterSign', '1 号窗口 · 窗口屏', { place: 'w1' }),
  device('d3', 'ratingPad', 'The pad at the window that was taken away last year', {
    place: 'w77',
    connected: false,
    // The server's own time, which is not the branch's [W-88].
    heardAt: Date.now() - 5.5 * 60_000,
  }),
  device('d4', 'kiosk', '取号机', { connected: false }),
  device('d5', 'board', 'revoked', { revoked: true }),
];
const kept: KeptConfiguration = {
  version: 3,
  setup: branchTemplate,
  learnt: {
    cash: { mean: 4.62, cv: 0.7, services: 1240 },
    corporateApproval: { mean: 32.4, cv: 0.3, services: 1 },
  },
  at: Date.UTC(2026, 2, 1, 9),
  by: '管理员',
};

/** What the REST door answers of the branch's configuration. */
export const configured = {
  '/api/v1/branch': kept,
  '/api/v1/staff': staff,
  '/api/v1/devices': devices,
  '/api/v1/branches': [
    { id: 'main', name: branchTemplate.name, own: true },
    { id: 'north', name: { zh: '北街支行', en: 'North Street' }, own: false },
  ],
};
