import type { Agenda } from './agenda.js';
import type { Hall } from './hall.js';

const MINUTE = 60_000;

/** Who opens and closes counters during the day. */
export interface Staffing {
  /** Indexes of the counters that are open from the beginning. */
  readonly from: readonly number[];
  /** Asked every minute from the opening on. */
  look?(hall: Hall, at: number, staff: StaffActs): void;
}

export interface StaffActs {
  /** Minutes after midnight. */
  readonly minute: number;
  /** Customers who have come so far. */
  readonly come: number;
  /** Customers with a counter held for them who are not called yet. */
  readonly reserved: number;
  /** Elastic counters asked for and not ready yet. */
  readonly pending: number;
  /** Asked for or open. */
  isAsked(counter: number): boolean;
  /** Minutes since it was ready; 0 before. */
  openFor(counter: number): number;
  /** Asks for a counter, which takes its time; `prepared` ones are ready at once. */
  ask(counter: number, prepared?: boolean): void;
  close(counter: number): void;
}

/** Tellers of elastic counters: how long they were asked for, and how often. */
export class Staff implements StaffActs {
  minute = 0;
  come = 0;
  reserved = 0;
  readonly #asked = new Set<number>();
  readonly #since = new Map<number, number>();
  readonly #closing = new Set<number>();
  #minutes = 0;
  #openings = 0;
  #now = 0;

  constructor(
    readonly hall: Hall,
    readonly agenda: Agenda,
    readonly staffing: Staffing,
    readonly readyAfter: number,
  ) {}

  get watches(): boolean {
    return this.staffing.look !== undefined;
  }

  get pending(): number {
    return this.#asked.size;
  }

  open(at: number): void {
    for (const counter of this.staffing.from)
      this.agenda.put(at, (then) => {
        this.hall.open(counter, then);
      });
  }

  look(at: number, minute: number): void {
    this.#now = at;
    this.minute = minute;
    this.hall.pass(at);
    this.staffing.look?.(this.hall, at, this);
  }

  isAsked(counter: number): boolean {
    return this.#asked.has(counter) || this.#since.has(counter);
  }

  openFor(counter: number): number {
    return (this.#now - (this.#since.get(counter) ?? this.#now)) / MINUTE;
  }

  ask(counter: number, prepared = false): void {
    this.#asked.add(counter);
    this.#openings += 1;
    this.agenda.put(this.#now + (prepared ? 0 : this.readyAfter * MINUTE), (at) => {
      this.#asked.delete(counter);
      this.#since.set(counter, at);
      this.hall.open(counter, at);
    });
  }

  close(counter: number): void {
    this.#closing.add(counter);
    this.agenda.put(this.#now, (at) => {
      this.hall.close(counter, at);
      if (this.hall.floor().counters[counter]?.busy !== true) this.freed(counter, at);
    });
  }

  /** Nobody is at the counter any more: a closing one is left. */
  freed(counter: number, at: number): void {
    if (!this.#closing.delete(counter)) return;
    this.#minutes += (at - (this.#since.get(counter) ?? at)) / MINUTE;
    this.#since.delete(counter);
  }

  /** The day is over. */
  sumUp(at: number): { elasticMinutes: number; openings: number } {
    for (const since of this.#since.values()) this.#minutes += (at - since) / MINUTE;
    return { elasticMinutes: this.#minutes, openings: this.#openings };
  }
}
