import { Worker } from 'node:worker_threads';
import type { AheadAnswer, AheadRequest } from '../forecast/live/request.js';
import type { Logger } from './ports.js';

export interface Job {
  id: number;
  request: AheadRequest;
}

export type Done = { id: number; answers: AheadAnswer[] } | { id: number; error: string };

interface Waiting {
  request: AheadRequest;
  about: string | undefined;
  give: (answers: AheadAnswer[] | undefined) => void;
}

/** A request that takes longer has gone astray; its thread is ended and the next one begins another. */
const LONGEST_MS = 5_000;
/**
 * Between requests a thread holds 5 MB, at work some 40; one that wants so much more has gone astray, and would else
 * take as much as the whole server may.
 */
const limits = { maxOldGenerationSizeMb: 256 };
/** A thread that could not be had is tried again after so long. */
const RETRY_MS = 10_000;
/** Who asks beside so many others is not answered: they would wait longer than a question is worth. */
const MOST_QUESTIONS = 6;
/** With so many branches waiting for figures each gets half of the runs it asked for; fewer than the least say little. */
const CROWDED = 20;
const LEAST_RUNS = 25;

/**
 * A thread that looks ahead for all branches, so that the event loop never does. It is started at the first request.
 * Questions of people go first; figures for beats follow in turn, and after each of those the thread rests as long as
 * it worked, so that they take no more than half a core from those who serve commands.
 */
export class ForecastThread {
  #worker: Worker | undefined;
  #at: { job: Waiting; from: number; tooLong: NodeJS.Timeout } | undefined;
  readonly #questions: Waiting[] = [];
  readonly #figures = new Map<string, Waiting>();
  #ids = 0;
  #notBefore = 0;
  #rest: NodeJS.Timeout | undefined;
  #ended = false;
  #idle: (() => void)[] = [];

  /** @param file the compiled forecast-worker */
  constructor(
    private readonly file: URL,
    private readonly logger: Logger,
  ) {}

  /** As `Ask` of the forecast. Never rejects. */
  readonly ask = (request: AheadRequest, about?: string): Promise<AheadAnswer[] | undefined> =>
    new Promise((give) => {
      if (this.#ended || performance.now() < this.#notBefore) give(undefined);
      else if (about !== undefined) {
        this.#figures.get(about)?.give(undefined);
        this.#figures.set(about, { request, about, give });
      } else if (this.#questions.length < MOST_QUESTIONS) this.#questions.push({ request, about, give });
      else give(undefined);
      this.#next();
    });

  /** Resolves once nothing is being worked out and nothing waits for it. */
  settled(): Promise<void> {
    return new Promise((done) => {
      this.#idle.push(done);
      this.#tellIdle();
    });
  }

  async close(): Promise<void> {
    this.#ended = true;
    this.#giveUp();
    await this.#worker?.terminate();
  }

  #next(): void {
    if (this.#at) return;
    const job = this.#questions.shift() ?? this.#figure();
    if (!job) {
      this.#tellIdle();
      return;
    }
    const id = (this.#ids += 1);
    const tooLong = setTimeout(() => {
      this.logger.error({ about: job.about }, 'a forecast took too long');
      this.#dismiss();
      this.#done(undefined);
    }, LONGEST_MS);
    tooLong.unref();
    this.#at = { job, from: performance.now(), tooLong };
    this.#started().postMessage({ id, request: this.#affordable(job) } satisfies Job);
  }

  /** Coarser figures for all are better than none for some. */
  #affordable({ request, about }: Waiting): AheadRequest {
    if (about === undefined) return request;
    const runs = Math.floor(request.runs / (1 + this.#figures.size / CROWDED));
    return { ...request, runs: Math.min(request.runs, Math.max(LEAST_RUNS, runs)) };
  }

  /** The oldest of the beats' requests, unless the thread rests. */
  #figure(): Waiting | undefined {
    if (this.#rest) return undefined;
    const [first] = this.#figures.values();
    if (first?.about !== undefined) this.#figures.delete(first.about);
    return first;
  }

  #started(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(this.file, { resourceLimits: limits });
    worker.unref();
    worker.on('message', (done: Done) => {
      if (worker !== this.#worker || done.id !== this.#ids) return;
      if ('error' in done) this.logger.error({ error: done.error }, 'a forecast failed');
      this.#done('answers' in done ? done.answers : undefined);
    });
    worker.once('error', (error) => {
      if (worker === this.#worker) this.#failed(error);
    });
    return (this.#worker = worker);
  }

  #done(answers: AheadAnswer[] | undefined): void {
    const at = this.#at;
    if (!at) return;
    clearTimeout(at.tooLong);
    this.#at = undefined;
    at.job.give(answers);
    if (at.job.about !== undefined) {
      this.#rest = setTimeout(() => {
        this.#rest = undefined;
        this.#next();
      }, performance.now() - at.from);
      this.#rest.unref();
    }
    this.#next();
  }

  /** The thread itself ended: out of memory, or its program can't be had. */
  #failed(error: unknown): void {
    this.logger.error({ error }, 'the forecast thread failed');
    this.#notBefore = performance.now() + RETRY_MS;
    this.#dismiss();
    this.#giveUp();
  }

  #dismiss(): void {
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
  }

  #giveUp(): void {
    clearTimeout(this.#at?.tooLong);
    clearTimeout(this.#rest);
    this.#rest = undefined;
    const left = [this.#at?.job, ...this.#questions.splice(0), ...this.#figures.values()];
    this.#at = undefined;
    this.#figures.clear();
    for (const job of left) job?.give(undefined);
    this.#tellIdle();
  }

  #tellIdle(): void {
    if (this.#at || this.#questions.length > 0 || this.#figures.size > 0) return;
    for (const done of this.#idle.splice(0)) done();
  }
}
