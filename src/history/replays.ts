import { Worker } from 'node:worker_threads';
import { reject } from '../lobby/reject.js';
import type { Rejection } from '../protocol/codes.js';
import type { ReplayComparison, ReplayRequest } from '../protocol/lookingBack.js';
import type { Entry } from './entry.js';

export interface ReplayTask {
  entries: readonly Entry[];
  request: ReplayRequest;
}

const PATIENCE_MS = 30_000;

/** Plays days anew, one at a time on a server, each in a thread of its own and within a time. */
export class Replays {
  #running: Worker | undefined;

  /** @param worker the built replayWorker.js */
  constructor(
    private readonly worker = new URL('./replayWorker.js', import.meta.url),
    private readonly patienceMs = PATIENCE_MS,
  ) {}

  get busy(): boolean {
    return this.#running !== undefined;
  }

  /** Rejects when the replay itself fails, which is a fault of ours. */
  run(task: ReplayTask): Promise<ReplayComparison | Rejection> {
    if (this.#running) return Promise.resolve(reject('replay-busy'));
    const worker = new Worker(this.worker, { workerData: task });
    this.#running = worker;
    return new Promise<ReplayComparison | Rejection>((resolve, fail) => {
      const timer = setTimeout(() => {
        resolve(reject('replay-too-long'));
        void worker.terminate();
      }, this.patienceMs);
      worker.once('message', resolve);
      worker.once('error', fail);
      worker.once('exit', () => {
        clearTimeout(timer);
        this.#running = undefined;
        // After an answer this changes nothing; without one the server is ending.
        resolve(reject('shutting-down'));
      });
    });
  }

  /** The server ends: nobody waits for the answer any longer. */
  async close(): Promise<void> {
    await this.#running?.terminate();
  }
}
