/** What the forecast thread runs: one request after the other, each answered with its id. */
import { parentPort } from 'node:worker_threads';
import { answerTo } from '../forecast/live/request.js';
import type { Job } from './forecast-thread.js';

parentPort?.on('message', ({ id, request }: Job) => {
  parentPort?.postMessage({ id, answers: answerTo(request) });
});
