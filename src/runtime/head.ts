import { randomBytes } from 'node:crypto';
import type { Actor, CoreCommand, Decision, Input } from '../lobby/input.js';
import { reject } from '../lobby/reject.js';
import type { Accepted, Ack } from '../protocol/commands.js';
import type { BranchTime } from './branch-time.js';
import type { Core } from './core.js';
import type { Durable } from './durable.js';
import { toGroup } from './group.js';
import type { Fold } from './history.js';
import type { EventLog, Logger } from './ports.js';
import { Remembered } from './remembered.js';
import type { SystemCommand } from './system.js';
import { outageBetween, stepCommands, systemActor, systemId } from './system.js';

/** A command for the core, before it is stamped. */
export interface Order {
  command: CoreCommand;
  id: string;
  actor: Actor;
  day?: string;
}

export interface HeadDeps {
  core: Core;
  log: EventLog;
  logger: Logger;
  time: BranchTime;
  durable: Durable;
}

/** A deadline that stays due although time was passed is a fault of the core: it is not tried again at once. */
const STUCK_MS = 60_000;

/** The decided side of a branch. It may be ahead of the disk; only `decide` reads it. */
export class Head {
  /** Null after a failed write or a fault, until it is loaded again. */
  fold: Fold | null = null;
  remembered: Remembered;
  /** Time of the last accepted command: what came before it has been weighed. */
  private lastAt = 0;
  private chores: SystemCommand[] = [];
  private steps: number[] = [];
  private due: { at: number | null; of: Fold; seenAt: number } | null = null;
  private stuck = '';

  constructor(private readonly deps: HeadDeps) {
    this.remembered = new Remembered(deps.log, deps.durable.fold);
  }

  /** Goes on from what the log holds; `lastLife` is when the branch was last served (UTC ms). */
  adopt(loaded: Fold, lastLife: number): void {
    const { time } = this.deps;
    const { state } = loaded;
    this.begin({ ...loaded });
    this.lastAt = Math.max(this.lastAt, state.at);
    time.goOnFrom(state.at);
    if (state.phase !== 'open') return;
    const outage = outageBetween(Math.max(lastLife, state.at), time.now(), time.rate());
    if (outage) this.chores.push(outage);
  }

  /** Starts a stream, or goes back to the one before it. */
  begin(fold: Fold): void {
    this.fold = fold;
    this.remembered = new Remembered(this.deps.log, fold);
  }

  /** Forgets everything that is not on disk. */
  letGo(): void {
    this.fold = null;
    this.chores = [];
    this.steps = [];
  }

  /** Branch time for the next command: later than any event before it. */
  stamp(): number {
    return Math.max(this.deps.time.now(), this.lastAt + 1);
  }

  /** The wall clock was put forward or back by `byMs`; told while the time is being read. */
  clockStepped(byMs: number): void {
    if (this.fold?.state.phase === 'open') this.steps.push(byMs);
  }

  /** Records outages and clock steps, then runs every deadline that has come, one at a time. */
  passTime(): void {
    const { time } = this.deps;
    // Reading the time may tell of a clock step, which then goes first.
    const now = time.now();
    for (const step of this.steps.splice(0)) this.chores.push(...stepCommands(step, now));
    for (let chore = this.chores.shift(); chore; chore = this.chores.shift())
      this.runSystem(chore, this.stamp());
    for (let fold = this.fold; fold; fold = this.fold) {
      const due = this.deadline(fold);
      if (due === null || due > this.stamp()) return;
      // Weighing things anew may change nothing; then the next deadline is a later one.
      const attempt = `${due}/${fold.seq}`;
      if (attempt === this.stuck) return;
      this.stuck = attempt;
      this.runSystem({ type: 'PassTime' }, due);
    }
  }

  /** When to call `passTime` again, UTC ms, or null. */
  nextWake(): number | null {
    const { fold } = this;
    if (!fold) return null;
    const due = this.deadline(fold);
    if (due === null) return null;
    const now = this.deps.time.now();
    // Time runs on between passing it and asking here: what came due meanwhile is not stuck, it is next.
    if (due > now || `${due}/${fold.seq}` !== this.stuck) return due;
    this.deps.logger.error({ branchId: fold.branchId, due }, 'a deadline stays due');
    return now + STUCK_MS;
  }

  /** Lets a deadline that stayed due be tried again. */
  retryStuck(): void {
    this.stuck = '';
  }

  /** Decides, and hands what was decided to the disk. True if it was accepted. */
  run(order: Order, fingerprint: string, give: (ack: Ack) => void): boolean {
    const { fold } = this;
    const { durable, log } = this.deps;
    if (!fold?.key) {
      durable.answers.owe(give, () => reject('day-not-open'));
      return false;
    }
    const input = { ...order, at: this.stamp(), seed: randomBytes(8).toString('hex') };
    const decision = this.decide(fold, input);
    if (!decision.ok) {
      durable.answers.owe(give, () => decision);
      return false;
    }
    this.lastAt = input.at;
    const bySystem = order.actor === systemActor;
    const { branchId, day, seq, hash, key } = fold;
    if (bySystem && decision.events.length === 0) {
      durable.answers.owe(give, () => ({ ok: true, seq, result: decision.result }));
      return true;
    }
    const of = { stream: { branchId, day }, link: { seq, hash }, key, epoch: log.epoch, input, fingerprint };
    const group = toGroup(of, decision);
    const last = group.events.at(-1);
    if (last) {
      fold.seq = last.seq;
      fold.hash = last.hash;
    }
    const ack: Accepted = { ok: true, seq: fold.seq, result: decision.result };
    if (!bySystem) this.remembered.add(order.actor.id, order.id, { fingerprint, ack });
    durable.submit(group, key, give, ack);
    return true;
  }

  private decide(fold: Fold, input: Input): Decision {
    try {
      // As it was loaded it is the shown one too; a start needs no second state of branches where nothing happens.
      if (fold.state === this.deps.durable.fold.state) fold.state = structuredClone(fold.state);
      return this.deps.core.decide(fold.state, input);
    } catch (error) {
      const { branchId, day, seq } = fold;
      this.deps.logger.error({ branchId, day, seq, command: input.command.type, error }, 'the core failed');
      // It may have stopped half way: the state is loaded again before anything else is decided.
      this.letGo();
      return reject('internal');
    }
  }

  private runSystem(command: SystemCommand, due: number): void {
    const { fold } = this;
    if (!fold) return;
    const id = systemId(command, due, fold.seq);
    const accepted = this.run({ command, id, actor: systemActor }, '', () => undefined);
    if (!accepted)
      this.deps.logger.warn({ branchId: fold.branchId, command: command.type }, 'refused to the system');
  }

  /** Asked with the time of the last decision: an instant between that and now has not been weighed yet. */
  private deadline(fold: Fold): number | null {
    const { due, lastAt } = this;
    if (due?.of === fold && due.seenAt === lastAt) return due.at;
    try {
      const at = this.deps.core.nextDeadline(fold.state, lastAt);
      this.due = { at, of: fold, seenAt: lastAt };
      return at;
    } catch (error) {
      this.deps.logger.error({ branchId: fold.branchId, day: fold.day, error }, 'the core failed');
      this.letGo();
      return null;
    }
  }
}
