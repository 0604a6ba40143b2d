/** So long after a person's last act a player keeps its hands off, real ms: people read and think in real time. */
export const STAND_BACK_MS = 90_000;

/**
 * Sees when somebody else uses the screen that a player plays: what the screen's own acts can change has changed,
 * and no act of the player has done it. The player then leaves the screen to that person, until nothing was done
 * there for a while.
 */
export class StandBack {
  #trace: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** Changes seen since the player's act went on its way. */
  #meanwhile = 0;

  constructor(
    /** Asks the player again, once it is its turn. */
    private readonly reconsider: () => void,
    private readonly ms = STAND_BACK_MS,
  ) {}

  get away(): boolean {
    return this.#timer !== undefined;
  }

  /**
   * @param trace what only acts at this screen change, as text; undefined while that can't be said
   * @param own an act of the player is on its way
   */
  notice(trace: string | undefined, own: boolean): void {
    const changed = this.#trace !== undefined && trace !== undefined && trace !== this.#trace;
    this.#trace = trace;
    if (changed && own) this.#meanwhile += 1;
    else if (changed) this.#leave();
  }

  /** The player's act was answered: an accepted one explains one change, a refused one none. */
  answered(accepted: boolean): void {
    if (this.#meanwhile > (accepted ? 1 : 0)) this.#leave();
    this.#meanwhile = 0;
  }

  #leave(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.reconsider();
    }, this.ms);
    // A process that has nothing left to do but this may end.
    this.#timer.unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
