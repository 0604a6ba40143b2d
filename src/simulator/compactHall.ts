import type { Floor } from '../lobby/choice/floor.js';
import { capabilityBits } from '../lobby/floor-of.js';
import { ticketOf } from '../lobby/ticket.js';
import { CompactLobby } from '../forecast/compact/lobby.js';
import { CompactCounter, CompactService, CompactVisit } from '../forecast/compact/things.js';
import type { BranchSetup } from '../protocol/settings.js';
import { bindingNeeds, capabilityFor, type BindingNeed, type SupportNeed } from '../protocol/vocabulary.js';
import type { Customer } from '../model/arrivals.js';
import type { ByHand, Hall, Stage, Told } from './hall.js';

const isBinding = (need: SupportNeed): need is BindingNeed =>
  (bindingNeeds as readonly string[]).includes(need);

/** Binding needs as the capabilities they ask for. */
const bitsOf = (needs: readonly SupportNeed[]): number =>
  capabilityBits(needs.filter(isBinding).map((need) => capabilityFor[need]));

/** The branch's counters, closed; tellers bring no skills of their own. */
export const compactCounters = ({ counters, services }: BranchSetup): CompactCounter[] =>
  counters.map((counter, index) => {
    const has = new Set(counter.equipment);
    const takes = services.map(
      ({ id, capabilities }) => counter.services.includes(id) && capabilities.every((each) => has.has(each)),
    );
    const { id, vip, standing, equipment } = counter;
    return new CompactCounter(
      id,
      index,
      vip,
      standing,
      has.size,
      counter.services.length,
      capabilityBits(equipment),
      takes,
    );
  });

export const compactServices = ({ services }: BranchSetup): CompactService[] =>
  services.map(
    ({ id, time, zone, class: serviceClass }) =>
      new CompactService(id, time?.mean, time?.cv ?? 0, serviceClass !== 'immediate', zone),
  );

/** A day on the compact lobby. */
export class CompactHall implements Hall {
  readonly lobby: CompactLobby;
  readonly visits: CompactVisit[] = [];
  readonly #serviceIndex: Map<string, number>;
  readonly byHand: ByHand = {
    receive: (customer, who) => {
      const known = this.visits[customer];
      if (known) this.lobby.takeOut(known);
      else this.#newVisit(customer, who).needs = bitsOf(who.special?.needs ?? []);
    },
    bring: (customer, counter, at) => {
      this.lobby.bring(this.#visit(customer), this.#counter(counter), at);
    },
    pause: (counter, at) => {
      this.lobby.pause(this.#counter(counter), at);
    },
    resume: (counter, at) => {
      this.lobby.resume(this.#counter(counter), at);
    },
    canServe: (counter, customer) => this.lobby.canServe(this.#counter(counter), this.#visit(customer)),
  };

  constructor(
    readonly setup: BranchSetup,
    told: Told,
  ) {
    this.#serviceIndex = new Map(setup.services.map(({ id }, i) => [id, i]));
    this.lobby = new CompactLobby(setup.settings, compactServices(setup), compactCounters(setup), {
      called(visit, counter, at) {
        told.called(visit.order, counter.index, at);
      },
      held(visit, counter, at) {
        told.held(visit.order, counter.index, at);
      },
    });
  }

  arrive(customer: number, who: Customer, due: number, at: number): void {
    const visit = this.#newVisit(customer, who);
    // Without priority nobody asks for needs, yet who cannot climb to a window still waits for one that fits.
    if (who.special) visit.needs = bitsOf(who.special.needs);
    this.lobby.arrive(visit, who.booked === undefined ? at : due, at);
  }

  arriveFlagged(customer: number, who: Customer, at: number): void {
    this.lobby.arriveFlagged(this.#newVisit(customer, who), bitsOf(who.special?.needs ?? []), at);
  }

  flag(customer: number, at: number): void {
    const visit = this.#visit(customer);
    this.lobby.flag(visit, visit.needs, at);
  }

  confirm(customer: number, at: number): void {
    this.lobby.confirm(this.#visit(customer), at);
  }

  /** Tellers of a compact lobby answer; all that remains of it is the instant. */
  acknowledge(_customer: number, _counter: number, at: number): void {
    this.lobby.pass(at);
  }

  onTheWay(customer: number, at: number): void {
    this.lobby.onTheWay(this.#visit(customer), at);
  }

  arrived(customer: number, at: number): void {
    this.lobby.arrived(this.#visit(customer), at);
  }

  start(customer: number, at: number): void {
    this.lobby.start(this.#visit(customer), at);
  }

  finish(customer: number, at: number): void {
    this.lobby.finish(this.#visit(customer), at);
  }

  leave(customer: number, at: number): void {
    this.lobby.leave(this.#visit(customer), at);
  }

  fetch(counter: number, at: number): void {
    this.lobby.fetch(this.#counter(counter), at);
  }

  open(counter: number, at: number): void {
    this.lobby.open(this.#counter(counter), at);
  }

  close(counter: number, at: number): void {
    this.lobby.close(this.#counter(counter), at);
  }

  pass(at: number): void {
    this.lobby.pass(at);
  }

  nextMoment(now: number): number {
    return this.lobby.nextMoment(now);
  }

  stageOf(customer: number): Stage {
    return this.visits[customer]?.stage ?? 'coming';
  }

  passedOf(customer: number): number | undefined {
    return this.visits[customer]?.passed;
  }

  floor(): Floor {
    return this.lobby;
  }

  #newVisit(customer: number, who: Customer): CompactVisit {
    const index = this.#serviceIndex.get(who.serviceId) ?? -1;
    const service = this.lobby.services[index];
    if (!service) throw new Error(`no service ${who.serviceId}`);
    const visit = new CompactVisit(
      customer,
      String(customer),
      ticketOf('A', customer + 1),
      who.tier,
      who.booked !== undefined,
      index,
      service,
    );
    this.visits[customer] = visit;
    return visit;
  }

  #visit(customer: number): CompactVisit {
    const visit = this.visits[customer];
    if (!visit) throw new Error(`customer ${String(customer)} has not come`);
    return visit;
  }

  #counter(index: number): CompactCounter {
    const counter = this.lobby.counters[index];
    if (!counter) throw new Error(`no counter ${String(index)}`);
    return counter;
  }
}
