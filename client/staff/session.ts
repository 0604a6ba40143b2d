import type { SignInRequest } from '../../src/protocol/http.js';
import { deviceMemory, tabMemory } from '../shared/memory.js';

const PATH = '/api/v1/session';
export type SignInOutcome = 'ok' | 'wrong' | 'tooMany' | 'unreachable';

/** Signs in with name and password; the server answers with the session's cookie. */
export async function signIn(request: SignInRequest): Promise<SignInOutcome> {
  try {
    const { ok, status } = await fetch(PATH, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(request),
    });
    if (ok) return 'ok';
    if (status === 429) return 'tooMany';
    return status < 500 ? 'wrong' : 'unreachable';
  } catch {
    return 'unreachable';
  }
}

/** Ends the session; a server out of reach ends it by its own clock. */
export async function signOut(): Promise<void> {
  await fetch(PATH, { method: 'DELETE' }).catch(() => undefined);
}

/** A demo token in this browser would speak instead of the session: it goes, and the page starts afresh. */
export function startAfresh(page: string): void {
  tabMemory.drop(`token:${page}`);
  deviceMemory.drop(`token:${page}`);
  window.history.replaceState(null, '', window.location.pathname + window.location.search);
  window.location.reload();
}
