import type { Tier } from '../../protocol/vocabulary.js';
import type { Candidate, Post } from '../../lobby/choice/floor.js';

/** A service as numbers: what it takes to decide where it can be had and how long it lasts. */
export class CompactService {
  /** Alike visits of it [L10], by tier and booking; made once, for visits come by the thousand. */
  readonly #groups: readonly string[];

  constructor(
    readonly id: string,
    /** Minutes that it is expected to take; undefined without a basis. */
    readonly mean: number | undefined,
    readonly cv: number,
    readonly long: boolean,
    readonly zone: string,
    /** Minutes that calling goes by [P-23]. */
    readonly setMean = mean,
  ) {
    this.#groups = [0, 1, 2, 3].flatMap((tier) => [`${id} ${String(tier)}`, `${id} ${String(tier)} booked`]);
  }

  groupOf(tier: Tier, booked: boolean): string {
    return this.#groups[2 * tier + (booked ? 1 : 0)] ?? '';
  }
}

export type CompactStage = 'coming' | 'waiting' | 'reserved' | 'called' | 'serving' | 'gone';

/** A visit that a forward run moves on. Times are UTC ms; one object lives through the whole run. */
export class CompactVisit implements Candidate {
  stage: CompactStage = 'coming';
  place = 0;
  since = 0;
  overtaken = 0;
  /** The same with love windows counted, which L8 leaves out: for reports only. */
  passed = 0;
  flaggedAt: number | undefined = undefined;
  /** Capabilities that its binding needs ask for, as bits of `capabilityBits`. */
  needs = 0;
  group: string;
  /** Runs from the confirmation until the service ends. */
  inEpisode = false;
  onTheWayAt: number | undefined = undefined;
  arrivedAt: number | undefined = undefined;
  swap: true | undefined = undefined;
  counter: CompactCounter | undefined = undefined;
  startedAt = 0;
  /** What its teller said: the present service ends then. */
  markedUntil: number | undefined = undefined;
  /** Services after the present one, as indices. */
  next: readonly number[] = [];
  /** By index of counter, where a specialist makes more possible than its needs and the counters tell. */
  fits: readonly boolean[] | undefined = undefined;
  /** Counters whose teller did not answer; those of a forward run do. */
  unanswered: readonly string[] = [];
  readonly serviceId: string;
  readonly zone: string;
  readonly mean: number | undefined;
  readonly long: boolean;

  constructor(
    /** Order of issue, from 0. */
    readonly order: number,
    readonly visitId: string,
    readonly ticket: string,
    readonly tier: Tier,
    readonly appointment: boolean,
    /** Index of the present service. */
    readonly service: number,
    of: CompactService,
  ) {
    this.serviceId = of.id;
    this.zone = of.zone;
    this.mean = of.setMean;
    this.long = of.long;
    this.group = of.groupOf(tier, appointment);
  }

  /** From now on it ranks as flagged, and L10 compares it with its like only. */
  rankFlagged(at: number): void {
    this.flaggedAt = at;
    this.group += ` flagged ${String(this.needs)}`;
  }

  /** The same visit in a copy of its lobby, at `counter` there. */
  copy(order: number, of: CompactService, counter: CompactCounter | undefined): CompactVisit {
    const copy = new CompactVisit(
      order,
      this.visitId,
      this.ticket,
      this.tier,
      this.appointment,
      this.service,
      of,
    );
    copy.stage = this.stage;
    copy.place = this.place;
    copy.since = this.since;
    copy.overtaken = this.overtaken;
    copy.flaggedAt = this.flaggedAt;
    copy.needs = this.needs;
    copy.group = this.group;
    copy.inEpisode = this.inEpisode;
    copy.onTheWayAt = this.onTheWayAt;
    copy.arrivedAt = this.arrivedAt;
    copy.swap = this.swap;
    copy.counter = counter;
    copy.startedAt = this.startedAt;
    copy.markedUntil = this.markedUntil;
    copy.next = this.next;
    copy.fits = this.fits;
    copy.unanswered = this.unanswered;
    return copy;
  }
}

export class CompactCounter implements Post {
  open = false;
  held = false;
  busy = false;
  freeSince = 0;
  owesNormal = false;
  turn = 0;
  visit: CompactVisit | undefined = undefined;
  /** For whom it is held. */
  heldFor: CompactVisit | undefined = undefined;

  constructor(
    readonly id: string,
    readonly index: number,
    readonly vip: boolean,
    readonly standing: boolean,
    readonly skills: number,
    readonly services: number,
    readonly rare: number,
    /** By index of service: set to take it and capable of it. */
    readonly takes: readonly boolean[],
  ) {}

  /** The same counter, with nobody there and nobody expected. */
  copy(): CompactCounter {
    const { id, index, vip, standing, skills, services, rare, takes } = this;
    const copy = new CompactCounter(id, index, vip, standing, skills, services, rare, takes);
    copy.open = this.open;
    copy.held = this.held;
    copy.busy = this.busy;
    copy.freeSince = this.freeSince;
    copy.owesNormal = this.owesNormal;
    copy.turn = this.turn;
    return copy;
  }
}
