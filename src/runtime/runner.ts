import type { Actor, ServerCommand } from '../lobby/input.js';
import { reject } from '../lobby/reject.js';
import type { Ack, Command, Question } from '../protocol/commands.js';
import type { Rejection } from '../protocol/codes.js';
import { BranchTime } from './branch-time.js';
import { businessDay } from './business-day.js';
import { canonical } from './canonical.js';
import type { Core, Found } from './core.js';
import { Durable } from './durable.js';
import type { Order } from './head.js';
import { Head } from './head.js';
import type { Fold } from './history.js';
import { load } from './history.js';
import type { Clock, DayKeys, EventLog, Group, Logger, SetupSource } from './ports.js';
import { LogFailure } from './ports.js';
import { GENESIS } from './record.js';
import type { Known } from './remembered.js';
import type { Writer } from './writer.js';

export interface RunnerDeps {
  log: EventLog;
  clock: Clock;
  keys: DayKeys;
  setups: SetupSource;
  logger: Logger;
  core: Core;
  writer: Writer;
  /** The shown state has advanced. */
  onShown: () => void;
}

/** A command from a door: the actor comes from the session, never from a payload. */
export interface Request {
  id: string;
  day?: string;
  command: Command | ServerCommand;
  actor: Actor;
}

interface Item {
  request: Request;
  give: (ack: Ack) => void;
}

const isQuestion = (command: Command | ServerCommand): command is Question =>
  command.type === 'PreviewLoveWindow' || command.type === 'PreviewStaffing';

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;

/**
 * Runs one branch: commands are decided one after the other on the head, what is shown and every answer
 * follow the disk in the same order.
 */
export class Runner {
  readonly time: BranchTime;
  readonly durable: Durable;
  private readonly head: Head;
  private readonly mailbox: Item[] = [];
  /** Set while something slower than memory is awaited; the mailbox then waits. */
  private slow: Promise<unknown> | null = null;
  private pumping = false;
  private stopped = false;
  private lastLife = 0;
  private retryMs = FIRST_RETRY_MS;

  constructor(
    readonly branchId: string,
    private readonly deps: RunnerDeps,
  ) {
    const { core, writer, logger, log, onShown } = deps;
    const state = core.emptyState(branchId);
    const none: Fold = { branchId, day: '', state, seq: 0, hash: GENESIS, key: null, snapshotSeq: 0 };
    this.time = new BranchTime(deps.clock);
    const onKept = (group: Group) => this.kept(group);
    const onFailed = () => this.writeFailed();
    this.durable = new Durable({ core, writer, logger, onShown, onKept, onFailed }, none);
    this.head = new Head({ core, log, logger, time: this.time, durable: this.durable });
  }

  /** Loads the branch and runs what fell due meanwhile. Rejects with LogFailure. */
  async start(): Promise<void> {
    this.lastLife = (await this.deps.log.lastBeat(this.branchId)) ?? 0;
    await this.reload();
    this.pump();
  }

  /** Finishes what was asked and keeps a last snapshot; nothing may be asked any more. */
  async stop(): Promise<void> {
    while (this.slow) await this.slow;
    await this.durable.drained();
    await this.durable.answers.settled();
    this.stopped = true;
    this.time.wakeAt(null, () => undefined);
    this.durable.keepSnapshot(1);
  }

  /** The answer to a command, once it and all before it are on disk. Never rejects. */
  execute(request: Request): Promise<Ack> {
    return new Promise((give) => {
      this.mailbox.push({ request, give });
      this.pump();
    });
  }

  /** The branch was alive at `at` (UTC ms), and the log knows. */
  livedAt(at: number): void {
    this.lastLife = Math.max(this.lastLife, at);
  }

  /** The wall clock was put forward or back by `byMs`; told while the time is being read. */
  clockStepped(byMs: number): void {
    this.head.clockStepped(byMs);
    queueMicrotask(() => this.pump());
  }

  private pump(): void {
    if (this.slow || this.pumping) return;
    this.pumping = true;
    let slow: Promise<unknown> | null = null;
    try {
      this.head.passTime();
      for (let item = this.mailbox.shift(); item; item = slow ? undefined : this.mailbox.shift())
        slow = this.take(item);
    } finally {
      // Whatever went wrong, the next command finds the branch working.
      this.pumping = false;
    }
    if (slow) this.hold(slow);
    else this.arm();
  }

  private hold(slow: Promise<unknown>): void {
    this.slow = slow.then(() => {
      this.slow = null;
      this.pump();
    });
  }

  private arm(): void {
    if (this.stopped) return;
    if (this.head.fold) this.time.wakeAt(this.head.nextWake(), () => this.alarm());
    // Without a head the day's deadlines would wait for the next command: the disk is tried again.
    else if (this.durable.fold.state.phase === 'open')
      this.time.wakeAt(this.time.now() + this.retryMs, () => this.alarm());
  }

  private alarm(): void {
    if (this.slow || this.stopped) return;
    this.head.retryStuck();
    if (this.head.fold) this.pump();
    else this.hold(this.restore());
  }

