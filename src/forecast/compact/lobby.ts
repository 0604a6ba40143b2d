import type { DaySettings } from '../../protocol/settings.js';
import type { Floor } from '../../lobby/choice/floor.js';
import { holdFor, swapFor } from '../../lobby/choice/hold.js';
import { idleIn, nextAt, overtakenAt, vipRunAfter } from '../../lobby/choice/next.js';
import { MINUTE, SECOND } from '../../lobby/elapsed.js';
import { lognormalRemaining } from '../../lobby/remaining.js';
import type { CompactCounter, CompactService, CompactVisit } from './things.js';

/** What a run is told of as it happens: the world outside then walks, serves, or brings somebody. */
export interface Happenings {
  called(visit: CompactVisit, counter: CompactCounter, at: number): void;
  held(visit: CompactVisit, counter: CompactCounter, at: number): void;
}

/**
 * A lobby that only knows what choices depend on, for runs that live thousands of days or futures a second. It
 * chooses by the functions of `lobby/choice` and by nothing else; what it repeats of decide and evolve, the moves
 * between waiting, called and served, a test holds to the same calls on 1,000 random days. It knows visits with one
 * service, tellers who answer and escorts who come: no pauses, faults, parking or transfers.
 *
 * Times are UTC ms, strictly increasing from call to call.
 */
export class CompactLobby implements Floor<CompactCounter, CompactVisit> {
  vipRun = 0;
  readonly waiting: CompactVisit[] = [];
  /** Visits whose love window runs, in the order of confirmation. */
  readonly running: CompactVisit[] = [];

  constructor(
    readonly settings: DaySettings,
    readonly services: readonly CompactService[],
    readonly counters: readonly CompactCounter[],
    readonly told: Happenings,
  ) {}

  /** Everybody who waits for a service to begin and is not called yet: the line, then the reserved. */
  expected(): CompactVisit[] {
    return [...this.waiting, ...this.running.filter(({ stage }) => stage === 'reserved')];
  }

  /** A lobby of its own in the same state; the visits of `expected` are numbered in their order, all others −1. */
  copy(told: Happenings): CompactLobby {
    const copy = new CompactLobby(
      this.settings,
      this.services,
      this.counters.map((counter) => counter.copy()),
      told,
    );
    copy.vipRun = this.vipRun;
    const copies = new Map<CompactVisit, CompactVisit>();
    const copyOf = (visit: CompactVisit, order: number): CompactVisit => {
      const known = copies.get(visit);
      if (known) return known;
      const of = this.services[visit.service];
      if (!of) throw new Error(`no service ${String(visit.service)}`);
      const own = visit.copy(order, of, visit.counter && copy.counters[visit.counter.index]);
      copies.set(visit, own);
      return own;
    };
    this.expected().forEach((visit, order) => {
      const own = copyOf(visit, order);
      if (visit.stage === 'waiting') copy.waiting.push(own);
    });
    for (const visit of this.running) copy.running.push(copyOf(visit, -1));
    for (const { visit, heldFor, index } of this.counters) {
      const counter = copy.counters[index];
      if (!counter) continue;
      counter.visit = visit && copyOf(visit, -1);
      counter.heldFor = heldFor && copyOf(heldFor, -1);
    }
    return copy;
  }

  canServe(counter: CompactCounter, visit: CompactVisit): boolean {
    if (visit.fits) return visit.fits[counter.index] === true;
    return counter.takes[visit.service] === true && (visit.needs & ~counter.rare) === 0;
  }

  canServeAll(counter: CompactCounter, visit: CompactVisit): boolean {
    return this.canServe(counter, visit) && visit.next.every((service) => counter.takes[service] === true);
  }

  remaining({ visit }: CompactCounter, at: number): number | undefined {
    if (!visit) return 0;
    const service = this.services[visit.service];
    if (visit.stage === 'serving' && (visit.markedUntil ?? 0) > at)
      return ((visit.markedUntil ?? 0) - at) / MINUTE;
    if (service?.mean === undefined) return undefined;
    const elapsed = visit.stage === 'serving' ? (at - visit.startedAt) / MINUTE : 0;
    return lognormalRemaining(service.mean, service.cv, elapsed);
  }

