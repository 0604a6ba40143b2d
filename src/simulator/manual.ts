import type { Customer } from '../model/arrivals.js';
import { chanceOf } from '../model/chance.js';
import branchDay from '../model/branch-day.json' with { type: 'json' };
import type { Agenda } from './agenda.js';
import type { ByHand, Hall } from './hall.js';

const MINUTE = 60_000;
const resumeMean = branchDay.assumptions.manualResumeDelayMinutes.mean;

/** What a window kept free by hand needs of the day around it. */
export interface Around {
  readonly agenda: Agenda;
  readonly customers: readonly Customer[];
  readonly openAllDay: readonly number[];
  /** Index of the window that carries the sign. */
  readonly fixed: number;
  /** Minutes in which a kept window serves nobody, told as they end. */
  idle(minutes: number): void;
}

interface Kept {
  queue: number[];
  /** Somebody walks to it or is served there. */
  taken: boolean;
  /** Since when nobody is in service there, UTC ms; undefined while somebody is. */
  idleSince: number | undefined;
  /** Grows with each use, so that an older resumption does nothing. */
  uses: number;
}

/**
 * The love window as branches run it without this product: calls to the fixed window are stopped by hand when
 * somebody needs it, the customer walks there once it is free and is served, and some time later somebody remembers to
 * go on calling. A service that the fixed window does not do goes to the first that does.
 */
export class ManualWindows {
  readonly #kept = new Map<number, Kept>();
  readonly #hand: ByHand;
  readonly #received = new Set<number>();

  constructor(
    readonly hall: Hall,
    readonly around: Around,
  ) {
    if (!hall.byHand) throw new Error('this hall is not run by hand');
    this.#hand = hall.byHand;
  }

  receive(customer: number, at: number): void {
    const who = this.#who(customer);
    this.#hand.receive(customer, who);
    this.#received.add(customer);
    const counter = [this.around.fixed, ...this.around.openAllDay].find((each) =>
      this.#hand.canServe(each, customer),
    );
    if (counter === undefined) throw new Error(`no window does ${who.serviceId}`);
    const before = this.#kept.get(counter);
    if (before) {
      before.queue.push(customer);
      this.hall.pass(at);
      this.#goOn(counter, before, at);
      return;
    }
    this.#hand.pause(counter, at);
    const busy = this.hall.floor().counters[counter]?.busy === true;
    const kept = { queue: [customer], taken: false, idleSince: busy ? undefined : at, uses: 0 };
    this.#kept.set(counter, kept);
    if (!busy) this.#goOn(counter, kept, at);
  }

  hasBrought(customer: number): boolean {
    return this.#received.has(customer);
  }

  /** A service has ended at the counter. */
  free(counter: number, at: number): void {
    const kept = this.#kept.get(counter);
    if (!kept) return;
    const forced = kept.taken;
    kept.taken = false;
    kept.idleSince = at;
    if (kept.queue.length > 0) this.#goOn(counter, kept, at);
    else if (forced) this.#resumeLater(counter, kept, at);
  }

  started(counter: number, at: number): void {
    const kept = this.#kept.get(counter);
    if (kept?.idleSince === undefined) return;
    this.around.idle((at - kept.idleSince) / MINUTE);
    kept.idleSince = undefined;
  }

  #goOn(counter: number, kept: Kept, at: number): void {
    const [next] = kept.queue;
    if (next === undefined || kept.taken || kept.idleSince === undefined) return;
    kept.queue.shift();
    kept.taken = true;
    kept.uses += 1;
    this.around.agenda.put(at + Math.round(this.#who(next).walkMinutes * MINUTE), (there) => {
      this.#hand.bring(next, counter, there);
    });
  }

  #resumeLater(counter: number, kept: Kept, at: number): void {
    const use = kept.uses;
    const remembered = chanceOf(at).exponential(resumeMean);
    this.around.agenda.put(at + Math.round(remembered * MINUTE), (then) => {
      if (kept.uses !== use || kept.queue.length > 0) {
        this.hall.pass(then);
        return;
      }
      this.#kept.delete(counter);
      this.around.idle((then - (kept.idleSince ?? then)) / MINUTE);
      this.#hand.resume(counter, then);
    });
  }

  #who(customer: number): Customer {
    const who = this.around.customers[customer];
    if (!who) throw new Error(`no customer ${String(customer)}`);
    return who;
  }
}
