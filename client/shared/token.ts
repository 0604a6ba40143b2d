import type { DemoClock } from '../../src/protocol/http.js';
import { getJson } from './http.js';
import { deviceMemory, tabMemory } from './memory.js';

const inFragment = /^#token=([A-Za-z0-9._~-]+)$/;

/**
 * The token of this screen or ticket: from `#token=…` if the address carries one, else what this tab
 * or, failing that, this device was given before. The tab comes first so that two demo screens side by
 * side in one browser each keep their own.
 */
export function readToken(page: string): string | undefined {
  const given = inFragment.exec(window.location.hash)?.[1];
  const key = `token:${page}`;
  if (given === undefined) return tabMemory.get(key) ?? deviceMemory.get(key);
  if (given !== tabMemory.get(key)) tabMemory.drop(`view:${page}`);
  tabMemory.set(key, given);
  deviceMemory.set(key, given);
  return given;
}

let staffTokens: Promise<string | undefined> | undefined;

/**
 * The token of a staff page, of a demo alone: undefined where the session's cookie speaks. A link must never bring
 * somebody else's session along [W-43], so a token in the address counts only once the server has said that it is a
 * demo; it is kept nowhere, for in a demo it stays in the address. One that is not taken goes from the address.
 */
export function staffToken(): Promise<string | undefined> {
  staffTokens ??= askStaffToken();
  return staffTokens;
}

async function askStaffToken(): Promise<string | undefined> {
  const given = inFragment.exec(window.location.hash)?.[1];
  if (given === undefined) return undefined;
  if ((await getJson<DemoClock>('/demo/clock')) !== undefined) return given;
  hideToken();
  return undefined;
}

/**
 * Takes the token out of the address bar, where shoulders and screenshots could read it. Called once
 * the first view shows that this is no demo; in a demo the address stays whole so it can be passed on.
 */
export function hideToken(): void {
  if (!inFragment.test(window.location.hash)) return;
  window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search);
}

/** A second QR opened in the same tab changes only the fragment: load again as that screen. */
export function reloadOnNewToken(): void {
  window.addEventListener('hashchange', () => {
    if (inFragment.test(window.location.hash)) window.location.reload();
  });
}
