import type { ManagerView } from '../protocol/views.js';
import { bindingNeeds, capabilityFor } from '../protocol/vocabulary.js';
import { capabilitiesOf, isOpen } from '../lobby/capability.js';
import { checkedIn, counters, presentVisits, runningEpisodes, serviceOf } from '../lobby/lookup.js';
import { leftOverNow } from '../lobby/left-over.js';
import type { LobbyState } from '../lobby/state.js';
import { taskCard, undoInTime } from './cards.js';
import { keyed, setupFor, staffCommon } from './common.js';
import type { StaffContext } from './context.js';
import { managerCounter } from './manager-counter.js';
import { managerEpisode } from './manager-episode.js';
import { managerVisit } from './manager-visit.js';

/** The tablet of the manager that `context.key` names; everything but needs. */
export function managerView(state: LobbyState, context: StaffContext): ManagerView {
  const staffId = context.key ?? context.me?.id ?? '';
  const setup = setupFor(state, context);
  // The next day opens with the branch's latest setup, not with that of the last [S-8].
  const next = context.setup ?? state.setup;
  const undo = undoInTime(state, staffId, context.now);
  const leftOver = state.phase === 'open' ? leftOverNow(state) : [];
  const lines = new Map<string, number>();
  for (const visit of presentVisits(state)) {
    if (visit.stage.status !== 'waiting') continue;
    const { zone } = serviceOf(state, visit.services[0] ?? '');
    lines.set(zone, (lines.get(zone) ?? 0) + 1);
  }
  return {
    ...staffCommon(state, context),
    me: { id: staffId, name: context.me?.name ?? state.managers[staffId]?.name ?? '' },
    ...(state.managers[staffId] && { onDuty: true }),
    ...(context.me?.role === 'branchManager' && { mayEndDuty: true }),
    ...(context.me?.role === 'auditor' && { readOnly: true }),
    duty: keyed(
      Object.entries(state.managers),
      ([id]) => id,
      ([, { name }], order) => ({ name, order }),
    ),
    visits: keyed(
      presentVisits(state),
      (visit) => visit.id,
      (visit) => managerVisit(state, visit, context),
    ),
    counters: keyed(
      counters(state),
      (counter) => counter.id,
      (counter, order) => managerCounter(state, counter, order, context.now),
    ),
    episodes: keyed(
      runningEpisodes(state),
      (episode) => episode.id,
      (episode) => managerEpisode(state, episode, context.now),
    ),
    tasks: keyed(
      Object.values(state.tasks),
      (task) => task.id,
      (task) => taskCard(state, task),
    ),
    notices: keyed(
      Object.values(state.notices),
      (notice) => notice.id,
      ({ kind, title, text, at, until, by }, order) => ({
        kind,
        order,
        ...(title && { title }),
        text,
        at,
        until,
        by,
      }),
    ),
    zones: keyed(
      setup?.zones ?? [],
      (zone) => zone.id,
      (zone, order) => {
        const minutes = context.published?.zones[zone.id];
        return { name: zone.name, order, waiting: lines.get(zone.id) ?? 0, ...(minutes && { minutes }) };
      },
    ),
    services: keyed(
      setup?.services ?? [],
      (service) => service.id,
      (service, order) => ({
        name: service.name,
        order,
        class: service.class,
        prefix: service.prefix,
        capabilities: [...service.capabilities],
      }),
    ),
    appointments: keyed(
      Object.values(state.appointments),
      (appointment) => appointment.code,
      (appointment) => {
        const visit = checkedIn(state, appointment);
        return {
          code: appointment.code,
          at: appointment.at,
          service: serviceOf(state, appointment.serviceIds[0] ?? '').name,
          order: appointment.at,
          ...(visit && { visitId: visit.id }),
        };
      },
    ),
    scarce: scarceNeeds(state),
    ...(leftOver.length > 0 && { leftOver }),
    counts: countsNow(state),
    limits: {
      careAfter: setup?.settings.careAfter ?? 0,
      waitLimit: setup?.settings.waitLimit ?? 0,
      vipResponse: setup?.settings.vipResponse ?? 0,
    },
    mode: setup?.settings.mode ?? 'recommended',
    ...(state.phase !== 'open' && next && { lastTicket: next.settings.lastTicket }),
    ...(context.estimates?.staffing && { staffing: context.estimates.staffing }),
    ...(undo && { undo }),
  };
}

/** Binding needs that one open counter, or none, can cover now. Empty while the branch is closed. */
function scarceNeeds(state: LobbyState): ManagerView['scarce'] {
  if (state.phase !== 'open') return {};
  const open = [...counters(state)].filter(isOpen).map((counter) => capabilitiesOf(state, counter));
  const scarce: ManagerView['scarce'] = {};
  for (const need of bindingNeeds) {
    const able = open.filter((has) => has.has(capabilityFor[need])).length;
    if (able <= 1) scarce[need] = { counters: able };
  }
  return scarce;
}

/** `absent` counts no-shows of the day that have not come back. */
export function countsNow(state: LobbyState): ManagerView['counts'] {
  let waiting = 0;
  let absent = state.counts.absent;
  for (const { stage } of presentVisits(state)) {
    if (stage.status === 'waiting' || stage.status === 'reserved') waiting += 1;
    if (stage.status === 'absent') absent += 1;
  }
  return { issued: state.counts.issued, waiting, served: state.counts.served, absent };
}
