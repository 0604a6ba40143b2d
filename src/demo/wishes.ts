import type { BranchClock } from './branchClock.js';

/** What a player means to do, unless its screen shows something else before the time comes. */
export interface Wish {
  /** Names the situation: the same key is the same wish, and keeps its time. */
  key: string;
  /** Branch ms after the wish first came up; or … */
  after?: number;
  /** … at this branch time, UTC ms. */
  at?: number;
  /** False: refused; it is wished again a little later if the screen still asks for it. */
  act: () => Promise<boolean>;
}

interface Kept {
  wish: Wish;
  cancel: () => void;
  state: 'waiting' | 'acting' | 'cooling';
}

const COOL_BRANCH_MS = 20_000;
const COOL_REAL_MS = 500;

/** Turns what a player wants into acts on branch time, one after the other: a person has two hands and one screen. */
export class Wishes {
  readonly #kept = new Map<string, Kept>();
  #hands: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly clock: BranchClock,
    /** Asks the player again, after an act. */
    private readonly reconsider: () => void,
  ) {}

  /** The whole list of what is wanted now; what is no longer in it is dropped. */
  want(wishes: readonly Wish[]): void {
    const wanted = new Set(wishes.map(({ key }) => key));
    for (const [key, kept] of this.#kept)
      if (!wanted.has(key) && kept.state !== 'acting') {
        kept.cancel();
        this.#kept.delete(key);
      }
    for (const wish of wishes) {
      const kept = this.#kept.get(wish.key);
      if (kept === undefined) this.#schedule(wish);
      // The time stays; what is done then is what fits the newest screen.
      else kept.wish = wish;
    }
  }

  /** Drops everything that has not begun. */
  stop(): void {
    this.want([]);
  }

  #schedule(wish: Wish): void {
    const at = wish.at ?? this.clock.now() + (wish.after ?? 0);
    const kept: Kept = { wish, state: 'waiting', cancel: () => undefined };
    this.#kept.set(wish.key, kept);
    kept.cancel = this.clock.wake(at, () => this.#begin(wish.key, kept));
  }

  #begin(key: string, kept: Kept): void {
    this.#hands = this.#hands.then(async () => {
      if (this.#kept.get(key) !== kept) return;
      kept.state = 'acting';
      const done = await kept.wish.act();
      if (done) this.#forget(key, kept);
      else {
        kept.state = 'cooling';
        const wait = Math.max(COOL_BRANCH_MS, COOL_REAL_MS * this.clock.rate());
        kept.cancel = this.clock.wake(this.clock.now() + wait, () => this.#forget(key, kept));
      }
    });
  }

  #forget(key: string, kept: Kept): void {
    if (this.#kept.get(key) === kept) this.#kept.delete(key);
    this.reconsider();
  }
}
