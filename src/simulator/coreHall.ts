import { decide } from '../lobby/decide.js';
import { nextDeadline } from '../lobby/deadlines.js';
import type { LobbyEvent } from '../lobby/events.js';
import { floorOf } from '../lobby/floor-of.js';
import type { Actor, AnyResult, CoreCommand, Input } from '../lobby/input.js';
import { counterOf, visitOf } from '../lobby/lookup.js';
import { emptyState, type LobbyState, type Visit } from '../lobby/state.js';
import type { Floor } from '../lobby/choice/floor.js';
import type { Customer } from '../model/arrivals.js';
import type { BranchSetup } from '../protocol/settings.js';
import type { Role } from '../protocol/vocabulary.js';
import type { Hall, Stage, Told } from './hall.js';

const NOON = 12 * 3_600_000;

const actor = (role: Role, id: string): Actor => ({ id, role, name: id, skills: [], session: id });
const kiosk = actor('kiosk', 'kiosk');
const manager = actor('lobbyManager', 'manager');
const system = actor('system', 'system');

/** Told of each accepted command, with its events and the state after it. */
export type Witness = (input: Input, events: readonly LobbyEvent[], state: LobbyState) => void;

/** A day on the core itself: every act is a command that `decide` judges, and a refusal is a fault of the player. */
export class CoreHall implements Hall {
  readonly state: LobbyState = emptyState('simulated');
  /** Every event of the day, for whoever checks its rules. */
  readonly log: { event: LobbyEvent; at: number; actorId: string; commandId: string }[] = [];
  readonly #visitIds: string[] = [];
  readonly #customers: Customer[] = [];
  readonly #numberOf = new Map<string, number>();
  readonly #dayDigits: string;
  #commands = 0;

  /** @param midnight UTC ms of the day's local midnight */
  constructor(
    readonly setup: BranchSetup,
    readonly told: Told,
    midnight: number,
    readonly begin: number,
    bookings: readonly { customer: number; at: number; serviceId: string }[],
    readonly witness: Witness = () => undefined,
  ) {
    const appointments = bookings.map(({ customer, at, serviceId }) => ({
      code: `K${String(customer)}`,
      at,
      serviceIds: [serviceId],
    }));
    // At noon the date is the same in UTC, twelve hours east and west of it.
    const day = new Date(midnight + NOON).toISOString().slice(0, 10);
    this.#dayDigits = day.replaceAll('-', '');
    this.#do({ type: 'BeginDay', day, midnight, setup, appointments }, system, begin);
    this.#do({ type: 'StartDuty' }, manager, begin + 1);
  }

  arrive(customer: number, who: Customer, _due: number, at: number): void {
    this.#customers[customer] = who;
    if (who.booked === undefined)
      this.#do({ type: 'IssueTicket', serviceIds: [who.serviceId], tier: who.tier }, manager, at, customer);
    else this.#do({ type: 'CheckIn', code: `K${String(customer)}` }, kiosk, at, customer);
  }

