import type { IncomingMessage } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import { refuse } from '../doors/parse.js';
import { allowedOrigin, sessionCookie } from '../doors/requests.js';
import type { Identity } from '../identity/identity.js';
import { administers, inspects, looksBack } from '../identity/policy.js';
import type { Administration } from '../identity/policy.js';
import { Whois } from '../identity/whois.js';
import { Refused } from './refused.js';

export const ORIGINS = Symbol('ORIGINS');
const BEARER = /^Bearer ([A-Za-z0-9._~-]{1,200})$/;

/** Finds out who calls the REST door. */
@Injectable()
export class Caller {
  constructor(
    @Inject(Whois) private readonly whois: Whois,
    @Inject(ORIGINS) private readonly origins: readonly string[],
  ) {}

  /**
   * Refuses a change that another site's page could have sent along with somebody's cookie: it carries our own
   * header, which no foreign page may set, or the origin that the browser itself wrote.
   */
  refuseForgery(request: IncomingMessage): void {
    const told = request.headers['x-love-window'] === '1' || request.headers.origin !== undefined;
    if (!told || !allowedOrigin(request, this.origins)) throw new Refused(refuse('forbidden'));
  }

  /** The caller of a request that changes something. */
  async changing(request: IncomingMessage): Promise<Identity> {
    if (bearer(request) === undefined) this.refuseForgery(request);
    return this.reading(request);
  }

  /** The caller of a request that only reads. */
  async reading(request: IncomingMessage): Promise<Identity> {
    const token = bearer(request) ?? sessionCookie(request);
    const identity = token === undefined ? undefined : await this.whois.identify(token);
    if (identity === undefined) throw new Refused(refuse('not-signed-in'));
    return identity;
  }

  /** The caller of a request that reads the configuration [S-13]. */
  async inspecting(request: IncomingMessage): Promise<Identity> {
    const identity = await this.reading(request);
    if (!inspects(identity.actor.role)) throw new Refused(refuse('forbidden'));
    return identity;
  }

  /** The caller of a request about a day that has been [H-1]. */
  async lookingBack(request: IncomingMessage): Promise<Identity> {
    const identity = await (request.method === 'GET' ? this.reading(request) : this.changing(request));
    if (!looksBack(identity.actor.role)) throw new Refused(refuse('forbidden'));
    return identity;
  }

  /** The caller, who must be allowed to configure that part. */
  async administering(request: IncomingMessage, part: Administration): Promise<Identity> {
    const identity = await this.changing(request);
    if (!administers(identity.actor.role, part)) throw new Refused(refuse('forbidden'));
    return identity;
  }
}

/** The token of an `Authorization: Bearer` header. */
export const bearer = (request: IncomingMessage): string | undefined =>
  BEARER.exec(request.headers.authorization ?? '')?.[1];
