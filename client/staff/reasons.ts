import type { CallReason } from '../../src/protocol/views.js';
import { t } from './texts.js';

const figure = (value: number | undefined): string =>
  value === undefined ? '–' : String(Math.round(value * 100) / 100);
const minutes = (value: number | undefined): string =>
  value === undefined ? '–' : String(Math.floor(value));

/** Rank of strict priority's order, 5 (flagged) to 0 (normal), as the core gives it. */
const rank = (value: number | undefined): string => String(Math.min(5, Math.max(0, Math.round(value ?? 0))));

function because(reason: CallReason): string {
  switch (reason.rule) {
    case 'reserved':
      return t('reason.reserved');
    case 'protectedOvertaken':
      return t('reason.protectedOvertaken', { n: minutes(reason.figure) });
    case 'protectedWaited':
      return t('reason.protectedWaited', { n: minutes(reason.figure) });
    case 'index':
    case 'vipCap':
      return reason.waited === undefined
        ? t(`reason.${reason.rule}Only`)
        : t(`reason.${reason.rule}`, { n: reason.waited, rank: rank(reason.rank) });
    case 'fifo':
      return t('reason.fifo', { n: minutes(reason.figure) });
    case 'priority':
      return t('reason.priority', { rank: rank(reason.figure) });
    case 'ratio': {
      const { of = 'rest', nth = 1, calls = 1 } = reason.turn ?? {};
      return t('reason.ratio', { of, nth, calls, n: minutes(reason.figure) });
    }
    case 'named':
      return t('reason.named');
    case 'resumed':
      return t('reason.resumed');
  }
}

function comparison({ rule, runnerUp }: CallReason): string | undefined {
  if (runnerUp === undefined) return undefined;
  const { ticket } = runnerUp;
  switch (rule) {
    case 'index':
    case 'vipCap':
      return runnerUp.waited === undefined
        ? undefined
        : t('reason.nextIndex', { ticket, n: runnerUp.waited, rank: rank(runnerUp.rank) });
    case 'fifo':
    case 'ratio':
    case 'protectedOvertaken':
    case 'protectedWaited':
      return t('reason.nextMinutes', { ticket, n: minutes(runnerUp.figure) });
    case 'priority':
      return t('reason.nextRank', { ticket, rank: rank(runnerUp.figure) });
    case 'reserved':
    case 'named':
    case 'resumed':
      return undefined;
  }
}

/** Why this one is called: the rule in plain words with its figure, the runner-up, and what else narrowed the choice. */
export function whyThisOne(reason: CallReason): string[] {
  const constraint =
    reason.constraint === undefined || reason.constraint === 'vipCap'
      ? undefined
      : t(`reason.${reason.constraint}`);
  const { first } = reason;
  const narrowed =
    first && t('reason.first', { of: first.of, minutes: first.minutes, longest: first.longest });
  return [because(reason), narrowed, comparison(reason), constraint].filter((line) => line !== undefined);
}

/** The bare index behind the words, for whoever wants to reckon it; undefined where the rule has none. */
export function indexDetail({ rule, figure: own, runnerUp }: CallReason): string | undefined {
  if ((rule !== 'index' && rule !== 'vipCap') || own === undefined) return undefined;
  return runnerUp === undefined
    ? t('reason.detail', { figure: figure(own) })
    : t('reason.detailNext', { figure: figure(own), next: figure(runnerUp.figure) });
}
