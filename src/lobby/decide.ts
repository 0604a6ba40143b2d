import { counterActs } from './acts/counters.js';
import { dayActs } from './acts/day.js';
import { isRejection, type Acts } from './acts/act.js';
import { loveWindowActs } from './acts/love-window.js';
import { noticeActs } from './acts/notices.js';
import { serveActs } from './acts/serve.js';
import { taskActs } from './acts/tasks.js';
import { visitActs } from './acts/visits.js';
import { draftOf, type Draft } from './draft.js';
import { passTime } from './deadlines.js';
import { followUp } from './follow-ups.js';
import type { AnyResult, CoreCommand, Decision, Input } from './input.js';
import type { Rejection } from '../protocol/codes.js';
import { reject } from './reject.js';
import type { LobbyState } from './state.js';

const acts: Acts<CoreCommand['type']> = {
  ...dayActs,
  ...visitActs,
  ...serveActs,
  ...counterActs,
  ...loveWindowActs,
  ...taskActs,
  ...noticeActs,
  PassTime(draft) {
    passTime(draft);
    return {};
  },
};

/** Commands name the business date they were made on; the system's own have none [L12]. */
function wrongDay(state: LobbyState, input: Input): Rejection | undefined {
  if (input.command.type === 'BeginDay') return undefined;
  if (input.day !== undefined && state.day !== '' && input.day !== state.day)
    return reject('stale-day', { day: state.day });
  return state.phase === 'open' ? undefined : reject('day-not-open');
}

/**
 * Decides one command on the state and advances the state in place by the events it returns; a refusal
 * leaves the state as it was. No clock, no randomness: `at` and `seed` come with the input. An exception
 * is a bug, and the state must then be thrown away.
 */
export function decide(state: LobbyState, input: Input): Decision {
  const refused = wrongDay(state, input);
  if (refused) return refused;
  const draft = draftOf(state, input);
  const act = acts[input.command.type] as (draft: Draft, command: CoreCommand) => AnyResult | Rejection;
  const outcome = act(draft, input.command);
  if (isRejection(outcome)) {
    if (draft.events.length > 0) throw new Error(`${input.command.type} refused after it had emitted`);
    return outcome;
  }
  followUp(draft);
  return { ok: true, events: [...draft.events], result: outcome };
}
