import { hazardKey, leavesToOthers } from '../protocol/starvation.js';
import { takersOf } from './capability.js';
import { presentService, settingsOf, waitingVisits } from './lookup.js';
import type { LobbyState } from './state.js';

/**
 * Services for which somebody waits and which every open counter that would take them leaves to others, as the tellers
 * sit now and as services have been moved: the settings were checked without either [P-32]. Not those of which the
 * branch has accepted it, and no flagged visit, which no rule of a counter keeps waiting.
 */
export function leftOverNow(state: LobbyState): string[] {
  const settings = settingsOf(state);
  const { overflows = [], quickCounters = [] } = settings;
  // Most branches have no such rule, and this is asked with each view of a manager.
  if (overflows.length + quickCounters.length === 0) return [];
  const left = new Set<string>();
  for (const visit of waitingVisits(state)) {
    if (visit.flag) continue;
    const service = presentService(state, visit);
    if (settings.acceptance?.of.includes(hazardKey({ kind: 'leftOver', id: service.id }))) continue;
    const takers = left.has(service.id) ? [] : takersOf(state, visit);
    if (takers.length > 0 && takers.every(({ id }) => leavesToOthers(settings, id, service)))
      left.add(service.id);
  }
  return [...left];
}
