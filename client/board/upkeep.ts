import { onScopeDispose } from 'vue';
import type { Phase } from '../shared/link.js';

interface Seen {
  phase: Phase;
  /** Branch time of the newest call, UTC ms; 0 if none. */
  calledAt: number;
  /** Branch time, UTC ms. */
  now: number;
}

const CHECK_MS = 60_000;
/** No call for this long: nobody is looking for a number right now. */
const IDLE_MS = 3 * 60_000;
const NIGHT_MS = 24 * 60 * 60_000;
/** Cut off for this long, a fresh start of the page is tried. */
const LOST_MS = 10 * 60_000;

/**
 * Keeps a screen well that nobody touches for months: it reloads once a day when it is idle, on a new
 * build when it is idle, and when it has been cut off for long although the server can be reached.
 */
export function keepFresh(seen: () => Seen): void {
  const began = Date.now();
  const built = document.querySelector('script[src]')?.getAttribute('src') ?? '';
  let lastLive = Date.now();

  const check = async (): Promise<void> => {
    const { phase, calledAt, now } = seen();
    if (phase === 'live') lastLive = Date.now();
    const idle = phase === 'live' && now - calledAt >= IDLE_MS;
    const lost = Date.now() - lastLive >= LOST_MS;
    if (!idle && !lost) return;
    const answer = await fetch(window.location.pathname, { cache: 'no-cache' });
    // Never leave a working picture for an error page.
    if (!answer.ok) return;
    const newer = !(await answer.text()).includes(built);
    if (newer || lost || Date.now() - began >= NIGHT_MS) window.location.reload();
  };

  const timer = setInterval(() => {
    check().catch(() => undefined);
  }, CHECK_MS);
  onScopeDispose(() => {
    clearInterval(timer);
  });
}
