import type { RejectionCode, RejectionParams } from '../../src/protocol/codes.js';
import type { CommandOf } from '../../src/protocol/commands.js';
import type { TellerView } from '../../src/protocol/views.js';
import { secondsUntil } from '../staff/times.js';

/** What has a key of its own. F1 acknowledges the love-window alert: far from the others, and never hit by habit. */
export const keyOf = {
  acknowledge: 'F1',
  callNext: 'F2',
  recall: 'F3',
  start: 'F4',
  pause: 'F6',
  park: 'F7',
  finish: 'F8',
  noShow: 'F9',
  transfer: 'F10',
} as const;
export type Duty = keyof typeof keyOf;

/** The five of every customer, always in the same place. */
export const mainDuties = ['callNext', 'recall', 'start', 'finish', 'noShow'] as const;
export type MainDuty = (typeof mainDuties)[number];

export interface Blocked {
  code: RejectionCode;
  /** What its words name. */
  params?: RejectionParams;
  /** Seconds until it is possible, where only time is missing. */
  wait?: number;
}

const waitFor = (code: RejectionCode, from: number, now: number): Blocked | undefined => {
  const wait = secondsUntil(from, now);
  return wait > 0 ? { code, params: { seconds: wait }, wait } : undefined;
};

/** Why the act can't be done as the desk looks now; the server decides in the end, with the same words. */
export function blocked(duty: Duty, view: TellerView, now: number): Blocked | undefined {
  const { counter, current } = view;
  if (counter === undefined) return { code: 'no-counter' };
  switch (duty) {
    case 'acknowledge':
      if (view.alert === undefined) return { code: 'unknown-episode' };
      return view.alert.acknowledged === true ? { code: 'already-acknowledged' } : undefined;
    case 'callNext':
      if (current !== undefined) return { code: 'counter-busy' };
      if (counter.faulty === true) return { code: 'counter-faulty' };
      // [L5] a held counter still calls the customer it is held for.
      if (counter.held !== true && counter.paused !== undefined) return { code: 'counter-paused' };
      if (counter.held !== true && counter.closing === true) return { code: 'counter-closed' };
      if (view.leftToOthers) return { code: 'left-to-others' };
      return view.next === undefined ? { code: 'nobody-to-call' } : undefined;
    case 'recall':
      if (current === undefined) return { code: 'visit-not-here' };
      if (current.status !== 'called') return { code: 'already-serving' };
      return current.recallFrom === undefined
        ? { code: 'recall-limit', params: { calls: current.calls } }
        : waitFor('recall-too-soon', current.recallFrom, now);
    case 'start':
      if (current === undefined) return { code: 'visit-not-here' };
      return current.status === 'called' ? undefined : { code: 'already-serving' };
    case 'finish':
      if (current === undefined) return { code: 'visit-not-here' };
      return current.status === 'serving' ? undefined : { code: 'not-serving' };
    case 'noShow':
      if (current === undefined) return { code: 'visit-not-here' };
      if (current.status !== 'called') return { code: 'already-serving' };
      // The branch's number isn't in the view: absent, one more call is needed at least.
      if (current.noShowFrom === undefined)
        return { code: 'no-show-too-soon', params: { calls: current.calls + 1 } };
      return waitFor('recall-too-soon', current.noShowFrom, now);
    case 'park':
    case 'transfer':
      return current === undefined ? { code: 'visit-not-here' } : undefined;
    case 'pause':
      return counter.faulty === true && counter.paused === undefined ? { code: 'counter-faulty' } : undefined;
  }
}

/** The one clear next step, by the state of the desk. */
export function nextStep(view: TellerView): MainDuty | undefined {
  if (view.counter === undefined) return undefined;
  if (view.current === undefined) return blocked('callNext', view, 0) === undefined ? 'callNext' : undefined;
  return view.current.status === 'called' ? 'start' : 'finish';
}

export type OneTap = 'callNext' | 'recall' | 'start' | 'finish' | 'noShow' | 'park' | 'acknowledge';

/** The command of an act that needs no further word; undefined when there is nobody it could be about. */
export function commandOf(
  duty: OneTap,
  view: TellerView,
):
  | CommandOf<
      | 'CallNext'
      | 'Recall'
      | 'StartService'
      | 'FinishService'
      | 'MarkNoShow'
      | 'ParkVisit'
      | 'AcknowledgeAlert'
    >
  | undefined {
  if (duty === 'callNext') return { type: 'CallNext' };
  if (duty === 'acknowledge')
    return view.alert && { type: 'AcknowledgeAlert', episodeId: view.alert.episodeId };
  if (view.current === undefined) return undefined;
  const { visitId, version } = view.current;
  switch (duty) {
    case 'recall':
      return { type: 'Recall', visitId, version };
    case 'start':
      return { type: 'StartService', visitId, version };
    case 'finish':
      return { type: 'FinishService', visitId, version };
    case 'noShow':
      return { type: 'MarkNoShow', visitId, version };
    case 'park':
      return { type: 'ParkVisit', visitId, version };
  }
}
