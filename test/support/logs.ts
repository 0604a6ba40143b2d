import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LobbyEvent } from '../../src/lobby/events.js';
import type {
  Batch,
  DayKey,
  DayKeys,
  EventLog,
  Group,
  Logger,
  StreamId,
  StreamTail,
} from '../../src/runtime/ports.js';
import { toGroup } from '../../src/runtime/group.js';
import { LogFailure } from '../../src/runtime/ports.js';
import { GENESIS } from '../../src/runtime/record.js';
import { SECRET_BYTES, dayKey } from '../../src/runtime/seal.js';

export const silent: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A logger that remembers what was said to the operator. */
export function listening(): Logger & { said: string[] } {
  const said: string[] = [];
  const hear = (fields: Record<string, unknown>, message: string) => {
    said.push(`${message} ${fields['error'] instanceof Error ? fields['error'].message : ''}`.trim());
  };
  return { said, info: hear, warn: hear, error: hear };
}

/** Runs `work` in an empty directory that is gone afterwards. */
export async function inDirectory(work: (directory: string) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'lw-'));
  try {
    await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

export class MemoryDayKeys implements DayKeys {
  private readonly keys = new Map<string, DayKey>();

  create(stream: StreamId): Promise<DayKey> {
    const name = `${stream.branchId} ${stream.day}`;
    const key = this.keys.get(name) ?? dayKey(randomBytes(SECRET_BYTES));
    this.keys.set(name, key);
    return Promise.resolve(key);
  }

  find({ branchId, day }: StreamId): Promise<DayKey | null> {
    return Promise.resolve(this.keys.get(`${branchId} ${day}`) ?? null);
  }

  destroy({ branchId, day }: StreamId): Promise<void> {
    this.keys.delete(`${branchId} ${day}`);
    return Promise.resolve();
  }
}

/** Makes groups that continue one another, as a runner would, without a core. */
export class Scribe {
  private seq = 0;
  private commands = 0;

  constructor(
    readonly stream: StreamId,
    private hash = GENESIS,
    readonly key: DayKey = dayKey(Buffer.alloc(SECRET_BYTES, 7)),
  ) {}

  get tail(): StreamTail {
    return { ...this.stream, seq: this.seq, hash: this.hash };
  }

  /** One command with these events; by default a task reminder that needs nothing else. */
  group(
    events: LobbyEvent[] = [{ type: 'TaskReminded', taskId: `t${this.seq}` }],
    commandId = `c${(this.commands += 1)}`,
  ): Group {
    const { stream, key, seq, hash } = this;
    const actor = { id: 'manager', role: 'lobbyManager', name: '', skills: [], session: '' } as const;
    const input = { id: commandId, at: 1_000 + seq, actor: { ...actor, skills: [] } };
    const of = {
      stream,
      link: { seq, hash },
      key,
      epoch: 'e',
      input,
      fingerprint: key.fingerprint(commandId),
    };
    const group = toGroup(of, { ok: true, events, result: {} });
    const last = group.events.at(-1);
    if (last) {
      this.seq = last.seq;
      this.hash = last.hash;
    }
    return group;
  }
}

/** A log that a test can hold back, or make fail; it counts its transactions. */
export class Held implements EventLog {
  batches: Batch[] = [];
  private failure: LogFailure | null = null;
  private gate: { open: Promise<void>; release: () => void } | null = null;

  constructor(readonly inner: EventLog) {}

  get epoch(): string {
    return this.inner.epoch;
  }

  hold(): void {
    let release: () => void = () => undefined;
    const open = new Promise<void>((resolve) => (release = resolve));
    this.gate = { open, release };
  }

  release(): void {
    this.gate?.release();
    this.gate = null;
  }

  /** Every append from now on fails, until `heal`. */
  fail(problem: LogFailure['problem'] = 'unavailable'): void {
    this.failure = new LogFailure(problem, 'no space left on device');
  }

  heal(): void {
    this.failure = null;
  }

  async append(batch: Batch): Promise<void> {
    this.batches.push(batch);
    await this.gate?.open;
    if (this.failure) throw this.failure;
    await this.inner.append(batch);
  }

  tail(branchId: string) {
    return this.inner.tail(branchId);
  }
  read(stream: StreamId, fromSeq: number, limit: number) {
    return this.inner.read(stream, fromSeq, limit);
  }
  readOf(stream: StreamId, types: readonly string[]) {
    return this.inner.readOf(stream, types);
  }
  days(branchId: string, limit: number) {
    return this.inner.days(branchId, limit);
  }
  command(stream: StreamId, actorId: string, commandId: string) {
    return this.inner.command(stream, actorId, commandId);
  }
  commandIds(stream: StreamId) {
    return this.inner.commandIds(stream);
  }
  snapshot(stream: StreamId) {
    return this.inner.snapshot(stream);
  }
  beat(beats: readonly { branchId: string; at: number }[]) {
    return this.failure ? Promise.reject(this.failure) : this.inner.beat(beats);
  }
  lastBeat(branchId: string) {
    return this.inner.lastBeat(branchId);
  }
  verify() {
    return this.inner.verify();
  }
}
