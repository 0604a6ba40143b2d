import type { StaffingChange } from '../../protocol/commands.js';
import { capabilitiesOf } from '../../lobby/capability.js';
import { counterOf, setupOf } from '../../lobby/lookup.js';
import type { LobbyState } from '../../lobby/state.js';
import type { LobbySnapshot } from '../compact/snapshot.js';
import { takenBy } from '../compact/stateSnapshot.js';

/** The lobby after a change that `checkChange` has nothing against; whoever opens a window brings no skill of their own. */
export function changed(state: LobbyState, lobby: LobbySnapshot, change: StaffingChange): LobbySnapshot {
  const counter = counterOf(state, change.counterId);
  const { services } = setupOf(state);
  const set = change.serviceIds ?? counter.services;
  return {
    ...lobby,
    counters: lobby.counters.map((each) => {
      if (each.id !== change.counterId) return each;
      if (change.to !== 'services') return { ...each, open: change.to === 'open' };
      return { ...each, services: set.length, takes: takenBy(capabilitiesOf(state, counter), set, services) };
    }),
  };
}
