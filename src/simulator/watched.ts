import type { CompactCounter, CompactVisit } from '../forecast/compact/things.js';
import { idleIn, nextAt, protectsAt } from '../lobby/choice/next.js';
import { isProtected } from '../lobby/choice/pick.js';
import { keepsBand } from '../protocol/starvation.js';
import type { Customer } from '../model/arrivals.js';
import { bindingNeeds, capabilityFor, type BindingNeed } from '../protocol/vocabulary.js';
import type { BranchSetup } from '../protocol/settings.js';
import { CompactHall } from './compactHall.js';
import type { Told } from './hall.js';

const MINUTE = 60_000;

const fail = (rule: string, why: string): never => {
  throw new Error(`[${rule}] ${why}`);
};

/**
 * A hall that holds its day to the rules while it is played: what a compact lobby can break of L1–L11. It keeps its
 * own account of who is where; the tests hold the core itself to all of them.
 */
export class WatchedHall extends CompactHall {
  /** By counter, who was called there last, and for whom it is held. */
  readonly #calledTo = new Map<CompactCounter, CompactVisit>();
  readonly #heldFor = new Map<CompactCounter, CompactVisit>();
  readonly #called = new Set<CompactVisit>();

  constructor(
    setup: BranchSetup,
    told: Told,
    readonly customers: readonly Customer[],
  ) {
    super(setup, {
      called: (customer, counter, at) => {
        this.#checkCall(customer, counter, at);
        told.called(customer, counter, at);
      },
      held: (customer, counter, at) => {
        this.#checkHold(customer, counter, at);
        told.held(customer, counter, at);
      },
    });
  }

  /** Asked after every act, when the lobby has come to rest. */
  override nextMoment(now: number): number {
    for (const counter of idleIn(this.lobby)) {
      const { picked } = nextAt(this.lobby, counter, now);
      if (picked) fail('L9', `${counter.id} is free while ${picked.visit.ticket} waits for it`);
    }
    return super.nextMoment(now);
  }

  /** The day is over: everybody who came was called once and is gone, and no hold is left. */
  checkEnd(): void {
    for (const [customer] of this.customers.entries()) {
      const visit = this.visits[customer];
      if (visit?.stage !== 'gone') fail('L1', `customer ${String(customer)} is ${visit?.stage ?? 'missing'}`);
    }
    if (this.lobby.waiting.length > 0) fail('L1', 'somebody waits who is gone');
    if (this.lobby.counters.some(({ held }) => held)) fail('L6', 'a hold outlives the day');
  }

  #checkCall(customer: number, index: number, at: number): void {
    const { counter, visit } = this.#both(customer, index);
    const before = this.#calledTo.get(counter);
    if (before && before.stage !== 'gone') fail('L2', `${counter.id} has two visits`);
    if (this.#called.has(visit)) fail('L2', `${visit.ticket} is called twice`);
    this.#called.add(visit);
    this.#calledTo.set(counter, visit);
    this.#checkFit(customer, index);
    this.#dropReleased();
    const reservedBy = this.#heldFor.get(counter);
    if (reservedBy === visit) return;
    if (reservedBy) fail('L4', `${counter.id} is held and called ${visit.ticket}`);
    if ([...this.#heldFor.values()].includes(visit)) fail('L5', `${visit.ticket} is reserved elsewhere`);
    if (!counter.open) fail('L11', `${counter.id} takes no calls`);
    this.#checkTurn(counter, visit, at);
  }

  /** [L8, L10] among those who waited when the visit was called; the call itself has counted overtakes already. */
  #checkTurn(counter: CompactCounter, visit: CompactVisit, at: number): void {
    const { settings, waiting } = this.lobby;
    const order = (each: CompactVisit): number => each.flaggedAt ?? each.place;
    const rivals = waiting.filter((other) => other.place <= at && this.lobby.canServe(counter, other));
    const earlier = rivals.find((other) => other.group === visit.group && order(other) < order(visit));
    if (earlier) fail('L10', `${visit.ticket} is called before ${earlier.ticket}`);
    if (!keepsBand(settings) || isProtected(visit, settings, at)) return;
    const band = rivals.filter(
      ({ overtaken, place, since }) =>
        overtaken - (place < visit.place ? 1 : 0) >= settings.overtakesToProtect ||
        at - since >= settings.minutesToProtect * MINUTE,
    );
    // Who was flagged sooner takes the turn of one alike in the band [L10].
    const forOneOfThem = visit.flaggedAt !== undefined && band.some(({ group }) => group === visit.group);
    const [first] = band;
    if (first && !forOneOfThem)
      fail('L8', `${visit.ticket} is called before ${first.ticket} of the protected band`);
  }

  #checkHold(customer: number, index: number, at: number): void {
    const { counter, visit } = this.#both(customer, index);
    const { counters } = this.lobby;
    this.#dropReleased();
    if (this.#heldFor.has(counter)) fail('L7', `${counter.id} is held twice`);
    if (!counter.open) fail('L11', `a hold begins at ${counter.id}, which takes no calls`);
    this.#checkFit(customer, index);
    if (counter.owesNormal && protectsAt(this.lobby, counter, at))
      fail('L7', `${counter.id} is held again before a protected normal is called`);
    const swappedFrom = [...this.#heldFor].find(([, held]) => held === visit)?.[0];
    if (swappedFrom) this.#heldFor.delete(swappedFrom);
    else {
      const open = counters.filter((each) => each.open);
      const held = this.#heldFor.size;
      if (held >= Math.max(1, Math.floor(open.length / 3)))
        fail('L7', `${String(held)} are held of ${String(open.length)} open`);
      if (open.length >= 2 && open.every((each) => each === counter || this.#heldFor.has(each)))
        fail('L7', 'no counter stays for normals');
    }
    this.#heldFor.set(counter, visit);
  }

  /** [L3] by what the branch says, not by what the lobby makes of it. */
  #checkFit(customer: number, index: number): void {
    const who = this.customers[customer];
    const post = this.setup.counters[index];
    const service = this.setup.services.find(({ id }) => id === who?.serviceId);
    if (!who || !post || !service) return fail('L3', 'no such customer, counter or service');
    const binding = (who.special?.needs ?? []).filter((need): need is BindingNeed =>
      (bindingNeeds as readonly string[]).includes(need),
    );
    const wanted = [...service.capabilities, ...binding.map((need) => capabilityFor[need])];
    if (!post.services.includes(service.id) || wanted.some((each) => !post.equipment.includes(each)))
      fail('L3', `${post.id} cannot serve customer ${String(customer)}`);
  }

  #dropReleased(): void {
    for (const [counter, visit] of this.#heldFor) if (visit.stage === 'gone') this.#heldFor.delete(counter);
  }

  #both(customer: number, index: number): { counter: CompactCounter; visit: CompactVisit } {
    const counter = this.lobby.counters[index];
    const visit = this.visits[customer];
    if (!counter || !visit) return fail('L2', 'an unknown visit or counter');
    return { counter, visit };
  }
}
