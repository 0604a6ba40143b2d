import type { DaySettings } from '../../protocol/settings.js';
import type { Tier } from '../../protocol/vocabulary.js';

/** What a choice may know of a visit. Times are UTC ms. */
export interface Candidate {
  readonly visitId: string;
  readonly ticket: string;
  /** The present service, and its zone. */
  readonly serviceId: string;
  readonly zone: string;
  readonly tier: Tier;
  /** Place in the line; in the future for an early appointment. */
  readonly place: number;
  /** Wait's begin for the present service. */
  readonly since: number;
  readonly overtaken: number;
  readonly appointment: boolean;
  readonly flaggedAt: number | undefined;
  /** Mean service time in minutes; undefined without a model. */
  readonly mean: number | undefined;
  /** The service is of a long class: complex or approval. */
  readonly long: boolean;
  /** Visits alike for L10: same service, class and binding needs. */
  readonly group: string;
}

/** What a choice may know of a counter. */
export interface Post {
  readonly id: string;
  /** Staffed and taking calls, whether or not it is held. */
  readonly open: boolean;
  readonly held: boolean;
  /** A visit is called or in service there. */
  readonly busy: boolean;
  readonly vip: boolean;
  readonly standing: boolean;
  /** How many capabilities it has, and how many services it takes. */
  readonly skills: number;
  readonly services: number;
  /** Its capabilities that a binding need can ask for, as bits of `capabilityBits`. */
  readonly rare: number;
  readonly freeSince: number;
  /** Where its next call stands in the cycle of the class ratio [P-25]. */
  readonly turn: number;
  /** A hold has ended here and no normal visit was called since [L7]. */
  readonly owesNormal: boolean;
}

/**
 * The lobby as the choices read it: whom to call, which counter to hold, where to swap to. The live state, a
 * simulated day and a forecast each show theirs in this form, so that all three choose by the same lines.
 */
export interface Floor<C extends Post = Post, V extends Candidate = Candidate> {
  readonly settings: DaySettings;
  readonly vipRun: number;
  /** In the order of the set-up, which breaks the last ties. */
  readonly counters: readonly C[];
  /** Waiting visits in the order they were issued. */
  readonly waiting: readonly V[];
  /** [L3] for the present service, whether or not the counter is open. */
  canServe(counter: C, visit: V): boolean;
  /** The same for all its remaining services. */
  canServeAll(counter: C, visit: V): boolean;
  /** Minutes until the counter is expected free; 0 when nobody is there, undefined without a basis. */
  remaining(counter: C, at: number): number | undefined;
}
