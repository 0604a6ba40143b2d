import { evolve } from '../../src/lobby/evolve.js';
import { isFree, isOpen } from '../../src/lobby/capability.js';
import type { LobbyEvent, Occurrence } from '../../src/lobby/events.js';
import { candidateOf, nextFor } from '../../src/lobby/next.js';
import { isProtected } from '../../src/lobby/calling.js';
import { emptyState, type Counter, type LobbyState, type Visit } from '../../src/lobby/state.js';

const fail = (rule: string, why: string): never => {
  throw new Error(`[${rule}] ${why}`);
};

const presentOf = (state: LobbyState): Visit[] =>
  Object.values(state.visits).filter((visit) => visit.stage.status !== 'ended');
const waitingOf = (state: LobbyState): Visit[] =>
  presentOf(state).filter((visit) => visit.stage.status === 'waiting');

/** [L3] in its own words, so that a fault in the core's capability check is seen here. */
function canServe(state: LobbyState, counter: Counter, visit: Visit): boolean {
  const wanted: Record<string, string> = {
    lowCounter: 'lowCounter',
    wheelchair: 'lowCounter',
    signLanguage: 'signLanguage',
    foreignLanguage: 'foreignLanguage',
  };
  const [serviceId] = visit.services;
  const service = state.setup?.services.find((each) => each.id === serviceId);
  const equipment = state.setup?.counters.find((each) => each.id === counter.id)?.equipment ?? [];
  const specialists = visit.specialists === 'erased' ? [] : visit.specialists;
  const has = [...equipment, ...(counter.teller?.skills ?? []), ...specialists];
  const needs = visit.flag && visit.flag.needs !== 'erased' ? visit.flag.needs : [];
  const wants = [...(service?.capabilities ?? []), ...needs.flatMap((need) => wanted[need] ?? [])];
  return (
    serviceId !== undefined &&
    counter.services.includes(serviceId) &&
    wants.every((each) => has.includes(each))
  );
}

const openFor = (state: LobbyState, visit: Visit): Counter[] =>
  Object.values(state.counters).filter((counter) => isOpen(counter) && canServe(state, counter, visit));

/**
 * Watches a branch's log and checks L1–L16 of the SPEC on every event. It folds its own state event by
 * event, so that it sees what was true at the very moment of a call or a hold.
 */
export class Witness {
  readonly #state = emptyState('main');
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
    const state = this.#state;
    const counters = Object.values(state.counters);
    const counter = state.counters[event.counterId] as Counter;
    const visit = state.visits[event.visitId] as Visit;
    if (counter.hold) fail('L7', 'a counter is held twice');
    if (!isOpen(counter)) fail('L11', 'a hold begins at a counter that takes no calls');
    if (!canServe(state, counter, visit)) fail('L3', 'a hold begins at a counter that cannot serve');
    const owed = waitingOf(state).some(
      (other) =>
        !other.flag &&
        canServe(state, counter, other) &&
        isProtected(candidateOf(state, other), settings(state), at),
    );
    if (counter.owesNormal && owed) fail('L7', 'a second hold began before a protected normal was called');
    if (this.#moving.has(event.episodeId)) return;
    const open = counters.filter(isOpen);
    const held = counters.filter((each) => each.hold).length;
    if (held >= Math.max(1, Math.floor(open.length / 3)))
      fail('L7', `${String(held)} held of ${String(open.length)} open`);
    if (open.length >= 2 && open.filter((each) => !each.hold).length - 1 < 1)
      fail('L7', 'no counter stays for normals');
  }

  #checkCall(event: Extract<LobbyEvent, { type: 'VisitCalled' }>, at: number): void {
    const state = this.#state;
    const counter = state.counters[event.counterId] as Counter;
    const visit = state.visits[event.visitId] as Visit;
    if (counter.visitId) fail('L2', 'a counter has two visits');
    if (visit.stage.status !== 'waiting' && visit.stage.status !== 'reserved')
      fail('L2', `a ${visit.stage.status} visit is called`);
    if (!canServe(state, counter, visit)) fail('L3', 'a visit is called where it cannot be served');
    const reserved = counter.hold && state.episodes[counter.hold.episodeId]?.visitId === visit.id;
    if (counter.hold && !reserved) fail('L4', 'a held counter called a normal visit');
    if (visit.stage.status === 'reserved' && !reserved) fail('L5', 'a reserved visit is called elsewhere');
    if (!counter.hold && !isOpen(counter)) fail('L11', 'a counter that takes no calls got one');
    if (event.quiet !== (visit.flag !== undefined))
      fail('L14', 'a flagged visit is called aloud, or a normal one quietly');
    if (reserved || event.named) return;
    const settingsNow = settings(state);
    const servable = waitingOf(state).filter((other) => canServe(state, counter, other));
    const inBand = (each: Visit): boolean => isProtected(candidateOf(state, each), settingsNow, at);
    if (settingsNow.mode === 'recommended') {
      const owed = servable.some((other) => !other.flag && other.overtaken >= settingsNow.overtakesToProtect);
      if (owed && !visit.flag && !inBand(visit)) fail('L8', 'a visit overtaken B times was passed over');
    }
    const group = candidateOf(state, visit).group;
    const order = (each: Visit): number => each.flag?.at ?? each.place;
    const earlier = servable.find(
      (other) =>
        candidateOf(state, other).group === group &&
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
  }

  /** What must hold once a command is done. */
  #settled(): void {
    const state = this.#state;
    if (state.phase !== 'open') return;
    const tasks = Object.values(state.tasks);
    for (const visit of waitingOf(state)) {
      if (openFor(state, visit).length > 0) continue;
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
    for (const counter of Object.values(state.counters)) {
      if (counter.hold && !state.running[counter.hold.episodeId])
        fail('L6', 'a hold without a running episode');
      if (settings(state).autoCall && isFree(counter) && nextFor(state, counter, state.at))
        fail('L9', `${counter.id} is free while a visit waits for it`);
    }
  }
}

function settings(state: LobbyState): NonNullable<LobbyState['setup']>['settings'] {
  return state.setup?.settings ?? fail('L16', 'the log does not carry the settings');
}
