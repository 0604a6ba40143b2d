import type { RatingView } from '../../../src/protocol/views.js';
import { AT, branch, windowLabel } from './branch.js';

const pad: RatingView = { ...branch, counterId: 'w3', label: windowLabel(3) };

export const pads = {
  idle: pad,
  asking: { ...pad, ask: { ratingId: 'r1', ticket: 'A037', until: AT + 18_000 } },
  asked: { ...pad, demo: true, ask: { ratingId: 'r1', ticket: 'A037', until: AT - 1_000 } },
  closed: { ...pad, phase: 'closed' },
} satisfies Record<string, RatingView>;
