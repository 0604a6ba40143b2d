import type { Handshake } from '../../src/protocol/live.js';
import { PROTOCOL_VERSION } from '../../src/protocol/version.js';
import { tabMemory } from './memory.js';

/** A public screen's last view, so that a reload shows it dimmed instead of nothing. */
export interface KeptView {
  view: unknown;
  seen: NonNullable<Handshake['seen']>;
  /** Branch time, UTC ms. */
  at: number;
  /** Wall time at which the server was last heard. */
  heardAt: number;
}

/** Older than this, yesterday's calls would do more harm than an empty screen. */
const KEEP_MS = 5 * 60_000;

export function keptView(page: string): KeptView | undefined {
  const stored = tabMemory.get(`view:${page}`);
  if (stored === undefined) return undefined;
  try {
    const { protocol, ...kept } = JSON.parse(stored) as KeptView & { protocol: number };
    return protocol === PROTOCOL_VERSION && Date.now() - kept.heardAt < KEEP_MS ? kept : undefined;
  } catch {
    return undefined;
  }
}

export function keepView(page: string, kept: KeptView): void {
  tabMemory.set(`view:${page}`, JSON.stringify({ ...kept, protocol: PROTOCOL_VERSION }));
}

export function forgetView(page: string): void {
  tabMemory.drop(`view:${page}`);
}
