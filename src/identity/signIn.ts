import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Rejection } from '../protocol/codes.js';
import type { Identity } from './identity.js';
import type { Sessions } from './sessions.js';
import type { Staff } from './staff.js';

const WINDOW_SECONDS = 15 * 60;
/** Wrong passwords of one name from one address. Not of the name alone: an outsider could lock a person out. */
const TRIES_PER_NAME = 8;
const TRIES_PER_ADDRESS = 60;

/** Signing in by name and password, throttled; the outcome and its time don't tell which of the two was wrong. */
export class SignIn {
  readonly #byName = new RateLimiterMemory({ points: TRIES_PER_NAME, duration: WINDOW_SECONDS });
  readonly #byAddress = new RateLimiterMemory({ points: TRIES_PER_ADDRESS, duration: WINDOW_SECONDS });

  constructor(
    private readonly staff: Staff,
    private readonly sessions: Sessions,
  ) {}

  /** @param address where the request came from, as the server itself saw it */
  async signIn(
    name: string,
    password: string,
    address: string,
  ): Promise<{ ok: true; token: string; identity: Identity } | Rejection> {
    const pair = `${name.toLowerCase()}|${address}`;
    if (!(await taken(this.#byName, pair)) || !(await taken(this.#byAddress, address)))
      return { ok: false, code: 'too-many', params: {} };
    const member = await this.staff.withPassword(name, password);
    if (member === undefined) return { ok: false, code: 'not-signed-in', params: {} };
    await this.#byName.delete(pair);
    await this.#byAddress.reward(address);
    const opened = await this.sessions.open(member);
    // Whoever was disabled while the password was being checked has no session to lose but this one [S-11].
    if ((await this.staff.byId(member.id))?.disabledAt === null) return { ok: true, ...opened };
    await this.sessions.close(opened.identity);
    return { ok: false, code: 'not-signed-in', params: {} };
  }
}

/** The limiter rejects when nothing is left; a memory limiter has no other failure. */
const taken = (limiter: RateLimiterMemory, key: string): Promise<boolean> =>
  limiter.consume(key).then(
    () => true,
    () => false,
  );
