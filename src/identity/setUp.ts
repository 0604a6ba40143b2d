import { randomInt } from 'node:crypto';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Rejection } from '../protocol/codes.js';
import type { BranchSetup } from '../protocol/settings.js';
import type { Branches } from './branches.js';
import type { Staff } from './staff.js';
import { sameText } from './tokens.js';

/** Without letters and digits that are read wrongly; 16 of them hold 78 bits. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const CODE_LENGTH = 16;
const TRIES = 10;
const WINDOW_SECONDS = 15 * 60;

/** The first administrator and the first branch, made once, with a code that only the operator has seen. */
export class SetUp {
  readonly #tries = new RateLimiterMemory({ points: TRIES, duration: WINDOW_SECONDS });
  #code: string | undefined;
  /** Called once set-up is done, so that the new branch is served at once. */
  onDone: () => Promise<void> = () => Promise.resolve();

  constructor(
    private readonly staff: Staff,
    private readonly branches: Branches,
    private readonly template: BranchSetup,
  ) {}

  /** Whether nobody can sign in yet. */
  open(): Promise<boolean> {
    return this.staff.nobodyYet();
  }

  /** The code to show the operator; undefined once there is somebody who can sign in. */
  async code(): Promise<string | undefined> {
    if (!(await this.open())) return undefined;
    this.#code ??= Array.from({ length: CODE_LENGTH }, () =>
      ALPHABET.charAt(randomInt(ALPHABET.length)),
    ).join('');
    return this.#code;
  }

  async begin(
    code: string,
    name: string,
    password: string,
    address: string,
  ): Promise<{ ok: true } | Rejection> {
    const free = await this.#tries.consume(address).then(
      () => true,
      () => false,
    );
    if (!free) return { ok: false, code: 'too-many', params: {} };
    const expected = this.#code;
    if (expected === undefined || !sameText(expected, code.toUpperCase().replace(/[\s-]/g, '')))
      return { ok: false, code: 'forbidden', params: {} };
    this.#code = undefined;
    try {
      if (this.branches.ids().length === 0) await this.branches.save(this.template, 'set-up');
      await this.staff.add({
        login: name,
        name,
        role: 'administrator',
        branchId: this.template.id,
        password,
      });
    } catch (error) {
      this.#code = expected;
      throw error;
    }
    await this.onDone();
    return { ok: true };
  }
}
