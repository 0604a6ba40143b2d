import type { IncomingMessage } from 'node:http';
import { sessionCookie } from '../doors/requests.js';
import type { Handshake } from '../protocol/live.js';
import { audiences } from '../protocol/views.js';
import type { Audience } from '../protocol/views.js';

const LONGEST_EPOCH = 64;

/** What a page said when it connected, with everything of a wrong shape left out. */
export interface ReadHandshake {
  token?: string;
  audience?: Audience;
  seen?: { epoch: string; version: number };
  protocol?: number;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads `handshake.auth`; 'malformed' when a page asks for an audience that doesn't exist. */
export function readHandshake(auth: unknown): ReadHandshake | 'malformed' {
  if (!isRecord(auth)) return 'malformed';
  const { token, audience, seen, protocol } = auth as Partial<Record<keyof Handshake, unknown>>;
  const known = audiences.find((each) => each === audience);
  if (audience !== undefined && known === undefined) return 'malformed';
  return {
    ...(typeof token === 'string' ? { token } : {}),
    ...(known === undefined ? {} : { audience: known }),
    ...(isSeen(seen) ? { seen: { epoch: seen.epoch, version: seen.version } } : {}),
    ...(typeof protocol === 'number' ? { protocol } : {}),
  };
}

const isSeen = (seen: unknown): seen is { epoch: string; version: number } =>
  isRecord(seen) &&
  typeof seen['epoch'] === 'string' &&
  seen['epoch'].length <= LONGEST_EPOCH &&
  Number.isSafeInteger(seen['version']) &&
  (seen['version'] as number) >= 0;

/** The token shown: in the handshake, else the session's cookie. */
export const tokenOf = (handshake: ReadHandshake, request: IncomingMessage): string | undefined =>
  handshake.token ?? sessionCookie(request);
