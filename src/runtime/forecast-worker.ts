/** What a forecast thread runs: one request after the other, each answered with its id, or without figures if it fails. */
import { parentPort } from 'node:worker_threads';
import { answerTo } from '../forecast/live/request.js';
import type { Done, Job } from './forecast-thread.js';

parentPort?.on('message', ({ id, request }: Job) => {
  let done: Done;
  try {
    done = { id, answers: answerTo(request) };
  } catch (error) {
    done = { id, error: String(error) };
  }
  parentPort?.postMessage(done);
});
