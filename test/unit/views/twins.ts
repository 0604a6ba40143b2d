import { linesForecast } from '../../../src/forecast/lines.js';
import { isOpen } from '../../../src/lobby/capability.js';
import { nextDeadline } from '../../../src/lobby/deadlines.js';
import type { LobbyEvent } from '../../../src/lobby/events.js';
import { publiclyWaiting } from '../../../src/lobby/lookup.js';
import { publicEstimates } from '../../../src/views/published.js';
import type { BranchSetup } from '../../../src/protocol/settings.js';
import { DAY, kiosk, manager, MIDNIGHT, system, tellerAt } from '../../support/lobby.js';
import type { Act, Move } from './choosing.js';
import { actOf } from './moves.js';
import { PlainLobby, type Moment } from './plain.js';
import { differences, Lobby } from './publishing.js';
import { branchWithRoom } from './seen.js';

/** The branch of both. */
export const twinBranch = (settings: Parameters<typeof branchWithRoom>[0]): BranchSetup =>
  branchWithRoom(settings, ['w1', 'w2', 'w3', 'w4', 'w5', 'w7']);

export interface Tally {
  steps: number;
  holds: number;
  quietServices: number;
  swaps: number;
  frames: number;
  parted: number;
}

/** One instant of both lobbies, for whoever lives it again elsewhere. */
export interface Step {
  /** UTC ms. */
  at: number;
  /** The public beat; else what was done. */
  beat: boolean;
  real: (Act & { id: string })[];
  plain: (Act & { id: string })[];
  /** Visits whose own phones are L14's exception from here on. */
  secret: readonly string[];
  /** Counters that ever had a love window: their own signs are L14's other exception from here on. */
  held: readonly string[];
}

class Parted extends Error {}

/**
 * Two lobbies with equal public facts. `real` is run by the moves; what the public could see of each of
 * its commands is done again in `plain`, where nobody is ever flagged: a public call by name, a love-window
 * customer's way to the counter as one who left the line. Their public frames must be equal, step by step.
 */
export class Twins {
  readonly real = new Lobby();
  readonly plain = new PlainLobby();
  /** What was lived so far, with equal public facts at the end of each step. */
  readonly steps: Step[] = [];
  readonly #held = new Set<string>();
  /** Visits that were ever flagged: their own phones are L14's exception. */
  readonly #secret = new Set<string>();
  /** Visits at a counter that were not called aloud. */
  readonly #quiet = new Set<string>();
  #now = MIDNIGHT + 9 * 60 * 60_000;
  #commands = 0;

  constructor(
    readonly tally: Tally,
    readonly settings: Parameters<typeof branchWithRoom>[0] = {},
    /** Between two steps, ms: a server stamps each of one instant's commands a millisecond later. */
    readonly gap = 1,
  ) {
    const setup = twinBranch(settings);
    this.step({
      command: { type: 'BeginDay', day: DAY, midnight: MIDNIGHT, setup, appointments: [] },
      actor: system,
    });
    for (const counterId of ['w1', 'w2', 'w4', 'w5', 'w7'])
      this.step({ command: { type: 'SignOn', counterId }, actor: tellerAt(counterId) });
    this.#fill(['w1', 'w2', 'w4', 'w5', 'w7']);
    this.beat();
  }

