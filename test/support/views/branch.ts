import type { Text } from '../../../src/protocol/vocabulary.js';

/** Monday 2 March 2026, 10:30 in Shanghai. */
export const AT = Date.UTC(2026, 2, 2, 2, 30);
export const minutes = (n: number): number => n * 60_000;

export const branch = {
  branch: { zh: '滨江支行', en: 'Riverside Branch' },
  timeZone: 'Asia/Shanghai',
  day: '2026-03-02',
  phase: 'open' as const,
};

export const windowLabel = (n: number): Text => ({ zh: `${String(n)} 号窗口`, en: `Window ${String(n)}` });

export const zoneNames = {
  cash: { zh: '现金业务', en: 'Cash' },
  nonCash: { zh: '非现金业务', en: 'Non-cash' },
  corporate: { zh: '对公业务', en: 'Corporate' },
} satisfies Record<string, Text>;
