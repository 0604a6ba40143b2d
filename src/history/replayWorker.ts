/** One comparison in a thread of its own, so that no branch waits for it; started by replays.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { compare } from './comparison.js';
import type { ReplayTask } from './replays.js';

const { entries, request } = workerData as ReplayTask;
parentPort?.postMessage(compare(entries, request));
