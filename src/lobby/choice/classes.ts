import { callingClasses } from '../../protocol/vocabulary.js';
import type { CallingClass } from '../../protocol/vocabulary.js';
import type { Candidate } from './floor.js';

/** Strict priority's order, 5 to 0: flagged, VIP 3–2–1, appointment, normal. */
export const rankOf = (candidate: Candidate): number =>
  candidate.flaggedAt !== undefined
    ? 5
    : candidate.tier > 0
      ? 1 + candidate.tier
      : candidate.appointment
        ? 1
        : 0;

/** The one class of the visit: the highest that applies. */
export const classOf = (candidate: Candidate): CallingClass =>
  callingClasses[callingClasses.length - 1 - rankOf(candidate)] ?? 'normal';
