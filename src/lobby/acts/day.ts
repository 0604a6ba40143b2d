import { signedAcceptance } from '../../protocol/starvation.js';
import { endEpisode } from '../episode.js';
import { counters, presentVisits, named, runningEpisodes, setupOf } from '../lookup.js';
import { reject } from '../reject.js';
import { settingsProblem, setupProblem, starvationProblem } from '../settings-check.js';
import type { Draft } from '../draft.js';
import { done, type Acts } from './act.js';
import { knownServices } from './check.js';

/**
 * Ends the day: a service in progress counts as served, every other visit ends as `closed`, holds end
 * and counters are signed off.
 */
export function closeDay(draft: Draft, bySystem: boolean): void {
  const { state } = draft;
  const inaccurate = bySystem && [...presentVisits(state)].length > 0;
  for (const episode of [...runningEpisodes(state)]) endEpisode(draft, episode, 'closed');
  for (const { id, stage } of [...presentVisits(state)])
    draft.emit({ type: 'VisitEnded', visitId: id, how: stage.status === 'serving' ? 'served' : 'closed' });
  for (const counter of counters(state))
    if (counter.teller)
      draft.emit({ type: 'TellerSignedOff', counterId: counter.id, staffId: counter.teller.id });
  for (const staffId of Object.keys(state.managers)) draft.emit({ type: 'ManagerSignedOff', staffId });
  draft.emit({ type: 'DayClosed', bySystem, inaccurate });
}

export const dayActs: Acts<
  | 'BeginDay'
  | 'CloseDay'
  | 'ChangeSettings'
  | 'SetCounterServices'
  | 'RecordOutage'
  | 'RecordClockStep'
  | 'StartDuty'
  | 'EndDuty'
  | 'BookAppointment'
> = {
  BeginDay(draft, { day, midnight, change, setup, appointments }) {
    if (draft.state.phase === 'open') return reject('day-already-open', { day: draft.state.day });
    const problem = setupProblem(setup);
    if (problem) return problem;
    draft.emit({ type: 'DayOpened', day, midnight, ...(change && { change }), setup, appointments });
    return { day };
  },

  /** Wants an empty lobby, or the word to end what remains; a service in progress is finished first. */
  CloseDay(draft, { endRemaining }) {
    const { state } = draft;
    const present = [...presentVisits(state)];
    const busy = present.filter(
      (visit) => visit.stage.status === 'serving' || visit.stage.status === 'called',
    );
    if (busy.length > 0 || (present.length > 0 && !endRemaining))
      return reject('lobby-not-empty', { visits: present.length, busy: busy.length });
    closeDay(draft, false);
    return done;
  },

  /** Applies from the next call on, never to a visit called or serving [L16]. */
  ChangeSettings(draft, { settings }) {
    const before = setupOf(draft.state);
    const after = { ...before, settings: { ...before.settings, ...settings } };
    const problem = settingsProblem(after.settings, after) ?? starvationProblem(after, before);
    if (problem) return problem;
    const { acceptance: given, ...rest } = settings;
    const { name } = draft.input.actor;
    const acceptance = given && signedAcceptance(after, before.settings.acceptance, name, draft.at);
    draft.emit({ type: 'SettingsChanged', settings: { ...rest, ...(acceptance && { acceptance }) } });
    return done;
  },

  SetCounterServices(draft, { counterId, serviceIds }) {
    const { state } = draft;
    if (!named(state.counters, counterId)) return reject('unknown-counter', { counterId });
    const problem = serviceIds.length > 0 ? knownServices(state, serviceIds) : undefined;
    if (problem) return problem;
    draft.emit({ type: 'CounterServicesChanged', counterId, serviceIds: [...new Set(serviceIds)] });
    return done;
  },

  RecordOutage(draft, { from, to }) {
    draft.emit({ type: 'ServiceInterrupted', from, to });
    return done;
  },

  RecordClockStep(draft, { byMs }) {
    draft.emit({ type: 'ClockStepped', byMs });
    return done;
  },

  StartDuty(draft) {
    const { id, name, role } = draft.input.actor;
    if (role !== 'lobbyManager' && role !== 'branchManager') return reject('forbidden');
    if (draft.state.managers[id]) return reject('already-on-duty');
    draft.emit({ type: 'ManagerSignedOn', staffId: id, name, role });
    return done;
  },

  EndDuty(draft, { staffId }) {
    const { id, role } = draft.input.actor;
    const whose = staffId ?? id;
    if (whose !== id && role !== 'branchManager' && role !== 'system') return reject('forbidden');
    if (!named(draft.state.managers, whose)) return reject('not-on-duty');
    draft.emit({ type: 'ManagerSignedOff', staffId: whose });
    return done;
  },

  BookAppointment(draft, { code, at, serviceIds }) {
    const problem = knownServices(draft.state, serviceIds);
    if (problem) return problem;
    const taken = named(draft.state.appointments, code);
    if (taken) return reject('already-checked-in', { code });
    draft.emit({ type: 'AppointmentBooked', appointment: { code, at, serviceIds } });
    return done;
  },
};
