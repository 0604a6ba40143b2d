import { hash, verify } from '@node-rs/argon2';

/** OWASP's smallest argon2id setting: 19 MiB, two passes, one lane. (Algorithm 2 is argon2id.) */
const COST = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const MOST_AT_ONCE = 2;

/** Hashes and checks passwords, two at a time at most, so that a rush of sign-ins can't starve the lobby. */
export class Passwords {
  #free = MOST_AT_ONCE;
  readonly #waiting: (() => void)[] = [];
  #nobody: Promise<string> | undefined;

  /** The hash to store, in PHC form. */
  hash(password: string): Promise<string> {
    return this.#inTurn(() => hash(password, COST));
  }

  /** Takes as long for an unknown person (`stored` undefined) as for a wrong password. */
  async matches(stored: string | undefined, password: string): Promise<boolean> {
    this.#nobody ??= this.hash('nobody has this password');
    const against = stored ?? (await this.#nobody);
    const right = await this.#inTurn(() => verify(against, password));
    return right && stored !== undefined;
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((go) => this.#waiting.push(go));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}
