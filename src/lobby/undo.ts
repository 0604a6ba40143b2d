import type { UndoOffer } from '../protocol/views.js';
import { SECOND } from './elapsed.js';
import { settingsOf } from './lookup.js';
import type { LobbyState } from './state.js';

/**
 * The act its actor may still take back, if nothing followed it on the visit or the counter. Whoever
 * shows or applies it compares `until` (UTC ms) with the time.
 */
export function undoOffer(state: LobbyState, actorId: string): UndoOffer | undefined {
  const slot = state.undo[actorId];
  if (!slot || !state.setup) return undefined;
  const visit = state.visits[slot.visitBefore.id];
  if (visit?.version !== slot.visitVersion) return undefined;
  if (slot.counter && state.counters[slot.counter.id]?.version !== slot.counter.version) return undefined;
  return {
    commandId: slot.commandId,
    act: slot.act,
    ticket: visit.ticket,
    until: slot.at + settingsOf(state).undoWithin * SECOND,
  };
}
