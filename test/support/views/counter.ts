import type { CounterView } from '../../../src/protocol/views.js';
import { AT, branch, windowLabel, zoneNames } from './branch.js';

const many = [
  { zh: '现金存取', en: 'Cash in and out' },
  { zh: '大额现金与零钞', en: 'Large amounts and change' },
  { zh: '银行卡与转账', en: 'Cards and transfers' },
  { zh: '开户与挂失', en: 'Accounts and lost cards' },
  { zh: '贷款与理财', en: 'Loans and savings plans' },
];
const more = [
  { zh: '外汇与国际汇款', en: 'Foreign exchange and remittance' },
  { zh: '对公结算业务', en: 'Corporate settlement' },
  { zh: '对公账户', en: 'Company accounts' },
  { zh: '对公信贷', en: 'Company credit' },
];

const sign: Omit<CounterView, 'status'> = {
  ...branch,
  counterId: 'w3',
  label: windowLabel(3),
  standing: false,
  zone: zoneNames.cash,
  services: [
    { zh: '现金存取', en: 'Cash' },
    { zh: '转账汇款', en: 'Transfers' },
    { zh: '外汇业务', en: 'Foreign exchange' },
  ],
};

export const signs = {
  closed: { ...sign, status: 'closed' },
  paused: { ...sign, status: 'paused' },
  loveWindow: { ...sign, status: 'loveWindow' },
  keptCalled: { ...sign, status: 'called', ticket: 'A027', loveWindow: true, services: many },
  keptServing: { ...sign, status: 'serving', ticket: 'A1027', loveWindow: true, standing: true },
  many: { ...sign, status: 'serving', ticket: 'A038', standing: true, services: many },
  packed: { ...sign, status: 'free', services: [...many, ...more] },
  packedKept: { ...sign, status: 'called', ticket: 'A1038', loveWindow: true, services: [...many, ...more] },
  called: { ...sign, status: 'called', ticket: 'A037' },
  serving: { ...sign, status: 'serving', ticket: 'A1037', demo: true },
  free: { ...sign, status: 'free' },
  goodbye: { ...sign, status: 'free', servedAt: AT - 2_000 },
  standing: { ...sign, status: 'serving', ticket: 'A038', standing: true },
  standingFree: { ...sign, status: 'free', standing: true },
} satisfies Record<string, CounterView>;
