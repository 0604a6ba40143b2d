import type { Audience } from '../../../src/protocol/views.js';
import { simpleForecast } from '../../../src/forecast/simple.js';
import { decide } from '../../../src/lobby/decide.js';
import { nextDeadline } from '../../../src/lobby/deadlines.js';
import type { LobbyEvent } from '../../../src/lobby/events.js';
import type { Actor, CoreCommand, Decision } from '../../../src/lobby/input.js';
import { publiclyWaiting } from '../../../src/lobby/lookup.js';
import { emptyState, type LobbyState } from '../../../src/lobby/state.js';
import { publicFacts } from '../../../src/views/public-facts.js';
import { viewFor } from '../../../src/views/view.js';
import { publicEstimates, type PublicEstimates } from '../../../src/views/published.js';
import { DAY, kiosk, manager, MIDNIGHT, system, tellerAt } from '../../support/lobby.js';
import { actOf, type Act, type Move } from './moves.js';
import { branchWithRoom } from './seen.js';

/** A lobby, and a publisher that sends what changed in each public view. */
class Lobby {
  readonly state: LobbyState = emptyState('main');
  published?: PublicEstimates;
  readonly #bytes = new Map<string, string>();

  decide(act: Act, id: string, at: number, seed: string): Decision {
    return decide(this.state, { command: act.command, id, at, actor: act.actor, seed });
  }

  /**
   * The frames that go out now: the channel and the view's new bytes, which with the bytes before make the
   * patch. `secret` visits' own phones are left out.
   */
  publish(now: number, secret: ReadonlySet<string>): string[] {
    const facts = publicFacts(this.state);
    const frames: string[] = [];
    const look = (audience: Audience, key?: string): void => {
      const channel = `${audience}/${key ?? ''}`;
      const { published } = this;
      const context = {
        now,
        demo: false,
        facts,
        ...(key !== undefined && { key }),
        ...(published && { published }),
      };
      const bytes = JSON.stringify(viewFor(audience, this.state, context));
      if (this.#bytes.get(channel) === bytes) return;
      this.#bytes.set(channel, bytes);
      frames.push(`${channel} ${bytes}`);
    };
    for (const room of [undefined, 'vip']) {
      look('board', room);
      look('kiosk', room);
    }
    for (const id in this.state.visits) if (!secret.has(id)) look('ticket', id);
    return frames;
  }
}

export interface Tally {
  steps: number;
  holds: number;
  quietServices: number;
  swaps: number;
  frames: number;
  parted: number;
}

/** The first frames that differ, each from where it does. */
function differences(real: readonly string[], plain: readonly string[]): string {
  const i = real.findIndex((frame, at) => frame !== plain[at]);
  const [mine, theirs] = [real[i] ?? '', plain[i < 0 ? real.length : i] ?? ''];
  let from = 0;
  while (from < mine.length && mine[from] === theirs[from]) from += 1;
  return [mine, theirs]
    .map((frame) => `${frame.slice(0, 30)} … ${frame.slice(Math.max(0, from - 60), from + 100)}`)
    .join('\n');
}

class Parted extends Error {}

/**
 * Two lobbies with equal public facts. `real` is run by the moves; what the public could see of each of
 * its commands is done again in `plain`, where nobody is ever flagged: a public call by name, a love-window
 * customer's way to the counter as one who left the line. Their public frames must be equal, step by step.
 */
export class Twins {
  readonly real = new Lobby();
  readonly plain = new Lobby();
  /** Visits that were ever flagged: their own phones are L14's exception. */
  readonly #secret = new Set<string>();
  /** Visits that left the line of `plain` when `real` served or put them away unseen. */
  readonly #ghosts = new Set<string>();
  /** Visits at a counter that were not called aloud. */
  readonly #quiet = new Set<string>();
  #now = MIDNIGHT + 9 * 60 * 60_000;
  #commands = 0;

