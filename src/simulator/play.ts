import { bindingNeeds } from '../protocol/vocabulary.js';
import type { Customer, Special } from '../model/arrivals.js';
import { Agenda } from './agenda.js';
import type { Hall, Told } from './hall.js';
import { ManualWindows } from './manual.js';
import { Staff, type Staffing } from './staff.js';

const MINUTE = 60_000;
const OPENS = 8 * 60;

/** One customer's day in minutes after midnight; absent where it did not come to that. */
export interface Row {
  arrivedAt: number;
  calledAt?: number;
  startedAt?: number;
  endedAt?: number;
  counter?: number;
  /** A counter was held for the customer. */
  held?: true;
  /** Overtakes as in L8, love windows counted too; only where the hall counts them. */
  passed?: number;
}

export interface Played {
  rows: Row[];
  /** Minutes in which a counter was kept free and nobody was in service there. */
  heldIdle: number;
  /** Minutes that elastic counters were staffed, and how often they were opened. */
  elasticMinutes: number;
  openings: number;
}

const needsWindow = ({ needs }: Special): boolean =>
  needs.some((need) => (bindingNeeds as readonly string[]).includes(need));

/** How people behave. */
export interface Habits {
  /** Minutes until a called customer who does not come is given up. */
  givenUpAfter: number;
  /** Minutes until an elastic counter that was asked for is ready. */
  readyAfter: number;
  /**
   * What is done for those who need support: nothing, a flag and no more, our love window, or a window kept free
   * by hand.
   */
  special: 'noPriority' | 'flag' | 'loveWindow' | { byHandAt: number };
}

export const usualHabits: Habits = { givenUpAfter: 1, readyAfter: 6, special: 'loveWindow' };

/**
 * Lives one day in a hall: customers come, walk, are served and go; tellers call and fetch at once; the lobby manager
 * flags who needs it, confirms, and walks with them as soon as a counter is held. The hall decides everything else.
 */
export class Day {
  readonly rows: Row[];
  readonly #agenda = new Agenda();
  readonly #hall: Hall;
  readonly #staff: Staff;
  readonly #manual: ManualWindows | undefined;
  /** What happened during an act is answered after it, when the hall has come to rest. */
  readonly #happened: (() => void)[] = [];
  /** UTC ms at which a customer stands at the window; undefined until the walk begins. */
  readonly #there: (number | undefined)[] = [];
  /** Held counters in which nobody is in service, since when (UTC ms). */
  readonly #idleSince = new Map<number, number>();
  #heldIdle = 0;
  #now: number;
  #left: number;

