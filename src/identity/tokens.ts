import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const TOKEN_BYTES = 32;
const TICKET_HEX = 32;
const TICKET = /^([A-Za-z0-9_-]{1,64})\.([0-9a-f]{32})$/;

/** What stands in front of a token tells its kind, so that a leaked one can be recognised by a scanner. */
export const SESSION_PREFIX = 'lws_';
export const DEVICE_PREFIX = 'lwd_';

/** 256 bits of chance, fit for an address's fragment. */
export const newToken = (prefix: string): string => prefix + randomBytes(TOKEN_BYTES).toString('base64url');

/** An opaque id of 128 bits. */
export const newId = (): string => randomBytes(16).toString('hex');

/** What is stored instead of a token: SHA-256, hex. The token has 256 bits, so no salt is needed. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Compares two texts in a time that tells nothing but their lengths. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/**
 * Tokens of tickets: HMAC-SHA-256(server secret, visit id) cut to 128 bits, so that a repeated command gives the
 * same QR and nothing is stored. A page shows `<visit id>.<token>`.
 */
export class TicketTokens {
  readonly #secret: string;

  /** @param secret the server's own, at least 32 characters */
  constructor(secret: string) {
    this.#secret = secret;
  }

  /** 32 hex digits. */
  tokenOf(visitId: string): string {
    return createHmac('sha256', this.#secret).update(visitId).digest('hex').slice(0, TICKET_HEX);
  }

  /** The visit that `<visit id>.<token>` truly belongs to. */
  visitOf(shown: string): string | undefined {
    const [, visitId, token] = TICKET.exec(shown) ?? [];
    if (visitId === undefined || token === undefined) return undefined;
    return sameText(this.tokenOf(visitId), token) ? visitId : undefined;
  }
}
