import type { Tier } from '../../protocol/vocabulary.js';
import type { Candidate, Post } from '../../lobby/choice/floor.js';

/** A service as numbers: what it takes to decide where it can be had and how long it lasts. */
export interface CompactService {
  readonly id: string;
  /** Minutes; undefined without a basis. */
  readonly mean: number | undefined;
  readonly cv: number;
  readonly long: boolean;
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
  needs = 0;
  group: string;
  /** Runs from the confirmation until the service ends. */
  inEpisode = false;
  onTheWayAt: number | undefined = undefined;
  arrivedAt: number | undefined = undefined;
  swap: true | undefined = undefined;
  counter: CompactCounter | undefined = undefined;
  startedAt = 0;
  readonly mean: number | undefined;
  readonly long: boolean;
  /** Tellers of a forward run answer. */
  readonly unanswered: readonly string[] = [];

  constructor(
    /** Order of issue, from 0. */
    readonly order: number,
    readonly visitId: string,
    readonly ticket: string,
    readonly tier: Tier,
    readonly appointment: boolean,
    /** Index of the present service. */
    readonly service: number,
    { id, mean, long }: CompactService,
  ) {
    this.mean = mean;
    this.long = long;
    this.group = `${id} ${String(tier)} ${appointment ? 'booked' : 'walk-in'}`;
  }
}

export class CompactCounter implements Post {
  open = false;
  held = false;
  busy = false;
  freeSince = 0;
  owesNormal = false;
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
}
