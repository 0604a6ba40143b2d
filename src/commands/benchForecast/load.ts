import { setTimeout as passes } from 'node:timers/promises';
import type { Chance } from '../../model/chance.js';
import type { Ack } from '../../protocol/commands.js';

/** A branch that commands are sent in. */
export interface Hall {
  readonly tellers: number;
  /** The next act of a teller who is not waiting for an answer; undefined when everybody is. */
  next(kept: boolean, uniform: number): Promise<Ack | undefined> | undefined;
}

/** How commands fared in a span. */
export interface Answers {
  /** Ms from the instant a command was due to its answer. */
  latencies: number[];
  refused: number;
  unanswered: number;
  /** Came due while every teller waited for an answer, and were not sent. */
  nobodyFree: number;
  seconds: number;
}

const MOST_AT_ONCE = 64;

/** Sends on: so many commands a second whatever the server does, or each as soon as an earlier one is answered. */
export class Load {
  /** Commands on their way at once in the closed loop: few enough that somebody is always free to send the next. */
  readonly atOnce: number;

  constructor(
    private readonly halls: readonly Hall[],
    private readonly chance: Chance,
  ) {
    const tellers = halls.reduce((sum, hall) => sum + hall.tellers, 0);
    this.atOnce = Math.max(1, Math.min(MOST_AT_ONCE, Math.floor(tellers / 2)));
  }

  /** @param rate commands a second, over all branches */
  async open(rate: number, seconds: number): Promise<Answers> {
    const answers = noAnswers();
    const begun = performance.now();
    const running: Promise<void>[] = [];
    let due = begun;
    while ((due += this.chance.exponential(1_000 / rate)) < begun + 1_000 * seconds) {
      if (due > performance.now()) await passes(due - performance.now());
      running.push(this.#one(false, answers, due));
    }
    await Promise.all(running);
    return { ...answers, seconds };
  }

  async closed(seconds: number): Promise<Answers> {
    const answers = noAnswers();
    const begun = performance.now();
    const until = begun + 1_000 * seconds;
    const sender = async (): Promise<void> => {
      while (performance.now() < until) await this.#one(true, answers, performance.now());
    };
    await Promise.all(Array.from({ length: this.atOnce }, sender));
    return { ...answers, seconds: (performance.now() - begun) / 1_000 };
  }

  async #one(kept: boolean, answers: Answers, due: number): Promise<void> {
    const sent = this.#act(kept);
    if (!sent) {
      answers.nobodyFree += 1;
      return;
    }
    const answer = await sent;
    answers.latencies.push(performance.now() - due);
    if (answer === undefined) answers.unanswered += 1;
    else if (!answer.ok) answers.refused += 1;
  }

  /** Somewhere in some branch; undefined when nobody is free in any. */
  #act(kept: boolean): Promise<Ack | undefined> | undefined {
    const first = Math.floor(this.chance.uniform() * this.halls.length);
    for (const hall of [...this.halls.slice(first), ...this.halls.slice(0, first)]) {
      const sent = hall.next(kept, this.chance.uniform());
      if (sent) return sent;
    }
    return undefined;
  }
}

const noAnswers = (): Omit<Answers, 'seconds'> & { seconds: number } => ({
  latencies: [],
  refused: 0,
  unanswered: 0,
  nobodyFree: 0,
  seconds: 0,
});
