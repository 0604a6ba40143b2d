import type { ReplayComparison, ReplayRequest } from '../protocol/lookingBack.js';
import type { Entry } from './entry.js';
import { figuresOf } from './figures.js';
import { Replay } from './replay.js';
import { reportOf } from './report.js';
import { scriptOf } from './scriptOf.js';

/** A day as it was, played anew as it was run, and played anew as asked: three reports, made alike from three logs. */
export function compare(entries: readonly Entry[], request: ReplayRequest): ReplayComparison {
  const script = scriptOf(entries);
  const played = (how: ReplayRequest) => reportOf(figuresOf(new Replay(script, how).play()));
  return {
    asItWas: reportOf(figuresOf(entries)),
    replayed: played({ settings: {}, open: [], closed: [] }),
    other: played(request),
    needsKnown: script.needsKnown,
  };
}
