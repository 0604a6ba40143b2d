import { MINUTE } from '../../lobby/elapsed.js';
import type { Chance } from '../../model/chance.js';
import type { CompactLobby } from '../compact/lobby.js';
import { CompactVisit, type CompactCounter } from '../compact/things.js';
import type { BranchModel } from './branchModel.js';
import { lognormalBeyond } from './lognormal.js';

/** Longest look ahead, minutes: who has not been served by then has no estimate. */
const HORIZON = 240;

/** What a wait ends with: the public sees the call, staff the start of service after the walk. */
export type WaitEnd = 'call' | 'service';

/** What a run is asked for. */
export interface Asked {
  waitEnd: WaitEnd;
  /** Services, by index, for each of which an ordinary customer comes now. */
  newcomers: readonly number[];
  /** How many of all who are asked for can be served at all: with the last of them the run ends. */
  left: number;
}

/**
 * One way the next hours may go: a copy of the lobby lives on, with services that last as they are expected to given
 * how long they have run, and customers who come as the branch expects them.
 */
export class Future {
  readonly #lobby: CompactLobby;
  /** By counter: when its customer is gone, UTC ms; Infinity with nobody there. */
  readonly #ends: number[];
  /** Held, free counters to which somebody is to be fetched. */
  readonly #toFetch: CompactCounter[] = [];
  #left: number;
  #now: number;

