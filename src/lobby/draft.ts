import type { LobbyEvent } from './events.js';
import { evolve } from './evolve.js';
import type { CoreCommand, Input } from './input.js';
import type { LobbyState } from './state.js';

/**
 * One decision being made. An act first checks everything and only then emits: each event advances the
 * state at once, so what follows decides on what has just happened.
 */
export interface Draft {
  readonly state: LobbyState;
  readonly input: Input;
  readonly at: number;
  readonly events: readonly LobbyEvent[];
  emit: (event: LobbyEvent) => void;
  /** An id that is never given twice: the command's seed and a count. */
  newId: (kind: string) => string;
}

export function draftOf(state: LobbyState, input: Input): Draft {
  const events: LobbyEvent[] = [];
  let ids = 0;
  return {
    state,
    input,
    at: input.at,
    events,
    emit(event) {
      events.push(event);
      evolve(state, { event, at: input.at, actorId: input.actor.id, commandId: input.id });
    },
    newId(kind) {
      ids += 1;
      return ids === 1 ? `${kind}${input.seed}` : `${kind}${input.seed}-${String(ids)}`;
    },
  };
}

export type CoreCommandOf<T extends CoreCommand['type']> = Extract<CoreCommand, { type: T }>;
