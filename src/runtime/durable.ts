import type { Ack } from '../protocol/commands.js';
import { reject } from '../lobby/reject.js';
import { Answers } from './answers.js';
import type { Core } from './core.js';
import type { Fold } from './history.js';
import { sealSnapshot } from './history.js';
import type { DayKey, Group, LogFailure, Logger } from './ports.js';
import { toOccurrence } from './record.js';
import type { Submitter, Writer } from './writer.js';

/** A snapshot follows after this many events, or more for a large state so that each event costs the same. */
const SNAPSHOT_EVENTS = 100;
const SNAPSHOT_BYTES_PER_EVENT = 2_048;

export interface DurableDeps {
  core: Pick<Core, 'emptyState' | 'evolve'>;
  writer: Writer;
  logger: Logger;
  /** The shown state has advanced; the answers are given after this returns. */
  onShown: () => void;
  /** A group is on disk. */
  onKept: (group: Group) => void;
  onFailed: () => void;
}

interface InFlight {
  group: Group;
  key: DayKey;
  onDisk: () => void;
}

/** The shown side of a branch: the state of what is on disk, and the answers that wait for it. */
export class Durable implements Submitter {
  readonly answers = new Answers();
  /** False once the shown state can no longer be trusted. */
  alive = true;
  private inFlight: InFlight[] = [];
  private waiters: (() => void)[] = [];
  private snapshotBytes = 0;

  constructor(
    private readonly deps: DurableDeps,
    public fold: Fold,
  ) {}

  /** Hands a group to the writer; `give` gets the answer once it is on disk and shown. */
  submit(group: Group, key: DayKey, give: (ack: Ack) => void, ack: Ack): void {
    this.inFlight.push({ group, key, onDisk: this.answers.oweWritten(give, ack) });
    this.deps.writer.submit(this, group);
  }

  /** Resolves when nothing of this branch is on its way to the disk. */
  async drained(): Promise<void> {
    while (this.inFlight.length > 0) await new Promise<void>((resolve) => this.waiters.push(resolve));
  }

  committed(count: number): void {
    const before = this.fold;
    const seq = before.seq;
    const kept = this.inFlight.splice(0, count);
    for (const { group, key, onDisk } of kept) {
      this.show(group, key);
      this.deps.onKept(group);
      onDisk();
    }
    if (this.fold !== before || this.fold.seq !== seq) this.tell();
    this.keepSnapshot(SNAPSHOT_EVENTS);
    this.answers.release();
    this.wakeWaiters();
  }

  failed(failure: LogFailure): void {
    const { branchId, day } = this.fold;
    this.deps.logger.warn(
      { branchId, day, problem: failure.problem, lost: this.inFlight.length },
      'writes refused',
    );
    this.inFlight = [];
    this.deps.onFailed();
    this.answers.refuseAll(reject('storage-unavailable'));
    this.wakeWaiters();
  }

  /** Takes over what was loaded from the log. */
  adopt(fold: Fold): void {
    const changed = fold.day !== this.fold.day || fold.seq !== this.fold.seq || !this.alive;
    this.fold = fold;
    this.alive = true;
    if (changed) this.tell();
  }

  /** Keeps a snapshot if at least `events` have come since the last one. */
  keepSnapshot(events: number): void {
    const { fold, alive } = this;
    const least = Math.max(events, events > 1 ? this.snapshotBytes / SNAPSHOT_BYTES_PER_EVENT : 1);
    if (!alive || !fold.key || fold.seq - fold.snapshotSeq < least) return;
    const { branchId, day, seq, hash } = fold;
    const sealed = sealSnapshot(fold, fold.key);
    this.snapshotBytes = sealed.length;
    fold.snapshotSeq = seq;
    this.deps.writer.keep({ branchId, day, seq, hash, sealed });
  }

  /** What is shown is folded from the very rows that are on disk, as a restart would fold it [L13]. */
  private show(group: Group, key: DayKey): void {
    if (!this.alive) return;
    const { branchId, day } = group.command;
    try {
      if (day !== this.fold.day) {
        const state = this.deps.core.emptyState(branchId);
        this.fold = { branchId, day, state, seq: 0, hash: this.fold.hash, key, snapshotSeq: 0 };
      }
      for (const row of group.events) {
        this.deps.core.evolve(this.fold.state, toOccurrence(row, key));
        this.fold.seq = row.seq;
        this.fold.hash = row.hash;
      }
    } catch (error) {
      this.alive = false;
      this.deps.logger.error({ branchId, day, error }, 'the shown state could not follow the log');
    }
  }

  private tell(): void {
    try {
      this.deps.onShown();
    } catch (error) {
      this.deps.logger.error({ branchId: this.fold.branchId, error }, 'a listener of the shown state failed');
    }
  }

  private wakeWaiters(): void {
    const waiters = this.waiters;
    this.waiters = [];
    for (const wake of waiters) wake();
  }
}