  /** A ticket is taken; `place` is the arrival or a booked time. */
  arrive(visit: CompactVisit, place: number, at: number): void {
    this.#issue(visit, place);
    this.#followUp(at);
  }

  /** Back to the line for a further service, at the place it has. */
  comeBack(visit: CompactVisit, place: number, at: number): void {
    this.#issue(visit, place);
    visit.since = at;
    this.#followUp(at);
  }

  /** Somebody met at the door gets a ticket and the flag in one act; `needs` as capability bits. */
  arriveFlagged(visit: CompactVisit, needs: number, at: number): void {
    this.#issue(visit, at);
    this.#flag(visit, needs, at);
    this.#followUp(at);
  }

  /** Priority with the customer's assent, while waiting. */
  flag(visit: CompactVisit, needs: number, at: number): void {
    this.#flag(visit, needs, at);
    this.#followUp(at);
  }

  /** The plan is confirmed: a counter is held now, or the episode waits for one. */
  confirm(visit: CompactVisit, at: number): void {
    visit.inEpisode = true;
    this.running.push(visit);
    this.#holdFor(visit, at);
    this.#followUp(at);
  }

  onTheWay(visit: CompactVisit, at: number): void {
    visit.onTheWayAt = at;
    this.#followUp(at);
  }

  arrived(visit: CompactVisit, at: number): void {
    visit.arrivedAt = at;
    this.#followUp(at);
  }

  start(visit: CompactVisit, at: number): void {
    visit.stage = 'serving';
    visit.startedAt = at;
    if (visit.inEpisode) visit.arrivedAt ??= at;
    this.#followUp(at);
  }

  finish(visit: CompactVisit, at: number): void {
    const { counter } = visit;
    if (!counter) throw new Error(`${visit.ticket} is at no counter`);
    visit.stage = 'gone';
    if (visit.inEpisode) this.running.splice(this.running.indexOf(visit), 1);
    if (counter.heldFor === visit) this.#release(counter);
    counter.visit = undefined;
    counter.busy = false;
    counter.freeSince = at;
    this.#followUp(at);
  }

  /** The teller of a held, free counter has the reserved visit fetched. */
  fetch(counter: CompactCounter, at: number): void {
    if (counter.heldFor?.stage === 'reserved' && !counter.busy) this.#call(counter.heldFor, counter, at);
    this.#followUp(at);
  }

  /** A called visit that does not come. */
  leave(visit: CompactVisit, at: number): void {
    this.finish(visit, at);
  }

  open(counter: CompactCounter, at: number): void {
    counter.open = true;
    counter.owesNormal = false;
    counter.freeSince = at;
    this.#followUp(at);
  }

  /** Closes an unheld counter, after its present visit if there is one. */
  close(counter: CompactCounter, at: number): void {
    counter.open = false;
    this.#followUp(at);
  }

  /** No calls there for a while; whoever is served there is finished. */
  pause(counter: CompactCounter, at: number): void {
    counter.open = false;
    this.#followUp(at);
  }

  resume(counter: CompactCounter, at: number): void {
    counter.open = true;
    counter.freeSince = at;
    this.#followUp(at);
  }

  /** Staff see to somebody outside of the line. */
  takeOut(visit: CompactVisit): void {
    this.waiting.splice(this.waiting.indexOf(visit), 1);
    visit.stage = 'coming';
  }

  /** Staff bring somebody who stands in no line to a free counter. */
  bring(visit: CompactVisit, counter: CompactCounter, at: number): void {
    this.#toCounter(visit, counter, at);
    this.#followUp(at);
  }

  /** Lets what time alone brings about happen. */
  pass(at: number): void {
    this.#followUp(at);
  }