  /** A busy lobby to begin with: everybody serves, three wait, one of them with priority. */
  #fill(counterIds: readonly string[]): void {
    const issue: Act = { command: { type: 'IssueTicket', serviceIds: ['personal'] }, actor: kiosk };
    for (const counterId of counterIds) {
      this.step(issue);
      this.step({ command: { type: 'CallNext' }, actor: tellerAt(counterId) });
      const visitId = this.real.state.counters[counterId]?.visitId ?? '';
      this.step({ command: { type: 'StartService', visitId, version: 2 }, actor: tellerAt(counterId) });
    }
    for (let i = 0; i < 2; i += 1) this.step(issue);
    this.step({
      command: { type: 'FlagNewVisit', serviceIds: ['personal'], needs: [], consent: true },
      actor: manager,
    });
  }

  /** Runs the moves; ends early when the public facts part, which the projection then can't follow. */
  run(moves: readonly Move[]): void {
    try {
      for (const move of moves) {
        if (move.kind === 'beat') this.beat();
        else if (move.kind === 'wait') this.wait((move.a % 90) * 1000);
        else {
          const act = actOf(this.real.state, move);
          if (act) this.step(act);
        }
      }
    } catch (error) {
      if (!(error instanceof Parted)) throw error;
      this.tally.parted += 1;
    }
  }

  /** The notice is itself a public fact, so both have it. */
  beat(): void {
    this.#advance();
    this.real.published = publicEstimates(this.real.state, this.#now, linesForecast);
    const plain = publicEstimates(this.plain.state, this.#now, linesForecast);
    this.plain.published = { ...plain, priorityNotice: this.real.published.priorityNotice };
    this.#compare('the beat');
  }

  /** To an instant at which no deadline ran: a server would stamp what follows it a millisecond later. */
  #advance(): void {
    do this.wait(this.gap);
    while (this.steps.at(-1)?.at === this.#now);
  }

  wait(ms: number): void {
    const until = this.#now + ms;
    for (;;) {
      const due = nextDeadline(this.real.state, this.#now);
      if (due === null || due > until) break;
      this.#now = Math.max(this.#now, due);
      const act: Act = { command: { type: 'PassTime' }, actor: system };
      const decision = this.real.decide(act, this.#nextId(), this.#now, this.#seed());
      this.plain.same(act.command, act.actor, this.#moment());
      if (decision.ok) this.#follow(act, decision.events);
      this.#compare('PassTime');
    }
    this.#now = Math.max(this.#now, until);
  }

  step(act: Act): void {
    this.#advance();
    const decision = this.real.decide(act, this.#nextId(), this.#now, this.#seed());
    if (!decision.ok) return;
    const answer = this.#follow(act, decision.events);
    // The slip that a kiosk prints is public, too.
    if (
      answer &&
      act.command.type === 'IssueTicket' &&
      JSON.stringify(answer) !== JSON.stringify(decision.result)
    )
      throw new Error(`ticket: ${JSON.stringify(decision.result)} but plain ${JSON.stringify(answer)}`);
    this.#compare(act.command.type);
  }

  #compare(what: string): void {
    this.tally.steps += 1;
    for (const id in this.real.state.visits) if (this.real.state.visits[id]?.flag) this.#secret.add(id);
    for (const id of this.plain.ghosts) {
      const visit = this.real.state.visits[id];
      if (visit && publiclyWaiting(visit)) throw new Parted();
    }
    const real = this.real.publish(this.#now, this.#secret);
    const plain = this.plain.publish(this.#now, this.#secret);
    this.tally.frames += real.length;
    const differing = real.filter((frame, i) => frame !== plain[i]);
    if (differing.length > 0 || real.length !== plain.length)
      throw new Error(
        `after ${what}: ${String(real.length)} frames, plain ${String(plain.length)}\n${differences(real, plain)}`,
      );
    this.steps.push({
      at: this.#now,
      beat: what === 'the beat',
      real: this.real.accepted.splice(0),
      plain: this.plain.accepted.splice(0),
      secret: [...this.#secret],
      held: [...this.#held],
    });
  }

  /** Does in `plain` what the public saw of these events; returns the answer of a command done the same. */
  #follow(act: Act, events: readonly LobbyEvent[]): unknown {
    let answer: unknown;
    const same = (): void => {
      answer = this.plain.same(act.command, act.actor, this.#moment());
    };
    for (const event of events) {
      this.#count(event);
      switch (event.type) {
        case 'DayOpened':
        case 'TellerSignedOn':
        case 'ServiceAdded':
        case 'VisitMoved':
        case 'CounterServicesChanged':
        case 'NoticePosted':
        case 'NoticeWithdrawn':
          if (event.type === 'ServiceAdded' && this.plain.ghosts.has(event.visitId)) break;
          same();
          break;
        case 'VisitIssued':
          if (act.command.type === 'FlagNewVisit')
            this.plain.same(
              { type: 'IssueTicket', serviceIds: act.command.serviceIds },
              act.actor,
              this.#moment(),
            );
          else same();
          break;
        case 'VisitCalled':
          if (event.quiet) this.#quiet.add(event.visitId);
          else {
            this.#quiet.delete(event.visitId);
            this.plain.callTo(event.counterId, event.visitId, this.#moment());
          }
          break;
        case 'VisitRecalled':
          if (!this.#quiet.has(event.visitId)) same();
          else this.#heard(event.visitId);
          break;
        case 'ServiceMarkedLong':
        case 'ServiceFinished':
          if (!this.#quiet.has(event.visitId)) same();
          break;
        case 'VisitTransferred':
          if (this.#quiet.has(event.visitId)) throw new Parted();
          same();
          break;
        case 'ServiceStarted':
        case 'VisitParked':
          if (this.#quiet.has(event.visitId)) this.#vanish(event.visitId);
          else same();
          break;
        case 'VisitAbsent':
          if (!this.#quiet.has(event.visitId)) {
            this.#partWithoutCalls(event.visitId);
            same();
          } else if (this.real.state.visits[event.visitId]?.stage.status === 'absent')
            this.#vanish(event.visitId);
          break;
        case 'VisitResumed':
        case 'VisitReturned':
        case 'PriorityFlagged':
          if (this.#cameBack(event.visitId)) throw new Parted();
          this.plain.comeBack(event.visitId, this.#moment());
          break;
        case 'VisitEnded':
          if (event.how === 'absent' || this.plain.ghosts.has(event.visitId)) break;
          if (act.command.type === 'CancelVisit') same();
          else this.#vanish(event.visitId);
          break;
        case 'Undone':
          if (events.length > 1) throw new Parted();
          if (
            this.#secret.has(event.visitId) &&
            this.plain.state.undo[act.actor.id]?.commandId !== event.commandId
          ) {
            if (this.#quiet.has(event.visitId) || this.plain.ghosts.has(event.visitId)) throw new Parted();
            // Out of the line again: to the public, somebody who came back and left.
            if (this.#wentAgain(event.visitId)) this.#vanish(event.visitId);
            break;
          }
          same();
          break;
        case 'CounterPaused':
          this.plain.manage(event.counterId, 'paused', this.#moment());
          break;
        case 'CounterResumed':
          if (this.plain.state.counters[event.counterId]?.pause)
            this.plain.manage(event.counterId, 'resumed', this.#moment());
          break;
        case 'CounterFaultReported':
          this.plain.manage(event.counterId, 'faulty', this.#moment());
          break;
        case 'CounterRepaired':
          this.plain.manage(event.counterId, 'repaired', this.#moment());
          break;
        case 'TellerSignedOff':
          this.plain.manage(event.counterId, 'closing', this.#moment());
          break;
        // what the public has no part in
        case 'CounterClosing':
        case 'CounterReopened':
        case 'CounterPauseQueued':
        case 'CounterCloseQueued':
        case 'VisitKept':
        case 'SpecialistCalled':
        case 'NeedsAmended':
        case 'PriorityDeclined':
        case 'NeedsRevealed':
        case 'LoveWindowConfirmed':
        case 'CounterHeld':
        case 'CounterReleased':
        case 'AlertAcknowledged':
        case 'AlertUnanswered':
        case 'EscortOnTheWay':
        case 'EscortArrived':
        case 'LoveWindowSwapped':
        case 'SwapRefused':
        case 'LoveWindowEnded':
        case 'VisitHereAgain':
        case 'TaskRaised':
        case 'TaskReminded':
        case 'TaskAcknowledged':
        case 'TaskCleared':
        case 'TroubleChanged':
        case 'NoticeExpired':
          if (event.type === 'SpecialistCalled') this.#secret.add(event.visitId);
          // A help request shows on the customer's own phone.
          if (event.type === 'TaskRaised' && event.kind === 'help') same();
          break;
        case 'AppointmentBooked':
        case 'ClockStepped':
        case 'DayClosed':
        case 'ManagerSignedOff':
        case 'ManagerSignedOn':
        case 'ServiceInterrupted':
        case 'ServiceRated':
        case 'SettingsChanged':
        case 'VisitsMerged':
          throw new Error(`no move makes ${event.type}`);
      }
    }
    return answer;
  }

  #count(event: LobbyEvent): void {
    if (event.type === 'CounterHeld') {
      this.tally.holds += 1;
      this.#held.add(event.counterId);
    }
    if (event.type === 'VisitCalled' && event.quiet) this.#held.add(event.counterId);
    if (event.type === 'LoveWindowSwapped') this.tally.swaps += 1;
    if (event.type === 'ServiceStarted' && this.#quiet.has(event.visitId)) this.tally.quietServices += 1;
  }

  /** A declined visit is called aloud from its next call on: to the public that is the first. */
  #heard(visitId: string): void {
    const stage = this.real.state.visits[visitId]?.stage;
    if (stage?.status !== 'called' || stage.quiet) return;
    this.#quiet.delete(visitId);
    const counter = this.plain.state.counters[stage.counterId];
    // It was fetched before its counter was paused or closed, and is heard after: the plain one calls nobody then.
    if (!counter || !isOpen(counter)) throw new Parted();
    this.plain.callTo(stage.counterId, visitId, this.#moment());
  }

  /** Back in the line, though it has left the plain one for good. */
  #cameBack(visitId: string): boolean {
    const visit = this.real.state.visits[visitId];
    return this.plain.ghosts.has(visitId) && visit !== undefined && publiclyWaiting(visit);
  }

  /** Taking back a flag took the visit out of the line again. */
  #wentAgain(visitId: string): boolean {
    const status = this.real.state.visits[visitId]?.stage.status;
    return status === 'parked' || status === 'absent';
  }

  /** Given up after a quiet call and one aloud; the plain one has to call twice aloud. */
  #partWithoutCalls(visitId: string): void {
    const stage = this.plain.state.visits[visitId]?.stage;
    const { callsBeforeNoShow = 1 } = this.plain.state.setup?.settings ?? {};
    if (stage?.status === 'called' && stage.calls < callsBeforeNoShow) throw new Parted();
  }

  #vanish(visitId: string): void {
    this.plain.vanish(visitId, this.#moment());
    this.#secret.add(visitId);
  }

  #moment(): Moment {
    return { at: this.#now, id: this.#id(), seed: this.#seed() };
  }

  #nextId(): string {
    this.#commands += 1;
    return this.#id();
  }

  #id(): string {
    return `c${String(this.#commands)}`;
  }

  #seed(): string {
    return String(this.#commands).padStart(16, '0');
  }
}
