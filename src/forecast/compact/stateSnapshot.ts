import { canServe, capabilitiesOf, isOpen, neededCapabilities } from '../../lobby/capability.js';
import { MINUTE } from '../../lobby/elapsed.js';
import { capabilityBits } from '../../lobby/floor-of.js';
import {
  counterSetupOf,
  counters,
  episodeOfVisit,
  presentVisits,
  runningEpisodes,
  settingsOf,
  setupOf,
} from '../../lobby/lookup.js';
import { expectedTime } from '../../lobby/service-time.js';
import type { Counter, Episode, LobbyState, Visit } from '../../lobby/state.js';
import type { CounterSnapshot, LobbySnapshot, ServiceSnapshot, VisitSnapshot } from './snapshot.js';
import type { Service } from '../../protocol/settings.js';

/**
 * An open day's lobby for forward runs, from everything the state knows: for staff only. Parked and absent visits are
 * left out, as nobody can say when they come back; so is a paused counter's return.
 */
export function stateSnapshot(state: LobbyState): LobbySnapshot {
  const setup = setupOf(state);
  const services = setup.services.map((service) =>
    serviceSnapshot({
      id: service.id,
      zone: service.zone,
      class: service.class,
      time: expectedTime(service, setup.settings),
      setMean: service.time?.mean,
    }),
  );
  const serviceIndex = new Map(setup.services.map(({ id }, i) => [id, i]));
  const all = [...counters(state)];
  const counterIndex = new Map(all.map(({ id }, i) => [id, i]));
  return {
    settings: settingsOf(state),
    vipRun: state.vipRun,
    services,
    counters: all.map((counter) => counterSnapshot(state, counter, setup.services)),
    visits: [...presentVisits(state)].flatMap((visit) => {
      const seen = visitSnapshot(state, visit, serviceIndex, counterIndex);
      if (seen && visit.specialists !== 'erased' && visit.specialists.length > 0)
        seen.fits = all.map((counter) => canServe(state, counter, visit));
      return seen ? [seen] : [];
    }),
    running: [...runningEpisodes(state)].map(({ visitId }) => visitId),
  };
}

export const serviceSnapshot = ({
  id,
  time,
  setMean = time?.mean,
  zone,
  class: serviceClass,
}: Pick<Service, 'id' | 'class' | 'zone'> & {
  time?: Service['time'] | undefined;
  setMean?: number | undefined;
}): ServiceSnapshot => ({
  id,
  ...(time && { mean: time.mean }),
  cv: time?.cv ?? 0,
  ...(setMean !== undefined && { setMean }),
  long: serviceClass !== 'immediate',
  zone,
});

function counterSnapshot(state: LobbyState, counter: Counter, services: readonly Service[]): CounterSnapshot {
  const { vip, standing } = counterSetupOf(state, counter.id);
  const has = capabilitiesOf(state, counter);
  return {
    id: counter.id,
    vip,
    standing,
    skills: has.size,
    services: counter.services.length,
    rare: capabilityBits(has),
    takes: takenBy(has, counter.services, services),
    open: isOpen(counter),
    held: counter.hold !== undefined,
    owesNormal: counter.owesNormal === true,
    turn: counter.turn ?? 0,
    freeSince: counter.freeSince,
  };
}

/** By index of service: set to take it and capable of it. */
export const takenBy = (
  has: ReadonlySet<string>,
  set: readonly string[],
  services: readonly Service[],
): boolean[] =>
  services.map(({ id, capabilities }) => set.includes(id) && capabilities.every((each) => has.has(each)));

function visitSnapshot(
  state: LobbyState,
  visit: Visit,
  serviceIndex: ReadonlyMap<string, number>,
  counterIndex: ReadonlyMap<string, number>,
): VisitSnapshot | undefined {
  const { stage, flag } = visit;
  if (stage.status === 'parked' || stage.status === 'absent' || stage.status === 'ended') return undefined;
  const episode = episodeOfVisit(state, visit);
  const counter = stage.status === 'waiting' ? undefined : counterIndex.get(stage.counterId);
  return {
    id: visit.id,
    ticket: visit.ticket,
    tier: visit.tier,
    appointment: visit.appointmentAt !== undefined,
    services: visit.services.map((id) => serviceIndex.get(id) ?? -1),
    stage: stage.status,
    ...(counter !== undefined && { counter }),
    place: visit.place,
    since: visit.since,
    overtaken: visit.overtaken,
    ...(stage.status === 'serving' && {
      startedAt: stage.at,
      ...(stage.long && { markedUntil: stage.long.at + stage.long.minutes * MINUTE }),
    }),
    ...(flag && { flaggedAt: flag.at }),
    needs: capabilityBits(neededCapabilities(visit)),
    ...(episode && !episode.ended && { episode: episodeSnapshot(episode) }),
  };
}

const episodeSnapshot = ({
  onTheWayAt,
  arrivedAt,
  swap,
  unanswered,
}: Episode): NonNullable<VisitSnapshot['episode']> => ({
  ...(onTheWayAt !== undefined && { onTheWayAt }),
  ...(arrivedAt !== undefined && { arrivedAt }),
  swapped: swap !== undefined,
  unanswered,
});
