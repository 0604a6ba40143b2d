/** Keeps a screen well that nobody touches for months [SPEC W-53]. */
export interface Seen {
  /** The server is heard and nothing is missing. */
  live: boolean;
  /** Branch time of the newest call, UTC ms; 0 if none. */
  calledAt: number;
  /** Branch time, UTC ms. */
  now: number;
  /** Hour of the branch's day, 0 to 23; undefined before the first view. */
  hour: number | undefined;
  /** Whether the page is in sight, and when it last painted, ms of the steady clock. */
  visible: boolean;
  paintedAt: number;
}

interface Tools {
  /** A clock that is never set, ms; 0 is the page's start. */
  steady: () => number;
  /** The page as the server has it now; undefined where the server does not answer well. */
  fetchPage: () => Promise<string | undefined>;
  /** What tells this build from another in the page's text. */
  build: string;
  /** Reloads for want of anything better since the screen was last live; survives them. */
  attempts: { get: () => number; set: (n: number) => void };
  reload: () => void;
}

const MINUTE = 60_000;
/** No call for this long: nobody is looking for a number right now. */
const IDLE_MS = 3 * MINUTE;
/** Cut off, or nothing painted, for this long: a fresh start is tried; each try waits twice as long as the last. */
const LOST_MS = 10 * MINUTE;
const FROZEN_MS = 2 * MINUTE;
const DOUBLINGS = 5;
/** Hours of the branch's night in which a board that has run for long begins anew. */
const NIGHT = { from: 2, to: 5, after: 6 * 60 * MINUTE };

/** The looks at a screen, one a minute; each may end in a reload, but never in an error page or a loop. */
export function upkeep(seen: () => Seen, { steady, fetchPage, build, attempts, reload }: Tools) {
  let lastLive = 0;

  return async function look(): Promise<void> {
    const { live, calledAt, now, hour, visible, paintedAt } = seen();
    const at = steady();
    const patience = 2 ** Math.min(attempts.get(), DOUBLINGS);
    const frozen = visible && at - paintedAt >= FROZEN_MS * patience;
    if (live) {
      lastLive = at;
      const painting = !visible || at - paintedAt < FROZEN_MS;
      if (painting && at >= FROZEN_MS) attempts.set(0);
    }
    const lost = at - lastLive >= LOST_MS * patience;
    const idle = live && now - calledAt >= IDLE_MS;
    if (!idle && !lost && !frozen) return;
    const page = await fetchPage();
    if (page === undefined) return;
    const night = idle && hour !== undefined && hour >= NIGHT.from && hour < NIGHT.to && at >= NIGHT.after;
    if (lost || frozen) attempts.set(attempts.get() + 1);
    if (lost || frozen || night || !page.includes(build)) reload();
  };
}

/** Leftwards and upwards only, so that nothing sticks out; CSS pixels. */
const STEPS = [
  { x: 0, y: 0 },
  { x: -2, y: 0 },
  { x: -2, y: -2 },
  { x: 0, y: -2 },
];
const STEP_MS = 20 * MINUTE;
/** Whoever reads a call that is new reads it standing still. */
const NEW_MS = MINUTE;

/**
 * Where the whole picture stands, so that no edge burns itself into the panel: a few pixels, every 20 minutes.
 * @param before where it stands now; kept while a call is new
 */
export function placeOf(now: number, calledAt: number, before: { x: number; y: number }) {
  if (now - calledAt < NEW_MS) return before;
  return STEPS[Math.floor(now / STEP_MS) % STEPS.length] ?? before;
}
