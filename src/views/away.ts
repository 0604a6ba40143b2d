import type { TellerView } from '../protocol/views.js';
import { dueAfter } from '../lobby/elapsed.js';
import { presentVisits, settingsOf } from '../lobby/lookup.js';
import type { LobbyState, Visit } from '../lobby/state.js';
import { visitCard } from './cards.js';

/** Until when an absent visit may return at its place, UTC ms. */
export function returnUntil(state: LobbyState, visit: Visit): number | undefined {
  if (visit.stage.status !== 'absent') return undefined;
  return dueAfter(state, visit.stage.at, settingsOf(state).absentReturn);
}

/** Parked visits of the branch; `mine` are those parked at this counter. */
export function parkedCards(state: LobbyState, counterId: string | undefined): TellerView['parked'] {
  const cards: TellerView['parked'] = {};
  for (const visit of presentVisits(state)) {
    const { stage } = visit;
    if (stage.status !== 'parked') continue;
    cards[visit.id] = {
      ...visitCard(state, visit),
      ...(stage.counterId === counterId && { mine: true }),
      order: stage.at,
    };
  }
  return cards;
}

export function absentCards(state: LobbyState): TellerView['absent'] {
  const cards: TellerView['absent'] = {};
  for (const visit of presentVisits(state)) {
    const until = returnUntil(state, visit);
    if (until !== undefined) cards[visit.id] = { ...visitCard(state, visit), until, order: until };
  }
  return cards;
}
