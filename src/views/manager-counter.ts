import type { ManagerCounter } from '../protocol/views.js';
import { bindingNeeds, capabilityFor, type BindingNeed } from '../protocol/vocabulary.js';
import { capabilitiesOf, isOpen } from '../lobby/capability.js';
import { counters, counterSetupOf, setupOf } from '../lobby/lookup.js';
import { expectedRemaining, isLasting } from '../lobby/remaining.js';
import type { Counter, LobbyState } from '../lobby/state.js';

export function managerCounter(
  state: LobbyState,
  counter: Counter,
  order: number,
  now: number,
): ManagerCounter {
  const setup = counterSetupOf(state, counter.id);
  const current = currentOf(state, counter);
  const free = freeIn(state, counter, now);
  const only = onlyHere(state, counter);
  return {
    label: setup.label,
    order,
    zone: setup.zone,
    status: statusOf(counter),
    ...(counter.hold && { held: true }),
    ...(setup.standing && { standing: true }),
    ...(setup.vip && { vip: true }),
    ...(setup.elastic && { elastic: true }),
    ...(counter.teller && { teller: counter.teller.name }),
    ...(counter.pause && { pause: { reason: counter.pause.reason, since: counter.pause.since } }),
    ...(counter.pauseAfter && { pauseAfter: true }),
    ...(counter.closeAfter && { closeAfter: true }),
    ...(current && { current }),
    ...free,
    services: [...counter.services],
    possible: possibleAt(state, counter),
    ...(only.length > 0 && { only }),
  };
}

function statusOf(counter: Counter): ManagerCounter['status'] {
  if (counter.faulty) return 'faulty';
  if (!counter.teller) return 'closed';
  if (counter.pause) return 'paused';
  return counter.closing ? 'closing' : 'open';
}

function currentOf(state: LobbyState, counter: Counter): ManagerCounter['current'] {
  const visit = counter.visitId === undefined ? undefined : state.visits[counter.visitId];
  if (!visit || (visit.stage.status !== 'called' && visit.stage.status !== 'serving')) return undefined;
  const { status, at, quiet } = visit.stage;
  return { visitId: visit.id, ticket: visit.ticket, since: at, status, ...(quiet && { quiet: true }) };
}

/**
 * When a busy counter is expected free, in whole minutes, so that a view made a moment later is not a different one;
 * or that its service has lasted longer than nine in ten like it, of which a figure would tell nothing: it would grow
 * while one looks at it [W-91]. Nothing at a free counter and without a basis.
 */
export function freeIn(
  state: LobbyState,
  counter: Counter,
  now: number,
): Pick<ManagerCounter, 'freeAt' | 'lasting'> {
  if (counter.visitId === undefined) return {};
  if (isLasting(state, counter, now)) return { lasting: true };
  const minutes = expectedRemaining(state, counter, now);
  return minutes === undefined ? {} : { freeAt: Math.max(0, Math.round(minutes)) };
}

/** Services that equipment and teller allow, whatever the counter is set to. */
function possibleAt(state: LobbyState, counter: Counter): string[] {
  const has = capabilitiesOf(state, counter);
  return setupOf(state)
    .services.filter((service) => service.capabilities.every((capability) => has.has(capability)))
    .map((service) => service.id);
}

/** Binding needs that this open counter covers and no other open one: a fact of the windows, of nobody's needs [E-11]. */
function onlyHere(state: LobbyState, counter: Counter): BindingNeed[] {
  if (!isOpen(counter)) return [];
  const own = capabilitiesOf(state, counter);
  const others = [...counters(state)].filter((other) => other.id !== counter.id && isOpen(other));
  return bindingNeeds.filter(
    (need) =>
      own.has(capabilityFor[need]) &&
      !others.some((other) => capabilitiesOf(state, other).has(capabilityFor[need])),
  );
}