  /** The next instant after `now` at which time alone may change a choice; Infinity when there is none. */
  nextMoment(now: number): number {
    const { minutesToProtect, walkMinutes, swapWalk, overflows = [] } = this.settings;
    let next = Infinity;
    for (const visit of this.waiting) {
      for (const { serviceId, seconds } of overflows) {
        const helped = visit.since + seconds * SECOND;
        if (serviceId === visit.serviceId && helped > now && helped < next) next = helped;
      }
      const guarded = visit.since + minutesToProtect * MINUTE;
      if (guarded > now && guarded < next) next = guarded;
      if (visit.place > now && visit.place < next) next = visit.place;
    }
    for (const { onTheWayAt, arrivedAt, swap } of this.running) {
      if (onTheWayAt === undefined || arrivedAt !== undefined || swap) continue;
      const near = onTheWayAt + Math.max(0, walkMinutes - swapWalk) * MINUTE;
      if (near > now && near < next) next = near;
    }
    return next;
  }

  #issue(visit: CompactVisit, place: number): void {
    visit.place = place;
    visit.since = place;
    visit.stage = 'waiting';
    this.waiting.push(visit);
  }

  #flag(visit: CompactVisit, needs: number, at: number): void {
    visit.needs = needs;
    visit.rankFlagged(at);
  }

  #release(counter: CompactCounter): void {
    counter.held = false;
    counter.heldFor = undefined;
    counter.owesNormal = true;
  }

  #hold(visit: CompactVisit, counter: CompactCounter, at: number): void {
    if (visit.stage === 'waiting') this.waiting.splice(this.waiting.indexOf(visit), 1);
    visit.stage = 'reserved';
    visit.counter = counter;
    counter.held = true;
    counter.heldFor = visit;
    this.told.held(visit, counter, at);
  }

  #holdFor(visit: CompactVisit, at: number): boolean {
    const found = holdFor(this, visit, at);
    if (!('counter' in found)) return false;
    this.#hold(visit, found.counter, at);
    return true;
  }

  #call(visit: CompactVisit, counter: CompactCounter, at: number): void {
    const reserved = visit.stage === 'reserved';
    for (const other of overtakenAt(this, counter, visit)) {
      other.passed += 1;
      if (!reserved) other.overtaken += 1;
    }
    if (!reserved) {
      this.vipRun = vipRunAfter(this, counter, visit);
      this.waiting.splice(this.waiting.indexOf(visit), 1);
    }
    if (visit.flaggedAt === undefined) counter.owesNormal = false;
    this.#toCounter(visit, counter, at);
  }

  #toCounter(visit: CompactVisit, counter: CompactCounter, at: number): void {
    visit.stage = 'called';
    visit.counter = counter;
    counter.visit = visit;
    counter.busy = true;
    this.told.called(visit, counter, at);
  }

  /** As `followUp` of the core: swaps, queued love windows, automatic calls, until nothing follows. */
  #followUp(at: number): void {
    for (let changed = true; changed;) {
      changed = false;
      for (const visit of this.running) if (this.#swapWhereBetter(visit, at)) changed = true;
      const queued = this.running.filter(({ stage }) => stage === 'waiting');
      if (queued.length > 1) queued.sort((a, b) => (a.flaggedAt ?? 0) - (b.flaggedAt ?? 0));
      for (const visit of queued) if (this.#holdFor(visit, at)) changed = true;
      if (this.#callAll(at)) changed = true;
    }
  }

  #swapWhereBetter(visit: CompactVisit, at: number): boolean {
    const from = visit.counter;
    if (visit.stage !== 'reserved' || !from) return false;
    const to = swapFor(this, visit, visit, from, at);
    if (!to) return false;
    this.#release(from);
    this.#hold(visit, to, at);
    visit.swap = true;
    return true;
  }

  #callAll(at: number): boolean {
    let called = false;
    for (const counter of idleIn(this)) {
      const next = nextAt(this, counter, at);
      if (!next.picked) continue;
      if (next.picked.turn) counter.turn = next.picked.turn.slot + 1;
      this.#call(next.picked.visit, counter, at);
      called = true;
    }
    return called;
  }
}
