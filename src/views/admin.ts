import type { AdminView } from '../protocol/views.js';
import { bindingNeeds, capabilityFor } from '../protocol/vocabulary.js';
import type { BranchSetup } from '../protocol/settings.js';
import { capabilitiesOf, isOpen } from '../lobby/capability.js';
import type { LobbyState } from '../lobby/state.js';
import { keyed, setupFor, staffCommon } from './common.js';
import type { StaffContext } from './context.js';
import { countsNow } from './manager.js';

/** Configuration and counts; no visit is in it. */
export function adminView(state: LobbyState, context: StaffContext): AdminView {
  const setup = setupFor(state, context);
  const counts = countsNow(state);
  return {
    ...staffCommon(state, context),
    me: { id: context.key ?? context.me?.id ?? '', name: context.me?.name ?? '' },
    ...(setup && { settings: setup.settings }),
    zones: keyed(
      setup?.zones ?? [],
      (zone) => zone.id,
      (zone, order) => ({ name: zone.name, order, room: zone.room }),
    ),
    services: keyed(
      setup?.services ?? [],
      (service) => service.id,
      (service, order) => ({
        name: service.name,
        order,
        prefix: service.prefix,
        class: service.class,
        hours: { from: service.hours.from, to: service.hours.to },
        cap: service.cap,
        capabilities: [...service.capabilities],
      }),
    ),
    counters: keyed(
      setup?.counters ?? [],
      (counter) => counter.id,
      (counter, order) => {
        const live = state.counters[counter.id];
        return {
          label: counter.label,
          order,
          equipment: [...counter.equipment],
          services: [...(live?.services ?? counter.services)],
          open: live !== undefined && isOpen(live),
          ...(live?.teller && live.pause && { paused: true as const }),
        };
      },
    ),
    warnings: setup ? thinlyCovered(state, setup) : {},
    counts: {
      issued: counts.issued,
      waiting: counts.waiting,
      served: counts.served,
      left: state.counts.left + state.counts.cancelled,
      absent: counts.absent,
    },
    ratings: Object.fromEntries(
      Object.values(state.counters)
        .filter(({ ratings }) => ratings.asked > 0)
        .map(({ id, ratings: { asked, answered } }) => [id, { asked, answered }]),
    ),
  };
}

/** Binding needs that at most one counter covers by its equipment or by the teller who is on. */
function thinlyCovered(state: LobbyState, setup: BranchSetup): AdminView['warnings'] {
  const warnings: AdminView['warnings'] = {};
  for (const need of bindingNeeds) {
    const capability = capabilityFor[need];
    const able = setup.counters.filter((counter) => {
      const live = state.setup && state.counters[counter.id];
      return counter.equipment.includes(capability) || (live && capabilitiesOf(state, live).has(capability));
    }).length;
    if (able <= 1) warnings[need] = { counters: able };
  }
  return warnings;
}
