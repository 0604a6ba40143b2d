import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { format } from '../protocol/icu.js';
import type { Params } from '../protocol/icu.js';
import texts from '../protocol/texts/terminal.json' with { type: 'json' };
import type { Text } from '../protocol/vocabulary.js';

/** The language of the terminal, as the locale in the environment names it: Chinese, else English. */
export const languageOf = (env: NodeJS.ProcessEnv): keyof Text =>
  // An empty variable counts as unset, as for every program of the system.
  /^zh/i.test([env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((name) => name) ?? '') ? 'zh' : 'en';

export type TerminalText = keyof typeof texts;

/** What is typed as it stands in every language. */
const typed = { command: 'npm run set-up --', start: 'npm start', setting: 'LW_PORT' };

/** Words of the terminal in one language. */
export const wordsIn =
  (lang: keyof Text) =>
  (key: TerminalText, params: Params = {}): string =>
    format(texts[key][lang], { ...typed, ...params }, lang);

/** Why an answer can't be used, in words; the question is asked again with it. */
export class BadAnswer extends Error {}

/** There is nobody left to answer. */
export class EndedEarly extends Error {}

/** Questions on a terminal, or to a pipe, whose lines are taken as they come [S-23]. */
export class Terminal {
  #hidden = false;
  readonly #output = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      if (!this.#hidden) process.stdout.write(chunk);
      // At once: a write that waited would be judged by what is hidden later.
      done();
    },
  });
  readonly #lines = createInterface({
    input: process.stdin,
    output: this.#output,
    terminal: process.stdin.isTTY,
  });
  readonly #typed = this.#lines[Symbol.asyncIterator]();

  constructor(readonly words: ReturnType<typeof wordsIn>) {}

  say(text: string): void {
    process.stdout.write(`${text}\n`);
  }

  /** @param read makes of the answer what is wanted, or throws BadAnswer: then it is asked again */
  async ask<T = string>(question: string, read: (answer: string) => T, hidden = false): Promise<T> {
    for (;;) {
      const answer = hidden ? await this.#unseen(question) : await this.#line(question);
      try {
        return read(answer);
      } catch (error) {
        if (!(error instanceof BadAnswer)) throw error;
        this.say(error.message);
      }
    }
  }

  /** One of a list, by its number, its word or its id; `usual` is taken for an empty answer. */
  async choose<V extends string>(
    question: string,
    list: readonly { value: V; label: string; about?: string }[],
    usual?: V,
  ): Promise<V> {
    this.list(list);
    return this.ask(
      usual === undefined
        ? question
        : `${question} [${String(list.findIndex(({ value }) => value === usual) + 1)}]`,
      (answer) => (answer === '' && usual !== undefined ? usual : this.pick(answer, list)),
    );
  }

  list(list: readonly { label: string; about?: string }[]): void {
    list.forEach(({ label, about }, i) => {
      this.say(`  ${String(i + 1)}  ${label}${about === undefined ? '' : ` – ${about}`}`);
    });
  }

  /** @throws BadAnswer when it is none of them */
  pick<V extends string>(answer: string, list: readonly { value: V; label: string }[]): V {
    const meant = answer.toLowerCase();
    const found =
      list[Number(meant) - 1] ??
      list.find(({ value, label }) => [value.toLowerCase(), label.toLowerCase()].includes(meant));
    if (found === undefined) throw new BadAnswer(this.words('noChoice'));
    return found.value;
  }

  close(): void {
    this.#lines.close();
  }

  async #line(question: string): Promise<string> {
    this.#lines.setPrompt(this.words('question', { question }));
    this.#lines.prompt();
    const line = await this.#typed.next();
    if (line.done === true) throw new EndedEarly(this.words('endedEarly'));
    return line.value.trim();
  }

  async #unseen(question: string): Promise<string> {
    const answer = this.#line(question);
    this.#hidden = true;
    try {
      return await answer;
    } finally {
      this.#hidden = false;
      this.say('');
    }
  }
}
