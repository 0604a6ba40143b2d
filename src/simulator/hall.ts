import type { CompactStage } from '../forecast/compact/things.js';
import type { Floor } from '../lobby/choice/floor.js';
import type { Customer } from '../model/arrivals.js';

export type Stage = CompactStage;

/** What happens in a hall and moves people: customers are their numbers in the day's order, counters their index. */
export interface Told {
  called(customer: number, counter: number, at: number): void;
  /** A counter is held for the customer, first or after a swap. */
  held(customer: number, counter: number, at: number): void;
}

export interface ByHand {
  /** Somebody who stands in no line, or leaves it now. */
  receive(customer: number, who: Customer): void;
  bring(customer: number, counter: number, at: number): void;
  pause(counter: number, at: number): void;
  resume(counter: number, at: number): void;
  canServe(counter: number, customer: number): boolean;
}

/**
 * A lobby on which a simulated day is played: the core's own decide and evolve, or the compact one. Times are UTC ms,
 * each later than the last; nothing here is refused, since the players only do what a lobby allows.
 */
export interface Hall {
  /** A ticket is taken at `at`; a booked customer counts from `due`, which is not later. */
  arrive(customer: number, who: Customer, due: number, at: number): void;
  /** With the customer's assent; only while waiting. */
  flag(customer: number, at: number): void;
  /** Somebody met at the door gets a ticket and the flag in one act. */
  arriveFlagged(customer: number, who: Customer, at: number): void;
  confirm(customer: number, at: number): void;
  /** The teller answers the alert. */
  acknowledge(customer: number, counter: number, at: number): void;
  onTheWay(customer: number, at: number): void;
  arrived(customer: number, at: number): void;
  start(customer: number, at: number): void;
  finish(customer: number, at: number): void;
  /** A called customer does not come and is given up. */
  leave(customer: number, at: number): void;
  /** The teller of a held, free counter has the reserved customer fetched. */
  fetch(counter: number, at: number): void;
  open(counter: number, at: number): void;
  close(counter: number, at: number): void;
  pass(at: number): void;
  /** What staff do without this product; only where the baselines are played. */
  readonly byHand?: ByHand;
  /** The next instant after `now` at which time alone may change something; Infinity when there is none. */
  nextMoment(now: number): number;
  stageOf(customer: number): Stage;
  /** Overtakes with love windows counted, where the hall counts them. */
  passedOf?(customer: number): number | undefined;
  /** As the choices read it, now. */
  floor(): Floor;
}
