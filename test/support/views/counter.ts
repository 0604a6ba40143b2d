import type { CounterView } from '../../../src/protocol/views.js';
import { AT, branch, windowLabel, zoneNames } from './branch.js';

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
  called: { ...sign, status: 'called', ticket: 'A037' },
  serving: { ...sign, status: 'serving', ticket: 'A1037', demo: true },
  free: { ...sign, status: 'free' },
  goodbye: { ...sign, status: 'free', servedAt: AT - 2_000 },
  standing: { ...sign, status: 'serving', ticket: 'A038', standing: true },
  standingFree: { ...sign, status: 'free', standing: true },
} satisfies Record<string, CounterView>;
