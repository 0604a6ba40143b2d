import type { EventType, LobbyEvent, Occurrence } from '../events.js';
import type { LobbyState } from '../state.js';

export type EventOf<T extends EventType> = Extract<LobbyEvent, { type: T }>;

/** What each of these events does to the state. */
export type Fold<T extends EventType> = {
  [K in T]: (state: LobbyState, event: EventOf<K>, when: Occurrence) => void;
};