  /**
   * @param at branch time, UTC ms
   * @param waits minutes from `at` to the end of the wait of each visit of `from.expected()`, then of each newcomer;
   *   `live` fills it in, and leaves alone who was not served within the horizon
   */
  constructor(
    from: CompactLobby,
    readonly model: BranchModel,
    readonly chance: Chance,
    readonly at: number,
    readonly waits: Float64Array,
    readonly asked: Asked,
  ) {
    const { newcomers, left } = asked;
    this.#now = at;
    this.#left = left;
    this.#lobby = from.copy({
      called: (visit, counter, then) => {
        this.#called(visit, counter, then);
      },
      held: (visit, counter, then) => {
        visit.onTheWayAt ??= then;
        if (!counter.busy) this.#toFetch.push(counter);
      },
    });
    this.#ends = this.#lobby.counters.map((counter) => this.#endOf(counter));
    for (const counter of this.#lobby.counters)
      if (counter.held && !counter.busy) this.#toFetch.push(counter);
    // A teller who is about to press the key has pressed it by now.
    this.#tick(at);
    this.#lobby.pass(this.#now);
    const known = waits.length - newcomers.length;
    newcomers.forEach((service, i) => {
      this.#newcomer(service, known + i);
    });
  }

  live(): void {
    const until = this.at + HORIZON * MINUTE;
    let comes = this.#nextArrival();
    while (this.#left > 0) {
      const held = this.#toFetch.shift();
      if (held) {
        this.#tick(this.#now);
        this.#lobby.fetch(held, this.#now);
        continue;
      }
      const first = this.#firstFree();
      const free = this.#ends[first] ?? Infinity;
      if (Math.min(free, comes) > until) return;
      if (free <= comes) {
        this.#tick(free);
        this.#free(first);
      } else {
        this.#tick(comes);
        this.#arrive();
        comes = this.#nextArrival();
      }
    }
  }

  /** Every act has an instant of its own. */
  #tick(at: number): void {
    this.#now = Math.max(this.#now + 1, at);
  }

  #firstFree(): number {
    let first = 0;
    for (let i = 1; i < this.#ends.length; i += 1)
      if ((this.#ends[i] ?? Infinity) < (this.#ends[first] ?? Infinity)) first = i;
    return first;
  }

  #free(index: number): void {
    const counter = this.#lobby.counters[index];
    this.#ends[index] = Infinity;
    const visit = counter?.visit;
    if (!visit) return;
    this.#lobby.finish(visit, this.#now);
    if (counter.held && !counter.busy) this.#toFetch.push(counter);
    if (visit.next.length > 0 && !visit.inEpisode) this.#comeBack(visit);
  }

  /** For the further services of a visit that was served. */
  #comeBack({ next: [service, ...next], visitId, ticket, tier, appointment, place }: CompactVisit): void {
    const of = this.#lobby.services[service ?? -1];
    if (service === undefined || !of) return;
    const again = new CompactVisit(-1, visitId, ticket, tier, appointment, service, of);
    again.next = next;
    this.#tick(this.#now);
    this.#lobby.comeBack(again, place, this.#now);
  }

  #newcomer(service: number, order: number): void {
    const of = this.#lobby.services[service];
    if (!of) return;
    this.#tick(this.#now);
    this.#lobby.arrive(new CompactVisit(order, '', '', 0, false, service, of), this.#now, this.#now);
  }

  /** Thinning of a Poisson process (Lewis, Shedler 1979). */
  #nextArrival(): number {
    const { chance, model } = this;
    const until = this.at + HORIZON * MINUTE;
    for (let at = this.#now; model.peak > 0 && at <= until;) {
      at += chance.exponential(1 / model.peak) * MINUTE;
      if (chance.uniform() * model.peak < model.rate(at)) return at;
    }
    return Infinity;
  }

  #arrive(): void {
    const { model, chance } = this;
    const service = pickShare(model.services, chance.uniform());
    const of = this.#lobby.services[service];
    if (!of) return;
    const [special, vip, booked] = [model.special, model.vip, model.appointment];
    const segment = chance.uniform();
    const isSpecial = segment < special;
    const isVip = !isSpecial && segment < special + vip;
    const isBooked = !isSpecial && !isVip && segment < special + vip + booked;
    const visit = new CompactVisit(-1, '', '', isVip ? 1 : 0, isBooked, service, of);
    if (!isSpecial) {
      this.#lobby.arrive(visit, this.#now, this.#now);
      return;
    }
    this.#lobby.arriveFlagged(visit, 0, this.#now);
    this.#tick(this.#now);
    if (visit.stage === 'waiting') this.#lobby.confirm(visit, this.#now);
  }

  #called(visit: CompactVisit, counter: CompactCounter, at: number): void {
    const { chance, model } = this;
    const walk = visit.flaggedAt === undefined ? model.walk : model.escort;
    const begun = visit.onTheWayAt ?? at;
    const started = Math.max(at, begun + chance.lognormal(walk.mean, walk.cv) * MINUTE);
    if (visit.order >= 0) {
      this.waits[visit.order] = ((this.asked.waitEnd === 'call' ? at : started) - this.at) / MINUTE;
      this.#left -= 1;
    }
    const absent = visit.flaggedAt === undefined && chance.happens(model.noShow);
    // A walk to the counter is part of the time it is taken; nothing is chosen at its end.
    visit.stage = 'serving';
    visit.startedAt = started;
    this.#ends[counter.index] = absent
      ? at + model.givenUpAfter * MINUTE
      : started + this.#minutesOf(visit.service) * MINUTE + this.#further(visit);
  }

  #minutesOf(service: number): number {
    const of = this.#lobby.services[service];
    return this.chance.lognormal(of?.mean ?? this.model.usual, of?.cv ?? 1);
  }

  /** Milliseconds for the further services of a love window, which are had at the same counter [E-10]. */
  #further({ inEpisode, next }: CompactVisit): number {
    return inEpisode ? next.reduce((sum, service) => sum + this.#minutesOf(service) * MINUTE, 0) : 0;
  }

  /** When the customer who is at a counter now will be gone. */
  #endOf({ visit }: CompactCounter): number {
    if (!visit) return Infinity;
    const of = this.#lobby.services[visit.service];
    const { chance, model, at } = this;
    const begun = visit.stage === 'serving';
    if (begun && (visit.markedUntil ?? 0) > at) return visit.markedUntil ?? at;
    const start = begun ? visit.startedAt : at + (model.walk.mean / 2) * MINUTE;
    const elapsed = begun ? Math.max(0, at - start) / MINUTE : 0;
    const minutes = lognormalBeyond(of?.mean ?? model.usual, of?.cv ?? 1, elapsed, 1 - chance.uniform());
    return start + minutes * MINUTE;
  }
}

/** The index that a uniform draw falls to, among shares that add up to 1. */
function pickShare(shares: readonly number[], draw: number): number {
  let left = draw;
  for (const [i, share] of shares.entries()) {
    if (left < share) return i;
    left -= share;
  }
  return shares.length - 1;
}
