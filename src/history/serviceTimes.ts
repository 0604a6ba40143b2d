import { MINUTE } from '../lobby/elapsed.js';
import { evolve } from '../lobby/evolve.js';
import { presentService, visitOf } from '../lobby/lookup.js';
import { emptyState, type LobbyState, type Visit } from '../lobby/state.js';
import type { Entry } from './entry.js';

/** Services of one kind on one day: how many, and sum and sum of squares of the logarithms of their minutes. */
export interface TimesOfService {
  services: number;
  sum: number;
  squares: number;
}

/** By service. */
export type DayTimes = Readonly<Record<string, TimesOfService>>;

/** Shorter than this part of the set minutes nobody was served: the keys were struck to be rid of a number. */
const SHORTEST = 1 / 10;
/** Longer than so many times the set minutes a window was forgotten, unless its teller said that it takes long. */
const LONGEST = 6;
/** Minutes; the longest service that can be set. */
const LONGEST_MARKED = 480;

/**
 * How long services took on a day, read event by event by the production fold. Counted is what a person began and
 * finished as a whole and without an outage: not what was parked or transferred in the middle, what the night closed,
 * or a finish that was taken back [P-22].
 */
export class ServiceTimes {
  readonly #state: LobbyState = emptyState('');
  /** Service and minutes, by who finished it and the command. */
  readonly #finished = new Map<string, { serviceId: string; minutes: number }>();
  /** Services that left their window in the middle, by who sent them away and the command. */
  readonly #parted = new Map<string, string>();

  see(entry: Entry): void {
    const { event, at, actorId, commandId } = entry;
    if (event.type === 'ServiceFinished') this.#finish(visitOf(this.#state, event.visitId), entry);
    if (event.type === 'VisitParked' || event.type === 'VisitTransferred') {
      const visit = visitOf(this.#state, event.visitId);
      if (visit.stage.status === 'serving') this.#parted.set(`${actorId} ${commandId}`, partOf(visit));
    }
    if (event.type === 'Undone')
      for (const acts of [this.#finished, this.#parted]) acts.delete(`${actorId} ${event.commandId}`);
    evolve(this.#state, { event, at, actorId, commandId });
  }

  #finish(visit: Visit, { at, actorId, commandId }: Entry): void {
    const { stage } = visit;
    if (stage.status !== 'serving' || [...this.#parted.values()].includes(partOf(visit))) return;
    if (this.#state.outages.some(({ to }) => to > stage.at)) return;
    const { id, time } = presentService(this.#state, visit);
    const minutes = (at - stage.at) / MINUTE;
    if (!time || minutes < SHORTEST * time.mean) return;
    if (minutes > (stage.long ? LONGEST_MARKED : LONGEST * time.mean)) return;
    this.#finished.set(`${actorId} ${commandId}`, { serviceId: id, minutes });
  }

  get over(): boolean {
    return this.#state.phase === 'closed';
  }

  /** Of what was seen so far. */
  times(): DayTimes {
    const all: Record<string, TimesOfService> = {};
    for (const { serviceId, minutes } of this.#finished.values()) {
      const own = (all[serviceId] ??= { services: 0, sum: 0, squares: 0 });
      const log = Math.log(minutes);
      own.services += 1;
      own.sum += log;
      own.squares += log * log;
    }
    return all;
  }
}

const partOf = ({ id, services }: Visit): string => `${id} ${services[0] ?? ''}`;
