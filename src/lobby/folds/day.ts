import type { CounterSetup } from '../../protocol/settings.js';
import { standingAcceptance } from '../../protocol/starvation.js';
import { settingsOf } from '../lookup.js';
import { emptyState, type Counter } from '../state.js';
import type { Fold } from './fold.js';

const closedCounter = (setup: CounterSetup, at: number): Counter => ({
  id: setup.id,
  version: 1,
  services: [...setup.services],
  ratings: { asked: 0, answered: 0 },
  freeSince: at,
});

type DayEvents =
  | 'DayOpened'
  | 'DayClosed'
  | 'SettingsChanged'
  | 'ServiceInterrupted'
  | 'ClockStepped'
  | 'ManagerSignedOn'
  | 'ManagerSignedOff'
  | 'AppointmentBooked';

export const dayFold: Fold<DayEvents> = {
  DayOpened(state, event, when) {
    Object.assign(state, emptyState(state.branchId), {
      at: when.at,
      day: event.day,
      phase: 'open',
      midnight: event.midnight,
      ...(event.change && { change: event.change }),
      setup: event.setup,
      counters: Object.fromEntries(
        event.setup.counters.map((setup) => [setup.id, closedCounter(setup, when.at)]),
      ),
      appointments: Object.fromEntries(
        event.appointments.map((appointment) => [appointment.code, { ...appointment }]),
      ),
    });
  },

  DayClosed(state) {
    state.phase = 'closed';
    state.tasks = {};
    state.notices = {};
    state.undo = {};
    state.managers = {};
  },

  SettingsChanged(state, event) {
    if (!state.setup) return;
    const settings = { ...settingsOf(state), ...event.settings };
    const setup = { ...state.setup, settings };
    const acceptance = standingAcceptance(setup);
    // An acceptance that outlived its setting would let it in again unasked [P-24].
    if (acceptance) settings.acceptance = acceptance;
    else delete settings.acceptance;
    state.setup = setup;
  },

  /** Short timers begin anew at the end of the outage; long ones leave it out (see dueAfter). */
  ServiceInterrupted(state, { from, to }) {
    state.outages.push({ from, to });
    for (const id in state.running) {
      const episode = state.episodes[id];
      if (!episode) continue;
      episode.alertAt = Math.max(episode.alertAt, to);
      if (episode.readyAt !== undefined) episode.readyAt = to;
      if (episode.onTheWayAt !== undefined) episode.onTheWayAt = to;
      if (episode.swap && to - from > 0) episode.swap.at = to;
    }
    for (const id in state.present) {
      const stage = state.visits[id]?.stage;
      if (stage?.status === 'called') stage.lastCallAt = to;
    }
    for (const task of Object.values(state.tasks)) task.remindedAt = Math.max(task.remindedAt, to);
    for (const counter of Object.values(state.counters))
      if (counter.rating && counter.rating.until > from) counter.rating.until += to - from;
    for (const slot of Object.values(state.undo)) slot.at = to;
  },

  /** Branch time is monotonic; the step is recorded for whoever reads wall-clock times in the log. */
  ClockStepped() {},

  ManagerSignedOn(state, event) {
    state.managers[event.staffId] = { name: event.name, role: event.role };
  },

  ManagerSignedOff(state, event) {
    delete state.managers[event.staffId];
  },

  AppointmentBooked(state, event) {
    state.appointments[event.appointment.code] = { ...event.appointment };
  },
};
