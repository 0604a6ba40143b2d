import type { KioskView } from '../../../src/protocol/views.js';
import type { Text } from '../../../src/protocol/vocabulary.js';
import { branch } from './branch.js';

type Service = KioskView['services'][string];

const names: Record<string, { name: Text; class: Service['class']; documents: Text }> = {
  cash: {
    name: { zh: '现金存取', en: 'Cash deposit or withdrawal' },
    class: 'immediate',
    documents: { zh: '身份证、银行卡或存折', en: 'ID card, bank card or passbook' },
  },
  card: {
    name: { zh: '开卡、换卡、补卡', en: 'New or replacement card' },
    class: 'complex',
    documents: { zh: '身份证、手机', en: 'ID card, your mobile phone' },
  },
  transfer: {
    name: { zh: '转账汇款', en: 'Transfer or remittance' },
    class: 'immediate',
    documents: { zh: '身份证、银行卡、收款人账号', en: 'ID card, bank card, account number of the payee' },
  },
  pension: {
    name: { zh: '养老金、社保卡', en: 'Pension and social security card' },
    class: 'immediate',
    documents: { zh: '身份证、社保卡', en: 'ID card, social security card' },
  },
  password: {
    name: { zh: '密码重置、资料更改', en: 'Password reset, change of details' },
    class: 'complex',
    documents: { zh: '身份证、银行卡', en: 'ID card, bank card' },
  },
  loan: {
    name: { zh: '贷款咨询', en: 'Loans' },
    class: 'approval',
    documents: { zh: '身份证、收入证明、房产证明', en: 'ID card, proof of income, proof of property' },
  },
  foreign: {
    name: { zh: '外币兑换', en: 'Foreign exchange' },
    class: 'complex',
    documents: { zh: '身份证或护照', en: 'ID card or passport' },
  },
  corporate: {
    name: { zh: '对公业务', en: 'Business accounts' },
    class: 'complex',
    documents: {
      zh: '营业执照、公章、法人授权书',
      en: 'Business licence, company seal, letter of authority',
    },
  },
};

const services = (
  states: Record<string, Pick<Service, 'waiting' | 'minutes' | 'closed' | 'unstaffed'>>,
): KioskView['services'] =>
  Object.fromEntries(
    Object.entries(states).map(([id, state], order) => {
      const known = names[id];
      if (known === undefined) throw new Error(`no fixture service ${id}`);
      return [id, { ...known, order, ...state }];
    }),
  );

const range = (low: number, high: number) => ({ low, high });

/** An ordinary morning; one service without a basis for an estimate, nobody waits for another. */
export const usualKiosk: KioskView = {
  ...branch,
  issuing: true,
  notices: {},
  services: services({
    cash: { waiting: 9, minutes: range(6, 14) },
    card: { waiting: 4, minutes: range(8, 19) },
    transfer: { waiting: 0, minutes: range(0, 3) },
    pension: { waiting: 6, minutes: range(5, 12) },
    password: { waiting: 2, minutes: range(4, 9) },
    loan: { waiting: 1 },
    foreign: { waiting: 0, minutes: range(1, 5) },
    corporate: { waiting: 3, minutes: range(8, 20) },
  }),
};

/** Pension day in a demo: long waits, every reason for a closed tile. */
export const peakKiosk: KioskView = {
  ...usualKiosk,
  demo: true,
  notices: {
    n1: {
      kind: 'incident',
      order: 0,
      text: {
        zh: '叫号系统正在维护，请留意工作人员人工叫号，已取号的客户按次序办理，感谢耐心等候',
        en: 'Our queue system is being looked after. Staff call the numbers aloud; everybody keeps their place.',
      },
    },
    n2: {
      kind: 'weather',
      order: 1,
      text: { zh: '雨天地面湿滑，请慢行', en: 'It is raining and the floor may be wet.' },
    },
  },
  services: services({
    cash: { waiting: 128, minutes: range(85, 120) },
    card: { waiting: 46, minutes: range(42, 71) },
    transfer: { waiting: 37 },
    pension: { waiting: 64, minutes: range(55, 90) },
    password: { waiting: 12, minutes: range(24, 39) },
    loan: { waiting: 0, closed: 'cap' },
    foreign: { waiting: 0, closed: 'hours' },
    corporate: { waiting: 0, closed: 'tickets' },
  }),
};

/** A small branch: three services. */
export const smallKiosk: KioskView = {
  ...usualKiosk,
  services: services({
    cash: { waiting: 2, minutes: range(2, 6) },
    card: { waiting: 0, minutes: range(0, 2) },
    loan: { waiting: 1 },
  }),
};

/** A large branch: ten services still fit on one screen. */
export const largeKiosk: KioskView = {
  ...usualKiosk,
  services: {
    ...usualKiosk.services,
    change: {
      name: { zh: '大额现金与零钞', en: 'Large amounts and small change' },
      order: 8,
      class: 'immediate',
      documents: { zh: '本人有效身份证件', en: 'Your own valid ID' },
      waiting: 2,
      minutes: range(3, 8),
    },
    credit: {
      name: { zh: '对公授信', en: 'Business credit' },
      order: 9,
      class: 'approval',
      documents: { zh: '营业执照、经办人身份证件、印鉴', en: 'Business licence, ID card, company seal' },
      waiting: 0,
      minutes: range(10, 16),
    },
  },
};

/** Nine services, as the template has them, and what everybody should know. */
export const noticedKiosk: KioskView = {
  ...usualKiosk,
  demo: true,
  notices: {
    n1: {
      kind: 'incident',
      order: 0,
      text: {
        zh: '1 号自助取款机正在维护，请使用其他机器，或到窗口办理',
        en: 'Cash machine 1 is being looked after. Please use another one, or take a number',
      },
    },
  },
  services: {
    ...usualKiosk.services,
    cash: { ...usualKiosk.services['cash']!, waiting: 0, minutes: range(11, 16) },
    credit: {
      name: { zh: '对公授信', en: 'Business credit' },
      order: 9,
      class: 'approval',
      documents: { zh: '营业执照、经办人身份证件、印鉴', en: 'Business licence, ID card, company seal' },
      waiting: 0,
      minutes: range(10, 16),
    },
  },
};

/** Before the windows for companies and foreign exchange are staffed. */
export const earlyKiosk: KioskView = {
  ...usualKiosk,
  services: services({
    cash: { waiting: 2, minutes: range(2, 6) },
    foreign: { waiting: 0, unstaffed: true },
    corporate: { waiting: 3, unstaffed: true },
    card: { waiting: 0, minutes: range(0, 2) },
    transfer: { waiting: 0, minutes: range(0, 3) },
  }),
};

export const ticketsEndedKiosk: KioskView = {
  ...usualKiosk,
  phase: 'ticketsEnded',
  issuing: false,
  services: Object.fromEntries(
    Object.entries(usualKiosk.services).map(([id, service]) => [
      id,
      { ...service, closed: 'tickets' as const },
    ]),
  ),
};

export const closedKiosk: KioskView = {
  branch: branch.branch,
  timeZone: branch.timeZone,
  phase: 'closed',
  issuing: false,
  notices: {},
  services: {},
};

export const kiosks = {
  usualKiosk,
  peakKiosk,
  smallKiosk,
  largeKiosk,
  earlyKiosk,
  ticketsEndedKiosk,
  closedKiosk,
};
