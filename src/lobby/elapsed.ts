import type { LobbyState } from './state.js';

export const MINUTE = 60_000;
export const SECOND = 1_000;

/**
 * The instant a timer of `minutes` that began at `since` runs out. Timers over five minutes count branch
 * time less the outages after their begin; shorter ones begin anew at the end of the last outage.
 */
export function dueAfter(state: LobbyState, since: number, minutes: number): number {
  if (minutes <= 5)
    return state.outages.reduce((begin, { to }) => Math.max(begin, to), since) + minutes * MINUTE;
  let due = since + minutes * MINUTE;
  for (const { from, to } of state.outages) if (to > since && from < due) due += to - Math.max(from, since);
  return due;
}
