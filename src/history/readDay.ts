import type { Occurrence } from '../lobby/events.js';
import type { Entry } from './entry.js';
import type { LearntDay } from './keptDay.js';
import { arrivalEvents, pastDayOf } from './pastDay.js';
import { ServiceTimes } from './serviceTimes.js';

/** All that is learnt of a day, in one reading of its log. */
export class ReadDay {
  readonly #times = new ServiceTimes();
  readonly #arrivals: Occurrence[] = [];

  see(entry: Entry): void {
    this.#times.see(entry);
    if (arrivalEvents.includes(entry.event.type)) this.#arrivals.push(entry);
  }

  get over(): boolean {
    return this.#times.over;
  }

  /** Of what was seen so far. */
  says(): LearntDay {
    return { services: this.#times.times(), arrivals: pastDayOf(this.#arrivals) };
  }
}
