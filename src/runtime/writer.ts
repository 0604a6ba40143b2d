import type { EventLog, Group, Logger, SnapshotRow } from './ports.js';
import { LogFailure } from './ports.js';

const MAX_EVENTS = 512;
const MAX_SNAPSHOTS = 4;

/** Whoever submits groups; told in the order of its submissions. Neither method may throw. */
export interface Submitter {
  /** The oldest `count` groups not yet told of are on disk. */
  committed(count: number): void;
  /** The oldest group not told of was not kept; it and all submitted after it are dropped. */
  failed(failure: LogFailure): void;
}

interface Waiting {
  from: Submitter;
  group: Group;
}

/**
 * Group commit over all branches: whatever has been queued while the last batch was written goes to disk
 * with the next one, up to 512 events. No timer: an idle server writes at once, a busy one in large batches.
 */
export class Writer {
  private queue: Waiting[] = [];
  private readonly snapshots = new Map<string, SnapshotRow>();
  private running: Promise<void> | undefined;

  constructor(
    private readonly log: Pick<EventLog, 'append'>,
    private readonly logger: Logger,
  ) {}

  submit(from: Submitter, group: Group): void {
    this.queue.push({ from, group });
    this.start();
  }

  /** Keeps a snapshot with one of the next batches; a failure costs nothing but the snapshot. */
  keep(snapshot: SnapshotRow): void {
    this.snapshots.set(snapshot.branchId, snapshot);
    this.start();
  }

  /** Resolves when nothing is queued or being written. */
  async idle(): Promise<void> {
    while (this.running) await this.running;
  }

  private start(): void {
    this.running ??= this.flush();
  }

  private async flush(): Promise<void> {
    // Commands decided in this turn of the event loop go into the first batch together.
    await Promise.resolve();
    while (this.queue.length > 0 || this.snapshots.size > 0) {
      const waiting = this.nextGroups();
      const snapshots = this.nextSnapshots();
      const failure = await this.append(waiting, snapshots);
      if (!failure) settle(waiting);
      else await this.recover(waiting, failure);
    }
    this.running = undefined;
  }

  private async append(waiting: Waiting[], snapshots: SnapshotRow[]): Promise<LogFailure | null> {
    try {
      await this.log.append({ groups: waiting.map(({ group }) => group), snapshots });
      return null;
    } catch (error) {
      const failure =
        error instanceof LogFailure ? error : new LogFailure('unavailable', 'append', { cause: error });
      this.logger.error(
        { problem: failure.problem, error, groups: waiting.length },
        'the log refused a batch',
      );
      return failure;
    }
  }

  /** One branch whose rows do not fit must not take its neighbours in the batch with it. */
  private async recover(waiting: Waiting[], failure: LogFailure): Promise<void> {
    const branches = bySubmitter(waiting);
    for (const [from, own] of branches) {
      const alone =
        failure.problem === 'conflict' && branches.size > 1 ? await this.append(own, []) : failure;
      if (!alone) settle(own);
      else this.drop(from, alone);
    }
  }

  private drop(from: Submitter, failure: LogFailure): void {
    this.queue = this.queue.filter((waiting) => waiting.from !== from);
    from.failed(failure);
  }

  private nextGroups(): Waiting[] {
    let events = 0;
    let count = 0;
    for (const { group } of this.queue) {
      events += Math.max(1, group.events.length);
      if (count > 0 && events > MAX_EVENTS) break;
      count += 1;
    }
    return this.queue.splice(0, count);
  }

  private nextSnapshots(): SnapshotRow[] {
    const next = [...this.snapshots.values()].slice(0, MAX_SNAPSHOTS);
    for (const { branchId } of next) this.snapshots.delete(branchId);
    return next;
  }
}

function settle(waiting: Waiting[]): void {
  for (const [from, own] of bySubmitter(waiting)) from.committed(own.length);
}

function bySubmitter(waiting: Waiting[]): Map<Submitter, Waiting[]> {
  const result = new Map<Submitter, Waiting[]>();
  for (const one of waiting) {
    const own = result.get(one.from);
    if (own) own.push(one);
    else result.set(one.from, [one]);
  }
  return result;
}
