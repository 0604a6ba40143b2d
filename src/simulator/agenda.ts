/** What is to come, in the order of its times; of equal times, what was put first. It stays short: a sorted list does. */
export class Agenda {
  readonly #times: number[] = [];
  readonly #acts: ((at: number) => void)[] = [];

  get next(): number {
    return this.#times[0] ?? Infinity;
  }

  put(at: number, act: (at: number) => void): void {
    let i = this.#times.length;
    while (i > 0 && (this.#times[i - 1] ?? 0) > at) i -= 1;
    this.#times.splice(i, 0, at);
    this.#acts.splice(i, 0, act);
  }

  take(): (at: number) => void {
    this.#times.shift();
    const act = this.#acts.shift();
    if (!act) throw new Error('nothing is to come');
    return act;
  }
}
