import type { TaskCard } from '../../src/protocol/views.js';

/** How long a recurrence stands out. */
const MARKED_MS = 10_000;

/** Said again a moment ago, and still nobody has taken it. */
export const saidAgain = ({ againAt, acknowledgedBy }: TaskCard, now: number): boolean =>
  againAt !== undefined && acknowledgedBy === undefined && now - againAt < MARKED_MS;