  constructor(
    readonly tally: Tally,
    readonly settings: Parameters<typeof branchWithRoom>[0] = {},
  ) {
    const setup = branchWithRoom(settings, ['w1', 'w2', 'w3', 'w4', 'w5', 'w7']);
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
    this.#now += 1;
    this.real.published = publicEstimates(this.real.state, this.#now, simpleForecast.lines);
    const plain = publicEstimates(this.plain.state, this.#now, simpleForecast.lines);
    this.plain.published = { ...plain, priorityNotice: this.real.published.priorityNotice };
    this.#compare('the beat');
  }

  wait(ms: number): void {
    const until = this.#now + ms;
    for (;;) {
      const due = nextDeadline(this.real.state, this.#now);
      if (due === null || due > until) break;
      this.#now = Math.max(this.#now, due);
      const act: Act = { command: { type: 'PassTime' }, actor: system };
      const decision = this.real.decide(act, this.#nextId(), this.#now, this.#seed());
      this.#must(this.plain.decide(act, this.#id(), this.#now, this.#seed()), act.command);
      if (decision.ok) this.#follow(act, decision.events);
      this.#compare('PassTime');
    }
    this.#now = Math.max(this.#now, until);
  }

  step(act: Act): void {
    this.#now += 1;
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
    for (const id of this.#ghosts) {
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
  }

  /** Does in `plain` what the public saw of these events; returns the answer of a command done the same. */
  #follow(act: Act, events: readonly LobbyEvent[]): unknown {
    let answer: unknown;
    const same = (): void => {
      answer = this.#plainly(act.command, act.actor);
    };
    for (const event of events) {
      this.#count(event);
      switch (event.type) {
        case 'DayOpened':
        case 'TellerSignedOn':
        case 'ServiceAdded':
        case 'VisitMoved':
        case 'CounterServicesChanged':
          if (event.type === 'ServiceAdded' && this.#ghosts.has(event.visitId)) break;
          same();
          break;
        case 'VisitIssued':
          if (act.command.type === 'FlagNewVisit')
            this.#plainly({ type: 'IssueTicket', serviceIds: act.command.serviceIds }, act.actor);
          else same();
          break;
        case 'VisitCalled':
          if (event.quiet) this.#quiet.add(event.visitId);
          else {
            this.#quiet.delete(event.visitId);
            this.#there({ type: 'CallVisit', ...this.#on(event.visitId), reason: 'other' }, event.counterId);
          }
          break;
        case 'VisitRecalled':
          if (!this.#quiet.has(event.visitId)) same();
          break;
        case 'ServiceMarkedLong':
        case 'ServiceFinished':
          if (!this.#quiet.has(event.visitId)) same();
          break;
        case 'ServiceStarted':
          if (this.#quiet.has(event.visitId)) this.#vanish(event.visitId);
          else same();
          break;
        case 'VisitTransferred':
          if (this.#quiet.has(event.visitId)) throw new Parted();
          same();
          break;
        case 'VisitParked':
          if (this.#quiet.has(event.visitId)) this.#vanish(event.visitId);
          else same();
          break;
        case 'VisitAbsent':
          if (!this.#quiet.has(event.visitId)) same();
          else if (this.real.state.visits[event.visitId]?.stage.status === 'absent')
            this.#vanish(event.visitId);
          break;
        case 'VisitResumed':
        case 'VisitReturned':
          this.#comeBack(event.visitId);
          break;
        case 'VisitEnded':
          if (event.how === 'absent' || this.#ghosts.has(event.visitId)) break;
          if (act.command.type === 'CancelVisit') same();
          else this.#vanish(event.visitId);
          break;
        case 'Undone':
          if (events.length > 1) throw new Parted();
          if (
            this.#secret.has(event.visitId) &&
            this.plain.state.undo[act.actor.id]?.commandId !== event.commandId
          ) {
            if (this.#quiet.has(event.visitId) || this.#ghosts.has(event.visitId)) throw new Parted();
            break;
          }
          same();
          break;
        case 'CounterPaused':
          this.#manage(event.counterId, 'paused');
          break;
        case 'CounterResumed':
          if (this.plain.state.counters[event.counterId]?.pause) this.#manage(event.counterId, 'resumed');
          break;
        case 'CounterFaultReported':
          this.#manage(event.counterId, 'faulty');
          break;
        case 'CounterRepaired':
          this.#manage(event.counterId, 'repaired');
          break;
        case 'TellerSignedOff':
          this.#manage(event.counterId, 'closing');
          break;
        // what the public has no part in
        case 'CounterClosing':
        case 'CounterReopened':
        case 'CounterPauseQueued':
        case 'CounterCloseQueued':
        case 'VisitKept':
        case 'SpecialistCalled':
        case 'PriorityFlagged':
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
    if (event.type === 'CounterHeld') this.tally.holds += 1;
    if (event.type === 'LoveWindowSwapped') this.tally.swaps += 1;
    if (event.type === 'ServiceStarted' && this.#quiet.has(event.visitId)) this.tally.quietServices += 1;
  }

  #on(visitId: string): { visitId: string; version: number } {
    return { visitId, version: this.plain.state.visits[visitId]?.version ?? 0 };
  }

  /** The same command on the version that the plain lobby has. */
  #plainly(command: CoreCommand, actor: Actor): unknown {
    const own: CoreCommand = 'version' in command ? { ...command, ...this.#on(command.visitId) } : command;
    return this.#must(this.plain.decide({ command: own, actor }, this.#id(), this.#now, this.#seed()), own);
  }

  #there(command: CoreCommand, counterId: string): void {
    this.#plainly(command, tellerAt(counterId));
  }

  #manage(counterId: string, to: 'paused' | 'resumed' | 'closing' | 'faulty' | 'repaired'): void {
    this.#plainly({ type: 'ManageCounter', counterId, to, reason: 'break', override: 'other' }, manager);
  }

  /** Leaves the line of the plain lobby. */
  #vanish(visitId: string): void {
    if (this.#ghosts.has(visitId)) return;
    this.#ghosts.add(visitId);
    if (this.plain.state.present[visitId])
      this.#plainly({ type: 'LeaveVisit', ...this.#on(visitId) }, manager);
    this.#secret.add(visitId);
  }

  #comeBack(visitId: string): void {
    const status = this.plain.state.visits[visitId]?.stage.status;
    if (status === 'absent') this.#plainly({ type: 'ReturnVisit', ...this.#on(visitId) }, manager);
    if (status === 'parked') this.#plainly({ type: 'ResumeParked', ...this.#on(visitId) }, manager);
  }

  #must(decision: Decision, command: CoreCommand): unknown {
    if (!decision.ok)
      throw new Error(
        `the plain lobby refused ${JSON.stringify(command)}: ${decision.code} ${JSON.stringify(decision.params)}`,
      );
    return decision.result;
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
