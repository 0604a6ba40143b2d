import type { BranchSetup, DaySettings, Service } from '../../src/protocol/settings.js';
import type { RatioPart } from '../../src/protocol/vocabulary.js';
import type { LobbyEvent } from '../../src/lobby/events.js';

/** A visit as the log tells of it: what whoever stands in the lobby could have written down. */
export interface SeenVisit {
  id: string;
  ticket: string;
  tier: number;
  booked: boolean;
  services: string[];
  specialists: string[];
  flag?: { at: number; needs: string[] };
  place: number;
  since: number;
  moved: boolean;
  overtaken: number;
  status: 'waiting' | 'reserved' | 'called' | 'serving' | 'away' | 'ended';
  counterId?: string;
}

export interface SeenCounter {
  id: string;
  equipment: string[];
  services: string[];
  skills: string[];
  staffed: boolean;
  closing: boolean;
  paused: boolean;
  faulty: boolean;
  visitId?: string;
  heldFor?: string;
  /** Calls of the class ratio's cycle that are behind it. */
  turn: number;
  /** A hold has ended here and nobody was called aloud since. */
  owes: boolean;
}

/** Which equipment or skill covers a binding need; other needs bind nothing. */
const covering: Record<string, string> = {
  lowCounter: 'lowCounter',
  wheelchair: 'lowCounter',
  signLanguage: 'signLanguage',
  foreignLanguage: 'foreignLanguage',
};
export type EventOf<T extends LobbyEvent['type']> = Extract<LobbyEvent, { type: T }>;

/**
 * The lobby once more, in plain words and from the events alone, so that a fault in how the core weighs
 * coverage, overtaking or the protected band is not checked against itself. It shares no code with `src/lobby`.
 */
export class Reckoning {
  readonly visits = new Map<string, SeenVisit>();
  readonly counters = new Map<string, SeenCounter>();
  setup: BranchSetup | undefined;
  /** VIPs called in a row that a waiting normal visit could have had [P-3]. */
  vipRun = 0;
  at = 0;
  /** Visits as they were before each act that can be undone, by actor and command. */
  readonly before = new Map<string, SeenVisit>();

  get settings(): DaySettings {
    if (!this.setup) throw new Error('[L16] the log does not carry the settings');
    return this.setup.settings;
  }

  visit(id: string): SeenVisit {
    const visit = this.visits.get(id);
    if (!visit) throw new Error(`[L1] ${id} was never issued`);
    return visit;
  }

  counter(id: string): SeenCounter {
    const counter = this.counters.get(id);
    if (!counter) throw new Error(`[L2] there is no counter ${id}`);
    return counter;
  }

  service(id: string): Service {
    const service = this.setup?.services.find((each) => each.id === id);
    if (!service) throw new Error(`[V-3] there is no service ${id}`);
    return service;
  }

  /** [L3] The counter takes the present service, and everything asked for is there. */
  covers(counter: SeenCounter, visit: SeenVisit): boolean {
    const [present = ''] = visit.services;
    const there = [...counter.equipment, ...counter.skills, ...visit.specialists];
    const asked = [...this.service(present).capabilities, ...this.bindingOf(visit)];
    return counter.services.includes(present) && asked.every((each) => there.includes(each));
  }

  bindingOf(visit: SeenVisit): string[] {
    return (visit.flag?.needs ?? []).flatMap((need) => covering[need] ?? []);
  }

  /** Takes calls, held or not. */
  isOpen({ staffed, closing, paused, faulty }: SeenCounter): boolean {
    return staffed && !closing && !paused && !faulty;
  }

  open(): SeenCounter[] {
    return [...this.counters.values()].filter((counter) => this.isOpen(counter));
  }

  waiting(): SeenVisit[] {
    return [...this.visits.values()].filter(({ status }) => status === 'waiting');
  }

  waitingFor(counter: SeenCounter): SeenVisit[] {
    return this.waiting().filter((visit) => this.covers(counter, visit));
  }

  /** [P-2] Overtaken often enough, or waiting long enough for the present service. */
  isProtected(visit: SeenVisit, at: number): boolean {
    const { overtakesToProtect, minutesToProtect } = this.settings;
    return visit.overtaken >= overtakesToProtect || at - visit.since >= minutesToProtect * 60_000;
  }

  /** [P-2] Whether the mode calls the protected band before all others. */
  get keepsBand(): boolean {
    const { mode, protectedBand } = this.settings;
    return mode === 'recommended' || (mode === 'classRatio' && protectedBand !== false);
  }

  /** [P-25] The one class that counts for the ratio. */
  classOf({ flag, tier, booked }: SeenVisit): RatioPart {
    if (flag) return 'special';
    if (tier > 0) return `vip${tier as 1 | 2 | 3}`;
    return booked ? 'appointment' : 'normal';
  }

  /** [P-25] Whose turn it is at the counter, and where its cycle stands after; none where no cycle decides. */
  turnAt(counter: SeenCounter, at: number): { of: RatioPart; next: number } | undefined {
    const { mode, ratio = [] } = this.settings;
    const band = this.candidates(counter, at).some((visit) => this.isProtected(visit, at));
    const visits = this.firstOf(this.candidates(counter, at), at);
    if (mode !== 'classRatio' || (this.keepsBand && band)) return undefined;
    const calls = ratio.flatMap((step) => Array<RatioPart>(step.calls).fill(step.of));
    for (let i = 0; i < calls.length; i += 1) {
      const slot = (counter.turn + i) % calls.length;
      const of = calls[slot] ?? 'rest';
      if (visits.some((visit) => this.isOf(visit, of))) return { of, next: slot + 1 };
    }
    return undefined;
  }

