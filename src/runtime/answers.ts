import type { Ack } from '../protocol/commands.js';
import type { Rejection } from '../protocol/codes.js';

interface Owed {
  give: (ack: Ack) => void;
  answer: () => Ack | Promise<Ack>;
  onDisk: boolean;
}

/** Answers owed by one branch, given strictly in the order of the commands, none before its disk. */
export class Answers {
  private owed: Owed[] = [];
  private readonly later = new Set<Promise<unknown>>();

  /**
   * An answer that needs nothing of its own on disk: a refusal, a repeat, a query asked when it is given. One that
   * takes its time (a promise, which must not reject) keeps nobody else waiting.
   */
  owe(give: (ack: Ack) => void, answer: () => Ack | Promise<Ack>): void {
    this.owed.push({ give, answer, onDisk: true });
    this.release();
  }

  /** An answer for what is being written; call what is returned once it is on disk, then `release`. */
  oweWritten(give: (ack: Ack) => void, ack: Ack): () => void {
    const owed: Owed = { give, answer: () => ack, onDisk: false };
    this.owed.push(owed);
    return () => {
      owed.onDisk = true;
    };
  }

  /** Gives every answer that nothing before it holds back. */
  release(): void {
    for (let first = this.owed[0]; first?.onDisk; first = this.owed[0]) {
      this.owed.shift();
      const ack = first.answer();
      if (ack instanceof Promise) this.giveLater(first.give, ack);
      else first.give(ack);
    }
  }

  /** Resolves once every answer that takes its time has been given. */
  async settled(): Promise<void> {
    while (this.later.size > 0) await Promise.all(this.later);
  }

  private giveLater(give: (ack: Ack) => void, ack: Promise<Ack>): void {
    const given: Promise<unknown> = ack.then(give).then(() => this.later.delete(given));
    this.later.add(given);
  }

  /** A write failed: what was decided after it never happened, refusals and repeats included. */
  refuseAll(rejection: Rejection): void {
    const owed = this.owed;
    this.owed = [];
    for (const { give } of owed) give(rejection);
  }
}
