import { setTimeout as passes } from 'node:timers/promises';
import type { Chance } from '../../model/chance.js';
import type { Ack } from '../../protocol/commands.js';
import type { Lobby } from './lobby.js';

/** How commands fared in a span. */
export interface Answers {
  /** Ms from the instant a command was due to its answer. */
  latencies: number[];
  refused: number;
  unanswered: number;
  seconds: number;
}

/** Commands on their way at once in the closed loop. */
const AT_ONCE = 64;

/** Sends on: so many commands a second whatever the server does, or each as soon as an earlier one is answered. */
export class Load {
  constructor(
    private readonly lobbies: readonly Lobby[],
    private readonly chance: Chance,
  ) {}

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
    await Promise.all(Array.from({ length: AT_ONCE }, sender));
    return { ...answers, seconds: (performance.now() - begun) / 1_000 };
  }

  async #one(kept: boolean, answers: Answers, due: number): Promise<void> {
    const answer = await this.#act(kept);
    answers.latencies.push(performance.now() - due);
    if (answer === undefined) answers.unanswered += 1;
    else if (!answer.ok) answers.refused += 1;
  }

  /** Somewhere in some branch. */
  #act(kept: boolean): Promise<Ack | undefined> {
    for (;;) {
      const lobby = this.lobbies[Math.floor(this.chance.uniform() * this.lobbies.length)];
      const teller = lobby?.idle(this.chance.uniform());
      if (lobby && teller) return lobby.act(kept, teller);
    }
  }
}

const noAnswers = (): Omit<Answers, 'seconds'> & { seconds: number } => ({
  latencies: [],
  refused: 0,
  unanswered: 0,
  seconds: 0,
});
