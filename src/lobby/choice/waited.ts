import type { DaySettings, WaitRule } from '../../protocol/settings.js';
import type { CallReason } from '../../protocol/views.js';
import { MINUTE } from '../elapsed.js';
import { classOf } from './classes.js';
import type { Candidate } from './floor.js';

export type WaitedFirst = NonNullable<CallReason['first']>;

function isOf(visit: Candidate, { of, id }: WaitRule): boolean {
  switch (of) {
    case 'service':
      return visit.serviceId === id;
    case 'zone':
      return visit.zone === id;
    case 'class':
      return classOf(visit) === id;
  }
}

/**
 * [P-26] The first rule of which somebody among the candidates has waited long enough for the present service, and
 * those of them whom it calls first; undefined when no rule applies.
 */
export function waitedFirst<V extends Candidate>(
  candidates: readonly V[],
  { waitRules = [] }: DaySettings,
  at: number,
): { first: WaitedFirst; among: V[] } | undefined {
  for (const rule of waitRules) {
    const among = candidates.filter((visit) => isOf(visit, rule));
    const longest = among.reduce((most, { since }) => Math.max(most, at - since), -Infinity);
    if (longest >= rule.minutes * MINUTE)
      return { first: { ...rule, longest: Math.floor(longest / MINUTE) }, among };
  }
  return undefined;
}
