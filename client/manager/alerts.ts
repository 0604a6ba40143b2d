import type { TaskCard } from '../../src/protocol/views.js';

/** These describe a condition and go with it: once seen there is nothing left to tick off [K-1, K-5]. */
export const isCondition = ({ kind }: TaskCard): boolean =>
  kind === 'noCounter' || kind === 'unanswered' || kind === 'longPause' || kind === 'waitLimit';

/** How long a recurrence stands out. */
const MARKED_MS = 10_000;

/** Said again a moment ago, and still nobody has taken it. */
export const saidAgain = ({ againAt, acknowledgedBy }: TaskCard, now: number): boolean =>
  againAt !== undefined && acknowledgedBy === undefined && now - againAt < MARKED_MS;
