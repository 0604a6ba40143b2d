import type { LobbyState } from './state.js';

export const MINUTE = 60_000;
export const SECOND = 1_000;

/**
 * The instant a timer of `minutes` that began at `since` runs out. Timers over five minutes count branch
 * time less the outages after their begin; shorter ones were begun anew by ServiceInterrupted.
 */
export function dueAfter(state: LobbyState, since: number, minutes: number): number {
  let due = since + minutes * MINUTE;
  if (minutes <= 5) return due;
  for (const { from, to } of state.outages) if (to > since && from < due) due += to - Math.max(from, since);
  return due;
}