  arriveFlagged(customer: number, who: Customer, at: number): void {
    const needs = who.special?.needs ?? [];
    this.#do(
      { type: 'FlagNewVisit', serviceIds: [who.serviceId], needs, consent: true },
      manager,
      at,
      customer,
    );
  }

  flag(customer: number, at: number): void {
    const needs = this.#whose(customer).special?.needs ?? [];
    this.#do({ type: 'FlagPriority', ...this.#seen(customer), needs, consent: true }, manager, at);
  }

  confirm(customer: number, at: number): void {
    this.#do({ type: 'ConfirmLoveWindow', ...this.#seen(customer) }, manager, at);
  }

  acknowledge(customer: number, counter: number, at: number): void {
    this.#do({ type: 'AcknowledgeAlert', episodeId: this.#episode(customer) }, this.#teller(counter), at);
  }

  onTheWay(customer: number, at: number): void {
    this.#do({ type: 'MarkOnTheWay', episodeId: this.#episode(customer) }, manager, at);
  }

  arrived(customer: number, at: number): void {
    this.#do({ type: 'MarkArrived', episodeId: this.#episode(customer) }, manager, at);
  }

  start(customer: number, at: number): void {
    this.#do({ type: 'StartService', ...this.#seen(customer) }, this.#tellerOf(customer), at);
  }

  finish(customer: number, at: number): void {
    this.#do({ type: 'FinishService', ...this.#seen(customer) }, this.#tellerOf(customer), at);
  }

  leave(customer: number, at: number): void {
    this.#do({ type: 'LeaveVisit', ...this.#seen(customer) }, manager, at);
  }

  fetch(counter: number, at: number): void {
    this.#do({ type: 'CallNext' }, this.#teller(counter), at);
  }

  open(counter: number, at: number): void {
    this.#do({ type: 'SignOn', counterId: this.#counterId(counter) }, this.#teller(counter), at);
  }

  close(counter: number, at: number): void {
    this.#do({ type: 'CloseCounter' }, this.#teller(counter), at);
  }

  pass(at: number): void {
    this.#do({ type: 'PassTime' }, system, at);
  }

  /** Everybody has gone: time passes until `at` (UTC ms), and the lobby manager closes the day. */
  closeDay(at: number): void {
    for (let due = this.nextMoment(this.state.at); due < at; due = this.nextMoment(due)) this.pass(due);
    this.#do({ type: 'CloseDay', endRemaining: true }, manager, at);
  }

  nextMoment(now: number): number {
    return nextDeadline(this.state, now) ?? Infinity;
  }

  stageOf(customer: number): Stage {
    const id = this.#visitIds[customer];
    if (id === undefined) return 'coming';
    const { status } = visitOf(this.state, id).stage;
    return status === 'ended' || status === 'parked' || status === 'absent' ? 'gone' : status;
  }

  floor(): Floor {
    return floorOf(this.state);
  }

  #do(command: CoreCommand, by: Actor, at: number, customer?: number): AnyResult {
    this.#commands += 1;
    // Of its day as well, as no two visits of a branch have one id.
    const seed = this.#dayDigits + String(this.#commands).padStart(8, '0');
    const input: Input = { command, id: seed, at, actor: by, seed };
    const decision = decide(this.state, input);
    if (!decision.ok) throw new Error(`${command.type} was refused: ${decision.code}`);
    for (const event of decision.events) {
      this.log.push({ event, at, actorId: by.id, commandId: seed });
      if (event.type === 'VisitIssued' && customer !== undefined) {
        this.#visitIds[customer] = event.visitId;
        this.#numberOf.set(event.visitId, customer);
      }
    }
    this.witness(input, decision.events, this.state);
    for (const event of decision.events) this.#tell(event, at);
    return decision.result;
  }

  #tell(event: LobbyEvent, at: number): void {
    if (event.type === 'VisitCalled')
      this.told.called(this.#number(event.visitId), this.#index(event.counterId), at);
    if (event.type === 'CounterHeld')
      this.told.held(this.#number(event.visitId), this.#index(event.counterId), at);
  }

  #whose(customer: number): Customer {
    const who = this.#customers[customer];
    if (!who) throw new Error(`customer ${String(customer)} has not come`);
    return who;
  }

  #number(visitId: string): number {
    const number = this.#numberOf.get(visitId);
    if (number === undefined) throw new Error(`nobody has visit ${visitId}`);
    return number;
  }

  #visit(customer: number): Visit {
    return visitOf(this.state, this.#visitIds[customer] ?? '');
  }

  #seen(customer: number): { visitId: string; version: number } {
    const { id, version } = this.#visit(customer);
    return { visitId: id, version };
  }

  #episode(customer: number): string {
    return this.#visit(customer).flag?.episodeId ?? '';
  }

  #tellerOf(customer: number): Actor {
    const { stage } = this.#visit(customer);
    if (stage.status !== 'called' && stage.status !== 'serving')
      throw new Error(`customer ${String(customer)} is at no counter`);
    return this.#teller(this.#index(stage.counterId));
  }

  #teller(counter: number): Actor {
    return actor('teller', `at ${this.#counterId(counter)}`);
  }

  #counterId(counter: number): string {
    return counterOf(this.state, this.setup.counters[counter]?.id ?? '').id;
  }

  #index(counterId: string): number {
    return this.setup.counters.findIndex(({ id }) => id === counterId);
  }
}
