import type { Customer } from '../model/arrivals.js';
import { strangersMinutes } from '../model/arrivals.js';
import type { Chance } from '../model/chance.js';
import type { Send } from './player.js';

const STRANGERS_WALK = 0.4;

/**
 * The people in the lobby. A system knows their tickets only; how fast somebody walks or how long a window will
 * take shows when they stand there, and players learn it here, as tellers see who comes to the window.
 */
export class Floor {
  readonly #customers = new Map<string, Customer>();
  readonly #strangers = new Map<string, number>();
  readonly #arrived = new Set<string>();

  /** The lobby manager's desk, who gives a VIP the ticket; absent until somebody sits there. */
  reception: Send | undefined;

  constructor(private readonly chance: Chance) {}

  enter(visitId: string, customer: Customer): void {
    this.#customers.set(visitId, customer);
  }

  /** Undefined for those who took their ticket by another hand than the players'. */
  who(visitId: string): Customer | undefined {
    return this.#customers.get(visitId);
  }

  /** Visit ids of everybody in the lobby who needs support. */
  *inNeed(): Iterable<[visitId: string, customer: Customer & { special: NonNullable<Customer['special']> }]> {
    for (const [visitId, customer] of this.#customers)
      if (customer.special) yield [visitId, { ...customer, special: customer.special }];
  }

  /** Minutes that this visit's present service takes. */
  serviceMinutes(visitId: string, serviceId: string): number {
    const known = this.#customers.get(visitId);
    if (known?.serviceId === serviceId) return known.serviceMinutes;
    const key = `${visitId}/${serviceId}`;
    const minutes = this.#strangers.get(key) ?? strangersMinutes(serviceId, this.chance);
    this.#strangers.set(key, minutes);
    return minutes;
  }

  walkMinutes(visitId: string): number {
    return this.#customers.get(visitId)?.walkMinutes ?? STRANGERS_WALK;
  }

  /** The manager has brought the customer to the window. */
  bring(visitId: string): void {
    this.#arrived.add(visitId);
  }

  isThere(visitId: string): boolean {
    return this.#arrived.has(visitId);
  }

  /** In the evening everybody has gone. */
  clear(): void {
    this.#customers.clear();
    this.#strangers.clear();
    this.#arrived.clear();
  }
}
