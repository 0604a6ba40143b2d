import type { Ack } from '../protocol/commands.js';
import type { KioskView } from '../protocol/views.js';
import { arrivalsOf } from '../model/arrivals.js';
import type { Customer } from '../model/arrivals.js';
import type { BranchClock } from './branchClock.js';
import type { Floor } from './floor.js';
import { dateOf, localDay } from './localDay.js';
import type { Part, Send } from './player.js';
import type { Wish } from './wishes.js';

const MINUTE_MS = 60_000;
/** After a step of the clock those who came in between come now; after a longer one they have gone elsewhere. */
const PATIENCE_MINUTES = 30;
/** A demo is looked at on any day: weekends, less than half as busy in the table, are played like a Friday. */
const FRIDAY = 5;
export const workdayOf = (weekday: number): number => (weekday === 0 || weekday === 6 ? FRIDAY : weekday);
/** Refusals that pass: the customer taps again. */
const passing: readonly string[] = ['too-many', 'storage-unavailable', 'shutting-down'];

/** The day's customers with the code of their appointment; drawn once for each business date. */
export class Plan {
  #day = '';
  #customers: Customer[] = [];

  constructor(private readonly seed: number) {}

  /** @param day business date */
  customersOf(day: string): readonly Customer[] {
    if (day !== this.#day) {
      const { number, weekday } = dateOf(day);
      this.#customers = arrivalsOf(this.seed + number, workdayOf(weekday));
      this.#day = day;
    }
    return this.#customers;
  }

  codeOf(index: number): string {
    return String(1000 + index);
  }
}

/** Customers who come in, take a ticket or check in, and now and then ask for help. */
export class KioskPart implements Part<'kiosk'> {
  readonly audience = 'kiosk';
  #day = '';
  #next = 0;

  constructor(
    private readonly plan: Plan,
    private readonly floor: Floor,
    private readonly clock: BranchClock,
  ) {}

  wishes(view: KioskView, send: Send): Wish[] {
    const { day } = view;
    if (day === undefined || view.phase === 'closed') return [];
    const customers = this.plan.customersOf(day);
    const { midnight, minute } = localDay(this.clock.now(), view.timeZone);
    if (day !== this.#day) {
      this.#day = day;
      this.#next = 0;
      this.floor.clear();
      // Whoever sits down at noon doesn't let the morning's customers in.
      this.#skip(customers, minute - 1);
    }
    this.#skip(customers, minute - PATIENCE_MINUTES);
    const customer = customers[this.#next];
    if (customer === undefined) return [];
    const at = midnight + customer.at * MINUTE_MS;
    return [{ key: `${day} ${this.#next}`, at, act: () => this.#come(customer, send) }];
  }

  #skip(customers: readonly Customer[], before: number): void {
    while ((customers[this.#next]?.at ?? Infinity) < before) this.#next += 1;
  }

  async #come(customer: Customer, send: Send): Promise<boolean> {
    const answer: Ack<'IssueTicket' | 'CheckIn'> | undefined = await this.#takeTicket(customer, send);
    if (answer === undefined || (!answer.ok && passing.includes(answer.code))) return false;
    this.#next += 1;
    if (!answer.ok) return true;
    const { visitId } = answer.result;
    this.floor.enter(visitId, customer);
    if (customer.special?.asks === true) await send({ type: 'RequestHelp', place: 'kiosk', visitId });
    return true;
  }

  async #takeTicket(customer: Customer, send: Send): Promise<Ack<'IssueTicket' | 'CheckIn'> | undefined> {
    const { serviceId, tier, booked } = customer;
    if (booked !== undefined) {
      const answer = await send({ type: 'CheckIn', code: this.plan.codeOf(this.#next) });
      if (answer?.ok !== false || answer.code !== 'unknown-appointment') return answer;
    }
    const { reception } = this.floor;
    // A kiosk knows nobody: who is a VIP is said by the lobby manager, who then gives the ticket.
    if (tier > 0 && reception) return reception({ type: 'IssueTicket', serviceIds: [serviceId], tier });
    return send({ type: 'IssueTicket', serviceIds: [serviceId] });
  }
}
