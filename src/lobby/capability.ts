import { bindingNeeds, capabilityFor, type BindingNeed, type SupportNeed } from '../protocol/vocabulary.js';
import { takesAtAll } from './choice/next.js';
import { counterSetupOf, counters, presentService, serviceOf, settingsOf } from './lookup.js';
import type { Counter, LobbyState, Visit } from './state.js';

const isBinding = (need: SupportNeed): need is BindingNeed =>
  (bindingNeeds as readonly string[]).includes(need);

/** Capabilities the visit's binding needs ask for; none once the needs are erased. */
export function neededCapabilities(visit: Visit): string[] {
  const needs = visit.flag?.needs;
  if (needs === undefined || needs === 'erased') return [];
  return [...new Set(needs.filter(isBinding).map((need) => capabilityFor[need]))];
}

/** Equipment and the signed-on teller's skills. */
export function capabilitiesOf(state: LobbyState, counter: Counter): Set<string> {
  return new Set([...counterSetupOf(state, counter.id).equipment, ...(counter.teller?.skills ?? [])]);
}

/** Staffed and taking calls, whether or not it is held: what L7 counts. */
export const isOpen = (counter: Counter): boolean =>
  counter.teller !== undefined && !counter.closing && !counter.pause && !counter.faulty;

/** Open, with no visit and no hold. */
export const isFree = (counter: Counter): boolean => isOpen(counter) && !counter.visitId && !counter.hold;

/**
 * [L3] service ∪ binding needs ⊆ capabilities, where capability = equipment ∪ teller's skills ∪ a
 * specialist called for that visit, and the counter is set to take the service.
 */
export function canServe(
  state: LobbyState,
  counter: Counter,
  visit: Visit,
  serviceIds = visit.services.slice(0, 1),
): boolean {
  if (!serviceIds.every((id) => counter.services.includes(id))) return false;
  const has = capabilitiesOf(state, counter);
  const specialists = visit.specialists === 'erased' ? [] : visit.specialists;
  const covered = (capability: string): boolean => has.has(capability) || specialists.includes(capability);
  return (
    neededCapabilities(visit).every(covered) &&
    serviceIds.every((id) => serviceOf(state, id).capabilities.every(covered))
  );
}

/** Open counters that could serve the visit now, held ones included. */
export function openFor(state: LobbyState, visit: Visit): Counter[] {
  return [...counters(state)].filter((counter) => isOpen(counter) && canServe(state, counter, visit));
}

/** Those of them that would ever call it: a quick counter may never take such a service [P-28]. */
export function takersOf(state: LobbyState, visit: Visit): Counter[] {
  const open = openFor(state, visit);
  if (visit.flag) return open;
  const service = { mean: presentService(state, visit).time?.mean };
  return open.filter(({ id }) => takesAtAll(settingsOf(state), id, service));
}