  /** Whom the counter may be given now: the due ones, or else early bookings. */
  candidates(counter: SeenCounter, at: number): SeenVisit[] {
    const all = this.mayCall(counter, at);
    const due = all.filter(({ place }) => place <= at);
    return due.length > 0 ? due : all;
  }

  isOf(visit: SeenVisit, part: RatioPart): boolean {
    const named = (this.settings.ratio ?? []).map(({ of }) => of);
    return part === 'rest' ? !named.includes(this.classOf(visit)) : this.classOf(visit) === part;
  }

  /** [L10] Visits with the same words are alike. */
  kindOf(visit: SeenVisit): string {
    const needs = [...new Set(this.bindingOf(visit))].sort();
    return JSON.stringify([visit.services[0], visit.tier, visit.booked, visit.flag !== undefined, needs]);
  }

  /** [P-4] A long normal visit that this counter leaves to another, for the sake of who may want it. */
  isLeftToOthers(counter: SeenCounter, visit: SeenVisit, at: number): boolean {
    if (this.settings.mode !== 'recommended') return false;
    if (visit.flag || this.service(visit.services[0] ?? '').class === 'immediate') return false;
    if (this.isProtected(visit, at)) return false;
    const takesIt = (other: SeenCounter): boolean =>
      other.id !== counter.id &&
      other.heldFor === undefined &&
      !this.hasWhatNoOtherHas(other) &&
      this.covers(other, visit) &&
      !this.isKeptFor(other, visit, at, false);
    return this.hasWhatNoOtherHas(counter) && this.open().some(takesIt);
  }

  hasWhatNoOtherHas(counter: SeenCounter): boolean {
    const has = (each: SeenCounter, capability: string): boolean =>
      each.equipment.includes(capability) || each.skills.includes(capability);
    const others = this.open().filter(({ id }) => id !== counter.id);
    return ['lowCounter', 'signLanguage', 'foreignLanguage'].some(
      (rare) => has(counter, rare) && !others.some((other) => has(other, rare)),
    );
  }

  /**
   * [P-27, P-28] A visit that the branch's rules for this counter leave to another for now.
   *
   * @param scarce whether those that it leaves to others by P-4 are none of its quick ones
   */
  isKeptFor(counter: SeenCounter, visit: SeenVisit, at: number, scarce = true): boolean {
    if (visit.flag || (this.keepsBand && this.isProtected(visit, at))) return false;
    const [present = ''] = visit.services;
    const { overflows = [], quickCounters = [] } = this.settings;
    const helpsLater = overflows.some(
      ({ counterId, serviceId, seconds }) =>
        counterId === counter.id &&
        serviceId === present &&
        !this.waiting().some(
          ({ services, since }) => services[0] === present && at - since >= seconds * 1000,
        ),
    );
    const quick = quickCounters.find(({ counterId }) => counterId === counter.id);
    if (helpsLater || !quick) return helpsLater;
    const isQuick = (each: SeenVisit): boolean =>
      (this.service(each.services[0] ?? '').time?.mean ?? Infinity) <= quick.minutes;
    if (isQuick(visit)) return false;
    const quickWaits = (): boolean =>
      this.waitingFor(counter).some(
        (each) =>
          isQuick(each) &&
          each.place <= at &&
          !(scarce && this.isLeftToOthers(counter, each, at)) &&
          !this.isKeptFor(counter, each, at, scarce),
      );
    return quick.others === 'never' || quickWaits();
  }

  /** [P-26] Of these, those who go first because one of them has waited so long; all, where no rule applies. */
  firstOf(visits: readonly SeenVisit[], at: number): readonly SeenVisit[] {
    for (const { of, id, minutes } of this.settings.waitRules ?? []) {
      const own = visits.filter((visit) => {
        const { id: serviceId, zone } = this.service(visit.services[0] ?? '');
        return (of === 'service' ? serviceId : of === 'zone' ? zone : this.classOf(visit)) === id;
      });
      if (own.some(({ since }) => at - since >= minutes * 60_000)) return own;
    }
    return visits;
  }

  /** [L9] Waiting visits that the counter may be given, by whatever order. */
  mayCall(counter: SeenCounter, at: number): SeenVisit[] {
    return this.waitingFor(counter).filter(
      (visit) =>
        (visit.place <= at || this.settings.earlyAppointments) &&
        !this.isLeftToOthers(counter, visit, at) &&
        !this.isKeptFor(counter, visit, at),
    );
  }

  /** [L8] Who waits, was placed earlier, and could have been called to that counter instead. */
  overtakenBy(event: EventOf<'VisitCalled'>): string[] {
    const { place, id } = this.visit(event.visitId);
    return this.waitingFor(this.counter(event.counterId))
      .filter((other) => other.id !== id && other.place < place)
      .map((other) => other.id);
  }

  /** A call by a love window, or one that staff named: it overtakes nobody and counts no VIP. */
  isExempt({ counterId, visitId, named }: EventOf<'VisitCalled'>): boolean {
    return named !== undefined || this.counter(counterId).heldFor === visitId;
  }
}
