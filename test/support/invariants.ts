import { evolve } from '../../src/lobby/evolve.js';
import type { LobbyEvent, Occurrence } from '../../src/lobby/events.js';
import { emptyState, type LobbyState, type Visit } from '../../src/lobby/state.js';
import { Reckoning, type SeenVisit } from './reckoning.js';
import { tell } from './telling.js';

const fail = (rule: string, why: string): never => {
  throw new Error(`[${rule}] ${why}`);
};

const presentOf = (state: LobbyState): Visit[] =>
  Object.values(state.visits).filter((visit) => visit.stage.status !== 'ended');

/**
 * Watches a branch's log and checks L1–L16 of the SPEC on every event, at the very moment of a call or a
 * hold. What it weighs is its own reckoning; the core's fold is only held against it and against itself.
 */
export class Witness {
  readonly #state = emptyState('main');
  readonly #seen = new Reckoning();
  #at = 0;
  /** Episodes moved within the present command: their new hold is not a new one [L7]. */
  #moving = new Set<string>();

  /** Events of one command. */
  see(occurrences: readonly Occurrence[]): void {
    this.#moving = new Set();
    const first = occurrences[0];
    if (first && first.at <= this.#at) fail('L2', 'time does not increase');
    for (const occurrence of occurrences) {
      this.#before(occurrence.event, occurrence.at);
      const serving = this.#serving();
      tell(this.#seen, structuredClone(occurrence.event), occurrence);
      evolve(this.#state, structuredClone(occurrence));
      this.#after(occurrence.event, serving);
    }
    this.#at = first?.at ?? this.#at;
    this.#settled();
  }

  #serving(): Map<string, string> {
    return new Map(
      presentOf(this.#state).flatMap((visit) =>
        visit.stage.status === 'serving' ? [[visit.id, visit.stage.counterId]] : [],
      ),
    );
  }

  #before(event: LobbyEvent, at: number): void {
    const state = this.#state;
    if (event.type === 'CounterReleased') this.#moving.add(event.episodeId);
    if (event.type === 'CounterHeld') this.#checkHold(event, at);
    if (event.type === 'VisitCalled') this.#checkCall(event, at);
    if (event.type === 'VisitIssued' && state.visits[event.visitId]) fail('L1', 'a visit id was given twice');
  }

  #checkHold(event: Extract<LobbyEvent, { type: 'CounterHeld' }>, at: number): void {
    const seen = this.#seen;
    const [counter, visit] = [seen.counter(event.counterId), seen.visit(event.visitId)];
    if (counter.heldFor !== undefined) fail('L7', 'a counter is held twice');
    if (!seen.isOpen(counter)) fail('L11', 'a hold begins at a counter that takes no calls');
    if (!seen.covers(counter, visit)) fail('L3', 'a hold begins at a counter that cannot serve');
    const owed = seen.waitingFor(counter).some((other) => !other.flag && seen.isProtected(other, at));
    if (counter.owes && owed) fail('L7', 'a second hold began before a protected normal was called');
    if (this.#moving.has(event.episodeId)) return;
    const open = seen.open();
    const held = [...seen.counters.values()].filter(({ heldFor }) => heldFor !== undefined).length;
    if (held >= Math.max(1, Math.floor(open.length / 3)))
      fail('L7', `${String(held)} held of ${String(open.length)} open`);
    if (open.length >= 2 && open.filter(({ heldFor }) => heldFor === undefined).length < 2)
      fail('L7', 'no counter stays for normals');
  }

  #checkCall(event: Extract<LobbyEvent, { type: 'VisitCalled' }>, at: number): void {
    const seen = this.#seen;
    const [counter, visit] = [seen.counter(event.counterId), seen.visit(event.visitId)];
    const reserved = counter.heldFor === visit.id;
    if (counter.visitId !== undefined) fail('L2', 'a counter has two visits');
    if (visit.status !== 'waiting' && visit.status !== 'reserved')
      fail('L2', `a ${visit.status} visit is called`);
    if (!seen.covers(counter, visit)) fail('L3', 'a visit is called where it cannot be served');
    if (counter.heldFor !== undefined && !reserved) fail('L4', 'a held counter called a normal visit');
    if (visit.status === 'reserved' && !reserved) fail('L5', 'a reserved visit is called elsewhere');
    if (!reserved && !seen.isOpen(counter)) fail('L11', 'a counter that takes no calls got one');
    if (event.quiet !== (visit.flag !== undefined))
      fail('L14', 'a flagged visit is called aloud, or a normal one quietly');
    const overtook = seen.isExempt(event) ? [] : seen.overtakenBy(event);
    if (JSON.stringify([...event.overtook].sort()) !== JSON.stringify(overtook.sort()))
      fail('L8', `${visit.ticket} overtook ${overtook.join(' ')}, not ${event.overtook.join(' ')}`);
    if (!seen.isExempt(event)) this.#checkTurn(event, at);
  }