  /** A promise when the command needs more than memory; it never rejects. */
  private take(item: Item, restored = false): Promise<unknown> | null {
    this.head.passTime();
    const { fold } = this.head;
    if (!fold || !this.durable.alive) {
      if (!restored) return this.restore().then(() => this.take(item, true));
      this.refuse(item, reject('storage-unavailable'));
      return null;
    }
    const known = fold.key ? this.head.remembered.find(item.request.actor.id, item.request.id) : null;
    if (!(known instanceof Promise)) return this.proceed(item, fold, known);
    return known.then(
      (found) => (this.head.fold === fold ? this.proceed(item, fold, found) : this.take(item)),
      (error: unknown) => {
        this.troubled(error);
        this.refuse(item, reject('storage-unavailable'));
      },
    );
  }

  private proceed(item: Item, fold: Fold, known: Known | null): Promise<unknown> | null {
    const { id, day, command, actor } = item.request;
    const fingerprint = fold.key?.fingerprint(bodyOf(item.request)) ?? '';
    if (known) {
      const same = known.fingerprint === fingerprint;
      this.durable.answers.owe(item.give, () => (same ? known.ack : reject('command-id-reused')));
    } else if (command.type === 'OpenDay') {
      return this.openDay(item, fold).catch((error: unknown) => {
        this.deps.logger.error({ branchId: this.branchId, error }, 'the day could not be opened');
        this.refuse(item, reject('storage-unavailable'));
      });
    } else if (isQuestion(command)) {
      this.durable.answers.owe(item.give, () => this.answer(command, day));
    } else {
      this.head.run({ command, id, actor, ...(day === undefined ? {} : { day }) }, fingerprint, item.give);
    }
    return null;
  }

  /** No day opens before the last is closed; a date has one day only. */
  private async openDay(item: Item, fold: Fold): Promise<void> {
    const { deps, branchId, head } = this;
    const { state, day: last } = fold;
    if (state.phase === 'open') {
      const today = businessDay(head.stamp(), state.setup?.timeZone ?? 'UTC').day;
      this.refuse(item, reject(today === last ? 'day-already-open' : 'day-not-closed', { day: last }));
      return;
    }
    await this.durable.drained();
    const configured = await deps.setups.setupOf(branchId);
    this.time.startAnewFrom(state.at);
    const { day, ...local } = businessDay(head.stamp(), configured.timeZone);
    if (day <= last) {
      this.refuse(item, reject('day-already-open', { day: last }));
      return;
    }
    const setup = deps.setups.opening(configured, day);
    const key = await deps.keys.create({ branchId, day });
    const none = deps.core.emptyState(branchId);
    head.begin({ branchId, day, state: none, seq: 0, hash: fold.hash, key, snapshotSeq: 0 });
    const { id, actor } = item.request;
    const order: Order = { command: { type: 'BeginDay', day, ...local, setup, appointments: [] }, id, actor };
    const opened = head.run(order, key.fingerprint(bodyOf(item.request)), item.give);
    if (opened) return;
    head.begin(fold);
    await deps.keys.destroy({ branchId, day });
  }

  /** A question about what is shown, asked once all commands before it are. */
  private answer(question: Question, day: string | undefined): Ack | Promise<Ack> {
    const { state, seq } = this.durable.fold;
    if (day !== undefined && state.day !== '' && day !== state.day)
      return reject('stale-day', { day: state.day });
    const ack = (found: Found): Ack => (found.ok ? { ok: true, seq, result: found.result } : found);
    const failed = (error: unknown): Ack => {
      const { branchId } = this;
      this.deps.logger.error(
        { branchId, question: question.type, error },
        'a question could not be answered',
      );
      return reject('internal');
    };
    try {
      const found = this.deps.core.answer(state, question, Math.max(this.time.now(), state.at + 1));
      return found instanceof Promise ? found.then(ack, failed) : ack(found);
    } catch (error) {
      return failed(error);
    }
  }

  private refuse(item: Item, rejection: Rejection): void {
    this.durable.answers.owe(item.give, () => rejection);
  }

  /** Brings the head back after a failed write or a fault; without success it stays away. */
  private async restore(): Promise<void> {
    await this.durable.drained();
    try {
      await this.reload();
    } catch (error) {
      this.troubled(error);
      this.retryMs = Math.min(this.retryMs * 2, LAST_RETRY_MS);
    }
  }

  private async reload(): Promise<void> {
    const fold = await load(this.deps, this.branchId);
    this.head.adopt(fold, this.lastLife);
    this.durable.adopt(fold);
  }

  /** A damaged log is not shown any longer [G11]; a disk that cannot be read now may be well later. */
  private troubled(error: unknown): void {
    const damaged = !(error instanceof LogFailure && error.problem === 'unavailable');
    this.deps.logger.error({ branchId: this.branchId, damaged, error }, 'the log could not be read');
    if (damaged) this.durable.alive = false;
  }

  private kept({ command }: Group): void {
    this.head.remembered.settle(command.actorId, command.commandId);
    this.retryMs = FIRST_RETRY_MS;
    this.livedAt(command.at);
  }

  private writeFailed(): void {
    this.head.letGo();
    this.retryMs = Math.min(this.retryMs * 2, LAST_RETRY_MS);
    queueMicrotask(() => this.pump());
  }
}

/** What makes two commands of one id the same: the command and the day that the sender saw [L12]. */
const bodyOf = ({ command, day }: Request): string => canonical({ command, day });
