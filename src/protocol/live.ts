import type { Ack, CommandMessage } from './commands.js';
import type { Audience } from './views.js';

/** The socket.io namespace and the events on it. */
export const LIVE_NAMESPACE = '/live';

/** What a page says when it connects; nothing in it is trusted but the token. */
export interface Handshake {
  /** Device or ticket token; a signed-in person's session travels in a cookie instead. */
  token?: string;
  /** A person may hold several pages open; screens and phones have one audience only. */
  audience?: Audience;
  /** Where the page stopped, so that only the missing changes are sent. */
  seen?: { epoch: string; version: number };
  protocol: number;
}

/** Sent first on every connection whose gap can't be filled, and when a slow screen is cut back. */
export interface ViewFrame {
  epoch: string;
  version: number;
  /** Server's branch time, UTC ms. */
  at: number;
  audience: Audience;
  view: unknown;
}

/** RFC 7396 merge patch from `version - 1` to `version`. */
export interface PatchFrame {
  version: number;
  patch: unknown;
}

/** Every 5 s while the branch's runner lives; a page that misses three says its data are old. */
export interface BeatFrame {
  at: number;
  /** Branch time ÷ wall time; 1 outside the demo, 0 while frozen. */
  rate: number;
}

export interface ServerToClient {
  view: (frame: ViewFrame) => void;
  patch: (frame: PatchFrame) => void;
  beat: (frame: BeatFrame) => void;
  /** The server is going down in order; reconnect after `retryMs`. */
  bye: (frame: { retryMs: number }) => void;
}

export interface ClientToServer {
  command: (message: CommandMessage, ack: (answer: Ack) => void) => void;
}

export const BEAT_MS = 5_000;
/** Public estimates and the neutral notice change on every third beat only [L14]. */
export const PUBLIC_BEATS = 3;
export const STALE_MS = 15_000;
export const MAX_MESSAGE_BYTES = 64 * 1024;