  /** Whose turn it was, where neither a love window nor staff named the visit. */
  #checkTurn(event: Extract<LobbyEvent, { type: 'VisitCalled' }>, at: number): void {
    const seen = this.#seen;
    const [counter, visit] = [seen.counter(event.counterId), seen.visit(event.visitId)];
    const others = seen.waitingFor(counter).filter(({ id }) => id !== visit.id);
    const due = others.filter(({ place }) => place <= at);
    if (seen.isKeptFor(counter, visit, at))
      fail('P-27', `${visit.ticket} is called where a rule leaves it to others`);
    const candidates = seen.candidates(counter, at);
    const capped = seen.settings.mode === 'recommended' && seen.vipRun >= seen.settings.vipCap;
    const ordinary = candidates.some(({ tier, flag }) => tier === 0 && !flag);
    const allowed = candidates.filter(({ tier, flag }) => !capped || !ordinary || tier === 0 || flag);
    const inBand = seen.keepsBand && candidates.some((each) => seen.isProtected(each, at));
    if (!inBand && !seen.firstOf(allowed, at).includes(visit))
      fail('P-26', `${visit.ticket} is called before those who waited too long`);
    const turn = seen.turnAt(counter, at);
    if (turn && !seen.isOf(visit, turn.of))
      fail('P-25', `${visit.ticket} is called when it is the turn of ${turn.of}`);
    if (seen.keepsBand && !seen.isProtected(visit, at)) {
      const band = due.filter((other) => seen.isProtected(other, at));
      // Among flagged ones the order of their flags goes first [L10].
      const forOneOfThem = visit.flag && band.some((other) => seen.kindOf(other) === seen.kindOf(visit));
      if (band.length > 0 && !forOneOfThem)
        fail('L8', `${visit.ticket} is called before a visit of the protected band`);
    }
    if (seen.settings.mode === 'recommended' && !seen.isProtected(visit, at)) {
      const isNormal = ({ tier, flag }: SeenVisit): boolean => tier === 0 && !flag;
      const may = seen.mayCall(counter, at);
      const couldHave = due.some((other) => isNormal(other) && may.includes(other));
      if (visit.tier > 0 && !visit.flag && couldHave && seen.vipRun >= seen.settings.vipCap)
        fail('P-3', `${visit.ticket} is one VIP too many in a row`);
    }
    if (seen.isLeftToOthers(counter, visit, at))
      fail('P-4', `${visit.ticket} takes a counter that others may want`);
    const order = (each: SeenVisit): number => each.flag?.at ?? each.place;
    const earlier = others.find(
      (other) =>
        seen.kindOf(other) === seen.kindOf(visit) &&
        !other.moved &&
        !visit.moved &&
        order(other) < order(visit),
    );
    if (earlier) fail('L10', `${visit.ticket} is called before ${earlier.ticket}`);
  }

  #after(event: LobbyEvent, servingBefore: Map<string, string>): void {
    const state = this.#state;
    if (event.type === 'CounterHeld' || event.type === 'CounterPaused' || event.type === 'CounterPauseQueued')
      for (const [visitId, counterId] of servingBefore) {
        const stage = state.visits[visitId]?.stage;
        if (stage?.status !== 'serving' || stage.counterId !== counterId)
          fail('L4', 'a service was interrupted');
      }
    if (event.type === 'DayClosed') {
      if (Object.values(state.counters).some((counter) => counter.hold))
        fail('L6', 'a hold outlives the day');
      if (Object.keys(state.running).length > 0) fail('L6', 'an episode outlives the day');
      if (presentOf(state).length > 0) fail('L6', 'a visit outlives the day');
    }
    this.#consistent();
  }

  /** L1 and L2 after every single event. */
  #consistent(): void {
    const state = this.#state;
    const { issued, ...ended } = state.counts;
    const endedCount = Object.values(ended).reduce((sum, count) => sum + count, 0);
    const present = presentOf(state);
    if (issued !== present.length + endedCount)
      fail('L1', `issued ${String(issued)} ≠ ${String(present.length)} + ${String(endedCount)}`);
    if (Object.keys(state.present).length !== present.length)
      fail('L1', 'the list of present visits is wrong');
    const at = new Map<string, string>();
    for (const visit of present) {
      const { stage } = visit;
      if (stage.status !== 'called' && stage.status !== 'serving') continue;
      if (at.has(stage.counterId)) fail('L2', 'two visits at one counter');
      at.set(stage.counterId, visit.id);
    }
    for (const counter of Object.values(state.counters))
      if (counter.visitId !== at.get(counter.id)) fail('L2', `counter ${counter.id} and its visit disagree`);
    for (const { id, ticket, overtaken } of present)
      if (overtaken !== this.#seen.visit(id).overtaken)
        fail('L8', `${ticket} counts as overtaken ${String(overtaken)} times`);
    for (const { id, turn = 0 } of Object.values(state.counters))
      if (turn !== this.#seen.counter(id).turn) fail('P-25', `${id} stands at call ${String(turn)}`);
    if (state.vipRun !== this.#seen.vipRun) fail('P-3', `${String(state.vipRun)} VIPs in a row`);
  }

  /** What must hold once a command is done. */
  #settled(): void {
    const state = this.#state;
    if (state.phase !== 'open') return;
    const tasks = Object.values(state.tasks);
    const seen = this.#seen;
    for (const visit of seen.waiting()) {
      if (seen.open().some((counter) => seen.covers(counter, visit))) continue;
      const told = tasks.some(
        (task) =>
          task.kind === 'noCounter' &&
          (task.visitId ? task.visitId === visit.id : task.serviceId === visit.services[0]),
      );
      if (!told) fail('L11', `nobody open can serve ${visit.ticket} and nobody was told`);
    }
    for (const visit of Object.values(state.visits)) {
      const care = tasks.filter((task) => task.kind === 'care' && task.visitId === visit.id).length;
      if (care > 1) fail('L15', 'two care tasks for one visit');
      const { stage } = visit;
      if (care > 0 && (stage.status === 'called' || stage.status === 'serving' || stage.status === 'ended'))
        fail('L15', `a care task for a ${stage.status} visit`);
      if (stage.status === 'reserved' && state.counters[stage.counterId]?.hold?.episodeId !== stage.episodeId)
        fail('L6', 'a reserved visit without its hold');
    }
    for (const counter of Object.values(state.counters))
      if (counter.hold && !state.running[counter.hold.episodeId])
        fail('L6', 'a hold without a running episode');
    this.idle(seen.at);
  }

  /** [L9] at `now` (UTC ms), which may be later than the last event: time alone changes whom a counter may call. */
  idle(now: number): void {
    const seen = this.#seen;
    if (this.#state.phase !== 'open' || !seen.settings.autoCall) return;
    for (const counter of seen.open())
      if (counter.visitId === undefined && counter.heldFor === undefined)
        for (const visit of seen.mayCall(counter, now))
          fail('L9', `${counter.id} is free while ${visit.ticket} waits for it`);
  }
}