  /**
   * @param customers in the order in which they come
   * @param midnight UTC ms, the zero of their minutes
   * @param make the hall, which tells the day what happens in it
   */
  constructor(
    readonly customers: readonly Customer[],
    readonly midnight: number,
    make: (told: Told) => Hall,
    staffing: Staffing,
    readonly habits: Habits = usualHabits,
  ) {
    this.rows = customers.map(({ at }) => ({ arrivedAt: at }));
    this.#left = customers.length;
    this.#now = midnight + (OPENS - 60) * MINUTE;
    this.#hall = make({
      called: (customer, counter) =>
        this.#happened.push(() => {
          this.#called(customer, counter);
        }),
      held: (customer, counter) =>
        this.#happened.push(() => {
          this.#held(customer, counter);
        }),
    });
    this.#staff = new Staff(this.#hall, this.#agenda, staffing, habits.readyAfter);
    if (typeof habits.special === 'object')
      this.#manual = new ManualWindows(this.#hall, {
        agenda: this.#agenda,
        customers,
        openAllDay: staffing.from,
        fixed: habits.special.byHandAt,
        idle: (minutes) => {
          this.#heldIdle += minutes;
        },
      });
  }

  play(): Played {
    this.#staff.open(this.#now);
    this.#comes(0);
    if (this.#staff.watches)
      this.#agenda.put(this.midnight + OPENS * MINUTE, (at) => {
        this.#everyMinute(at);
      });
    while (this.#left > 0) {
      const moment = this.#hall.nextMoment(this.#now);
      const passes = moment < this.#agenda.next;
      this.#now = Math.max(this.#now + 1, passes ? moment : this.#agenda.next);
      if (passes) this.#hall.pass(this.#now);
      else this.#agenda.take()(this.#now);
      for (const answer of this.#happened.splice(0)) answer();
    }
    const { elasticMinutes, openings } = this.#staff.sumUp(this.#now);
    for (const [customer, row] of this.rows.entries()) {
      const passed = this.#hall.passedOf?.(customer);
      if (passed !== undefined) row.passed = passed;
    }
    return { rows: this.rows, heldIdle: this.#heldIdle, elasticMinutes, openings };
  }

  #everyMinute(at: number): void {
    this.#staff.look(at, (at - this.midnight) / MINUTE);
    if (this.#left > 0)
      this.#agenda.put(at + MINUTE, (next) => {
        this.#everyMinute(next);
      });
  }

  #comes(customer: number): void {
    const who = this.customers[customer];
    if (!who) return;
    const due = this.midnight + Math.round(who.at * MINUTE);
    this.#agenda.put(due, (at) => {
      this.#comes(customer + 1);
      this.#staff.come += 1;
      const { special } = who;
      const priority = special !== undefined && this.habits.special !== 'noPriority';
      // Who cannot go to any window waits at the door for the lobby manager; the others take a ticket.
      const waits = priority && needsWindow(special);
      if (waits) this.#hall.pass(at);
      else this.#hall.arrive(customer, who, due, at);
      if (priority)
        this.#agenda.put(this.#in(special.seenAfter), (seen) => {
          this.#met(customer, who, waits, seen);
        });
    });
  }

  /** The lobby manager has seen somebody who needs support. */
  #met(customer: number, who: Customer, atDoor: boolean, at: number): void {
    if (!atDoor && this.#hall.stageOf(customer) !== 'waiting') {
      this.#hall.pass(at);
      return;
    }
    if (this.#manual) {
      this.#manual.receive(customer, at);
      return;
    }
    if (atDoor) this.#hall.arriveFlagged(customer, who, at);
    else this.#hall.flag(customer, at);
    if (this.habits.special !== 'loveWindow') return;
    this.#agenda.put(at, (then) => {
      if (this.#hall.stageOf(customer) === 'waiting') this.#hall.confirm(customer, then);
      else this.#hall.pass(then);
    });
  }

  #held(customer: number, counter: number): void {
    const row = this.#row(customer);
    const first = row.held !== true;
    row.held = true;
    if (first) this.#staff.reserved += 1;
    this.#countGivenBack();
    this.#agenda.put(this.#now, (at) => {
      if (this.#hall.stageOf(customer) === 'reserved') this.#hall.acknowledge(customer, counter, at);
      else this.#hall.pass(at);
    });
    if (first)
      this.#agenda.put(this.#now, (at) => {
        this.#hall.onTheWay(customer, at);
        this.#walkWith(customer);
      });
    this.#fetchIfHeld(counter);
  }

  /** A swap has given back a counter that stood idle. */
  #countGivenBack(): void {
    for (const counter of this.#idleSince.keys())
      if (this.#hall.floor().counters[counter]?.held !== true) this.#noLongerIdle(counter, this.#now);
  }

  #noLongerIdle(counter: number, at: number): void {
    const since = this.#idleSince.get(counter);
    if (since === undefined) return;
    this.#heldIdle += (at - since) / MINUTE;
    this.#idleSince.delete(counter);
  }

  #walkWith(customer: number): void {
    if (this.#there[customer] !== undefined) return;
    this.#agenda.put(this.#walks(customer), (at) => {
      if (this.#hall.stageOf(customer) === 'reserved') this.#hall.arrived(customer, at);
      else this.#hall.pass(at);
    });
  }

  /** Begins the walk and gives the time of its end. */
  #walks(customer: number): number {
    const there = this.#in(this.#who(customer).walkMinutes);
    this.#there[customer] = there;
    return there;
  }

  #fetchIfHeld(counter: number): void {
    if (!this.#isReady(counter)) return;
    this.#idleSince.set(counter, this.#now);
    this.#agenda.put(this.#now, (at) => {
      if (this.#isReady(counter)) this.#hall.fetch(counter, at);
      else this.#hall.pass(at);
    });
  }

  #isReady(counter: number): boolean {
    const post = this.#hall.floor().counters[counter];
    return post?.held === true && !post.busy;
  }

  #called(customer: number, counter: number): void {
    const row = this.#row(customer);
    row.calledAt = this.#minute(this.#now);
    row.counter = counter;
    if (row.held) this.#staff.reserved -= 1;
    if (this.#who(customer).leaves) {
      this.#agenda.put(this.#in(this.habits.givenUpAfter), (at) => {
        this.#hall.leave(customer, at);
        this.#freed(counter, at);
      });
      return;
    }
    // Somebody brought by hand stands there already.
    const brought = this.#manual?.hasBrought(customer) === true;
    if (this.#who(customer).special && !brought && !this.#idleSince.has(counter))
      this.#idleSince.set(counter, this.#now);
    const there = brought ? this.#now : (this.#there[customer] ?? this.#walks(customer));
    this.#agenda.put(there, (at) => {
      row.startedAt = this.#minute(at);
      this.#hall.start(customer, at);
      this.#noLongerIdle(counter, at);
      this.#manual?.started(counter, at);
      this.#agenda.put(this.#in(this.#who(customer).serviceMinutes), (end) => {
        row.endedAt = this.#minute(end);
        this.#hall.finish(customer, end);
        this.#freed(counter, end);
      });
    });
  }

  #freed(counter: number, at: number): void {
    this.#left -= 1;
    this.#staff.freed(counter, at);
    this.#manual?.free(counter, at);
    this.#fetchIfHeld(counter);
  }

  #in(minutes: number): number {
    return this.#now + Math.round(minutes * MINUTE);
  }

  #minute(at: number): number {
    return (at - this.midnight) / MINUTE;
  }

  #who(customer: number): Customer {
    const who = this.customers[customer];
    if (!who) throw new Error(`no customer ${String(customer)}`);
    return who;
  }

  #row(customer: number): Row {
    const row = this.rows[customer];
    if (!row) throw new Error(`no customer ${String(customer)}`);
    return row;
  }
}
