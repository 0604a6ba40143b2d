/** What a forecast thread runs: one request after the other, each answered with its id, or without figures if it fails. */
import { constants, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { answerTo } from '../forecast/live/request.js';
import type { Done, Job } from './forecast-thread.js';

/** [P-30] Where both want a core, commands go first. On Linux a thread has a priority of its own; elsewhere its rests must do. */
function stepBack(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // A sandbox may forbid it.
  }
}

stepBack();

parentPort?.on('message', ({ id, request }: Job) => {
  let done: Done;
  try {
    done = { id, answers: answerTo(request) };
  } catch (error) {
    done = { id, error: String(error) };
  }
  parentPort?.postMessage(done);
});
