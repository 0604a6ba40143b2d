import type { RejectionCode } from '../../src/protocol/codes.js';
import type { BranchSetup, DaySettings } from '../../src/protocol/settings.js';
import type { Role } from '../../src/protocol/vocabulary.js';
import { decide } from '../../src/lobby/decide.js';
import { nextDeadline } from '../../src/lobby/deadlines.js';
import { evolve } from '../../src/lobby/evolve.js';
import type { EventType, LobbyEvent, Occurrence } from '../../src/lobby/events.js';
import type { Actor, AnyResult, CoreCommand, Decision } from '../../src/lobby/input.js';
import {
  emptyState,
  type Counter,
  type Episode,
  type LobbyState,
  type Visit,
} from '../../src/lobby/state.js';
import { branchTemplate } from '../../src/lobby/template.js';

/** 2026-03-02, a Monday, 00:00 in Shanghai. */
export const MIDNIGHT = Date.UTC(2026, 2, 1, 16);
export const DAY = '2026-03-02';
const MINUTE = 60_000;
const SECOND = 1_000;

export const actorOf = (role: Role, id: string, skills: string[] = []): Actor => ({
  id,
  role,
  name: id,
  skills,
  session: `${id}-session`,
});

export const manager = actorOf('lobbyManager', 'manager');
export const kiosk = actorOf('kiosk', 'kiosk');
export const system = actorOf('system', 'system');
/** The teller who signs on to counter `w3` is `t3`. */
export const tellerAt = (counterId: string): Actor => actorOf('teller', counterId.replace('w', 't'));

export function setupWith(settings: Partial<DaySettings> = {}, counterIds?: readonly string[]): BranchSetup {
  const copy = structuredClone(branchTemplate);
  return {
    ...copy,
    counters: counterIds ? copy.counters.filter((counter) => counterIds.includes(counter.id)) : copy.counters,
    settings: { ...copy.settings, ...settings },
  };
}

/**
 * A branch day on the real core, driven by hand. Branch time moves with `minutes` and `seconds`, which
 * run every deadline on the way as the runtime does; each command takes one millisecond.
 */
export class LobbyDay {
  readonly state: LobbyState = emptyState('main');
  readonly log: Occurrence[] = [];
  /** Called after each command that emitted something. */
  onEvents: (events: LobbyEvent[]) => void = () => undefined;
  #now: number;
  #commands = 0;
  /** Time of the last decision: what fell due after it has not been weighed yet. */
  #weighed = 0;
  /** Events of the latest command. */
  last: LobbyEvent[] = [];

  /** @param now UTC ms at which it begins; 09:00 */
  constructor(now = MIDNIGHT + 9 * 60 * MINUTE) {
    this.#now = now;
  }

  get now(): number {
    return this.#now;
  }

  try(command: CoreCommand, actor: Actor = manager, id?: string): Decision {
    this.#commands += 1;
    this.#now += 1;
    const decision = decide(this.state, {
      command,
      id: id ?? `c${String(this.#commands)}`,
      at: this.#now,
      actor,
      seed: String(this.#commands).padStart(16, '0'),
    });
    this.last = decision.ok ? decision.events : [];
    if (decision.ok) this.#weighed = this.#now;
    for (const event of this.last)
      this.log.push({
        event,
        at: this.#now,
        actorId: actor.id,
        commandId: id ?? `c${String(this.#commands)}`,
      });
    if (this.last.length > 0) this.onEvents(this.last);
    return decision;
  }

  do(command: CoreCommand, actor: Actor = manager, id?: string): AnyResult {
    const decision = this.try(command, actor, id);
    if (!decision.ok)
      throw new Error(`${command.type} was refused: ${decision.code} ${JSON.stringify(decision.params)}`);
    return decision.result;
  }

  refusal(command: CoreCommand, actor: Actor = manager): RejectionCode | undefined {
    const before = JSON.stringify(this.state);
    const decision = this.try(command, actor);
    if (decision.ok) return undefined;
    if (JSON.stringify(this.state) !== before)
      throw new Error(`${command.type} was refused but changed the state`);
    return decision.code;
  }

  open(setup: BranchSetup = setupWith()): this {
    this.do({ type: 'BeginDay', day: DAY, midnight: MIDNIGHT, setup, appointments: [] }, system);
    return this;
  }

  signOn(...counterIds: string[]): this {
    for (const counterId of counterIds) this.do({ type: 'SignOn', counterId }, tellerAt(counterId));
    return this;
  }

  /** Gives a ticket and returns the visit. */
  issue(serviceId = 'cash', tier: 0 | 1 | 2 | 3 = 0): Visit {
    const { visitId } = this.do({ type: 'IssueTicket', serviceIds: [serviceId], tier }, kiosk) as {
      visitId: string;
    };
    return this.visit(visitId);
  }

  visit(id: string): Visit {
    const visit = this.state.visits[id];
    if (!visit) throw new Error(`no visit ${id}`);
    return visit;
  }

  counter(id: string): Counter {
    const counter = this.state.counters[id];
    if (!counter) throw new Error(`no counter ${id}`);
    return counter;
  }

  episode(visitId: string): Episode {
    const episode = Object.values(this.state.episodes)
      .filter((each) => each.visitId === visitId)
      .at(-1);
    if (!episode) throw new Error(`no episode of ${visitId}`);
    return episode;
  }

  on(visit: { id: string }): { visitId: string; version: number } {
    return { visitId: visit.id, version: this.visit(visit.id).version };
  }

  callNext(counterId: string): string {
    return (this.do({ type: 'CallNext' }, tellerAt(counterId)) as { visitId: string }).visitId;
  }

  start(counterId: string): void {
    this.do(
      { type: 'StartService', ...this.on({ id: this.counter(counterId).visitId ?? '' }) },
      tellerAt(counterId),
    );
  }

  finish(counterId: string): void {
    this.do(
      { type: 'FinishService', ...this.on({ id: this.counter(counterId).visitId ?? '' }) },
      tellerAt(counterId),
    );
  }

  serveNext(counterId: string): string {
    const id = this.callNext(counterId);
    this.start(counterId);
    return id;
  }

  flag(
    visit: { id: string },
    needs: ('lowCounter' | 'signLanguage' | 'foreignLanguage' | 'seat')[] = [],
  ): this {
    this.do({ type: 'FlagPriority', ...this.on(visit), needs, consent: true });
    return this;
  }

  confirm(visit: { id: string }): Episode {
    this.do({ type: 'ConfirmLoveWindow', ...this.on(visit) });
    return this.episode(visit.id);
  }

  minutes(minutes: number): this {
    return this.#until(this.#now + minutes * MINUTE);
  }

  seconds(seconds: number): this {
    return this.#until(this.#now + seconds * SECOND);
  }

  /** Nobody is served for so long; then the outage is recorded before anything that fell due meanwhile. */
  outage(minutes: number): this {
    const from = this.#now;
    this.#now += minutes * MINUTE;
    this.do({ type: 'RecordOutage', from, to: this.#now }, system);
    return this.#until(this.#now);
  }

  /** The state that the log alone gives. */
  refold(): LobbyState {
    const state = emptyState('main');
    for (const occurrence of this.log) evolve(state, structuredClone(occurrence));
    return state;
  }

  types(): EventType[] {
    return this.last.map((event) => event.type);
  }

  #until(instant: number): this {
    for (;;) {
      const due = nextDeadline(this.state, this.#weighed);
      if (due === null || due > instant) break;
      this.#now = Math.max(this.#now, due);
      this.do({ type: 'PassTime' }, system);
    }
    this.#now = Math.max(this.#now, instant);
    return this;
  }
}
