import type { Rejection } from '../../protocol/codes.js';
import type { OverrideReason, PauseReason } from '../../protocol/vocabulary.js';
import { withoutCounter } from '../bounds.js';
import { isOpen } from '../capability.js';
import type { Draft } from '../draft.js';
import { hold, release } from '../episode.js';
import { counterOfTeller, counters, episodeOf, named, visitOf } from '../lookup.js';
import { planFor } from '../plan.js';
import { reject } from '../reject.js';
import type { Counter } from '../state.js';
import { done, isRejection, type Acts } from './act.js';
import { ownCounter, ticketsEnded } from './check.js';

/** [L7] what refuses taking the counter away from normals, unless a manager overrides. */
function lastCounter(draft: Draft, counter: Counter, override?: OverrideReason): Rejection | undefined {
  if (override !== undefined) return undefined;
  const problem = withoutCounter(draft.state, counter, ticketsEnded(draft.state, draft.at));
  return (
    problem &&
    reject(problem.code, {
      counterId: counter.id,
      ...('serviceId' in problem && { serviceId: problem.serviceId }),
    })
  );
}

/** [L7] an open counter would stay unheld if the hold went to `toId` and this counter stopped. */
const leavesOneForNormals = (draft: Draft, counter: Counter, toId: string): boolean =>
  [...counters(draft.state)].some(
    (other) => other.id !== counter.id && other.id !== toId && isOpen(other) && !other.hold,
  );

/** A held counter's reservation is moved first, where another counter fits; true when the hold stays. */
function stillHeld(draft: Draft, counter: Counter, override: OverrideReason | undefined): boolean {
  if (!counter.hold) return false;
  const episode = episodeOf(draft.state, counter.hold.episodeId);
  const visit = visitOf(draft.state, episode.visitId);
  if (visit.stage.status !== 'reserved') return true;
  const plan = planFor(draft.state, visit, draft.at, [counter.id, ...episode.unanswered], true);
  if (!('counterId' in plan)) return true;
  if (override === undefined && !leavesOneForNormals(draft, counter, plan.counterId)) return true;
  release(draft, episode, 'pausing');
  hold(draft, episode, plan.counterId);
  return false;
}

function pause(
  draft: Draft,
  counter: Counter,
  reason: PauseReason,
  override?: OverrideReason,
): { afterRelease: boolean } | Rejection {
  if (!counter.teller) return reject('counter-closed', { counterId: counter.id });
  if (counter.pause) return reject('counter-paused', { counterId: counter.id });
  const refused = lastCounter(draft, counter, override);
  if (refused) return refused;
  if (stillHeld(draft, counter, override)) {
    draft.emit({ type: 'CounterPauseQueued', counterId: counter.id, reason });
    return { afterRelease: true };
  }
  draft.emit({ type: 'CounterPaused', counterId: counter.id, reason, ...(override && { override }) });
  return { afterRelease: false };
}

function resume(draft: Draft, counter: Counter): Record<never, never> | Rejection {
  if (!counter.pause && counter.pauseAfter === undefined)
    return reject('counter-not-paused', { counterId: counter.id });
  draft.emit({ type: 'CounterResumed', counterId: counter.id });
  return done;
}

/** Closes after the present customer, or after the love window; at once when there is neither. */
function close(
  draft: Draft,
  counter: Counter,
  override?: OverrideReason,
): { afterCurrent: boolean } | Rejection {
  if (!counter.teller || counter.closing) return reject('counter-closed', { counterId: counter.id });
  const refused = lastCounter(draft, counter, override);
  if (refused) return refused;
  if (stillHeld(draft, counter, override)) {
    draft.emit({ type: 'CounterCloseQueued', counterId: counter.id });
    return { afterCurrent: true };
  }
  const afterCurrent = counter.visitId !== undefined;
  draft.emit({ type: 'CounterClosing', counterId: counter.id });
  return { afterCurrent };
}

export const counterActs: Acts<
  'SignOn' | 'SignOff' | 'PauseCounter' | 'ResumeCounter' | 'CloseCounter' | 'ManageCounter'
> = {
  /** One teller per counter, one counter per teller; taking over must be said, and the visit there stays. */
  SignOn(draft, { counterId, takeOver }) {
    const { state, input } = draft;
    const counter = named(state.counters, counterId);
    if (!counter) return reject('unknown-counter', { counterId });
    const elsewhere = counterOfTeller(state, input.actor.id);
    if (elsewhere) return reject('already-signed-on', { counterId: elsewhere.id });
    const before = counter.teller;
    if (before && takeOver !== true) return reject('counter-taken', { counterId, teller: before.name });
    const { id, name, skills } = input.actor;
    draft.emit({
      type: 'TellerSignedOn',
      counterId,
      staffId: id,
      name,
      skills,
      ...(before && { tookOverFrom: before.id }),
    });
    return {
      tookOver: before !== undefined,
      ...(counter.visitId !== undefined && { visitId: counter.visitId }),
    };
  },

  /** Refused with a visit at the counter; a love window is planned again elsewhere. */
  SignOff(draft) {
    const counter = ownCounter(draft);
    if (isRejection(counter)) return counter;
    if (counter.visitId !== undefined) return reject('counter-busy', { counterId: counter.id });
    const refused = counter.closing ? undefined : lastCounter(draft, counter);
    if (refused) return refused;
    draft.emit({ type: 'TellerSignedOff', counterId: counter.id, staffId: draft.input.actor.id });
    return done;
  },

  PauseCounter(draft, { reason }) {
    const counter = ownCounter(draft);
    return isRejection(counter) ? counter : pause(draft, counter, reason);
  },

  ResumeCounter(draft) {
    const counter = ownCounter(draft);
    return isRejection(counter) ? counter : resume(draft, counter);
  },

  CloseCounter(draft) {
    const counter = ownCounter(draft);
    return isRejection(counter) ? counter : close(draft, counter);
  },

  /** A manager's hand on a counter; `override` puts a named reason above the last-counter rule. */
  ManageCounter(draft, { counterId, to, reason, override }) {
    const counter = named(draft.state.counters, counterId);
    if (!counter) return reject('unknown-counter', { counterId });
    const answer = ((): { afterRelease?: boolean; afterCurrent?: boolean } | Rejection => {
      switch (to) {
        case 'paused':
          return pause(draft, counter, reason ?? 'other', override);
        case 'resumed':
          return resume(draft, counter);
        case 'closing':
          return close(draft, counter, override);
        case 'reopened':
          if (!counter.closing && !counter.closeAfter) return reject('counter-open', { counterId });
          draft.emit({ type: 'CounterReopened', counterId });
          return done;
        case 'faulty':
          if (counter.faulty) return reject('counter-faulty', { counterId });
          draft.emit({ type: 'CounterFaultReported', counterId });
          return done;
        case 'repaired':
          if (!counter.faulty) return reject('counter-open', { counterId });
          draft.emit({ type: 'CounterRepaired', counterId });
          return done;
      }
    })();
    if (isRejection(answer)) return answer;
    return { afterRelease: answer.afterRelease ?? answer.afterCurrent ?? false };
  },
};
