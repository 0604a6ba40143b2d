import type { PublicCall } from '../../../src/protocol/views.js';

interface Now {
  /** As the view has them, newest first. */
  calls: readonly PublicCall[];
  live: boolean;
  /** Branch time, UTC ms. */
  now: number;
  /** A clock that only runs, ms. */
  steady: number;
}

/** After a gap a first call is still news for this long, ms of branch time. */
const FRESH_MS = 10_000;
/** A branch clock this far behind what was called is another one: a demo begun anew, a log restored. */
const OTHER_CLOCK_MS = 60_000;
/** What was missed arrives within this after a screen is live again, ms. */
const CATCHING_UP_MS = 3_000;

const rowOf = (call: PublicCall): string => `${call.ticket}@${String(call.at)}`;

/**
 * Tells which of the calls on the board are new to it, oldest first [SPEC W-12]: called later than every call it knew, or
 * called again. After a reload or a reconnect only what was called seconds ago is; a recall has no time of its own, so
 * one that may be old is left to the eyes.
 * @param newest time of the latest call that is known already; 0 for none
 */
export function newsOf(newest: number) {
  let rounds = new Map<string, number>();
  let away = true;
  let caughtUpAt = 0;

  return {
    newest: (): number => newest,
    next({ calls, live, now, steady }: Now): PublicCall[] {
      if (!live) {
        away = true;
        return [];
      }
      if (away) caughtUpAt = steady + CATCHING_UP_MS;
      away = false;
      if (newest > now + OTHER_CLOCK_MS) newest = 0;
      const catchingUp = steady < caughtUpAt;
      const isNew = (call: PublicCall): boolean => {
        const before = rounds.get(rowOf(call));
        if (before !== undefined) return call.round > before && !catchingUp;
        return call.at > newest && (!catchingUp || (call.round === 1 && now - call.at <= FRESH_MS));
      };
      const fresh = calls.filter(isNew).sort((a, b) => a.at - b.at);
      rounds = new Map(calls.map((call) => [rowOf(call), call.round]));
      newest = Math.max(newest, ...calls.map((call) => call.at));
      return fresh;
    },
  };
}
