import type { BranchSetup } from '../protocol/settings.js';
import type { Role } from '../protocol/vocabulary.js';

/** One stream per branch and business date (YYYY-MM-DD). */
export interface StreamId {
  branchId: string;
  day: string;
}

/** An event as it lies in the log; `hash` covers every other field. */
export interface EventRow extends StreamId {
  /** 1, 2, 3 … within the stream. */
  seq: number;
  /** The copy of the log that wrote it; a restored backup gets another. */
  epoch: string;
  /** Branch time, UTC ms. */
  at: number;
  type: string;
  /** Schema version of the payload. */
  v: number;
  actorId: string;
  role: Role;
  commandId: string;
  /** Hash of the branch's event before it, across days; `GENESIS` for the first. */
  prev: string;
  /** SHA-256, 64 hex digits. */
  hash: string;
  /** Canonical JSON of the event without its type; support needs in it are sealed. */
  payload: string;
}

/** What an accepted command must be recognised by [L12]. */
export interface CommandRow extends StreamId {
  actorId: string;
  commandId: string;
  /** HMAC of the body under the day's key; '' for the system's own commands. */
  fingerprint: string;
  /** The first result, sealed under the day's key; '' for an empty result. */
  result: string;
  /** Last event of the stream once the command had taken effect. */
  seq: number;
  at: number;
}

/** One accepted command with its events, if any: they are kept together or not at all. */
export interface Group {
  command: CommandRow;
  events: readonly EventRow[];
}

/** The fold up to and with event `seq`, sealed whole under the day's key. */
export interface SnapshotRow extends StreamId {
  seq: number;
  hash: string;
  sealed: string;
}

export interface Batch {
  groups: readonly Group[];
  snapshots: readonly SnapshotRow[];
}

/** The end of a branch's latest stream. */
export interface StreamTail extends StreamId {
  seq: number;
  hash: string;
}

export type Verification =
  | { ok: true; streams: number; events: number }
  | { ok: false; branchId: string; day: string; seq: number; problem: string };

/**
 * `unavailable`: the disk is full, locked, read-only or broken; trying again later may help.
 * `conflict`: the rows do not continue their stream; the log was left as it was.
 * `corrupt`: what was stored is damaged or incomplete; nothing may be served from it.
 */
export type LogProblem = 'unavailable' | 'conflict' | 'corrupt';

/** The one error an event log rejects with; its message is for the operator and is never sent to a client. */
export class LogFailure extends Error {
  constructor(
    readonly problem: LogProblem,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'LogFailure';
  }
}

/** Where events are kept. Every method may reject with a LogFailure. */
export interface EventLog {
  /** Id of this copy of the log, known once it has been opened. */
  readonly epoch: string;
  /** Keeps the whole batch or nothing of it; it is on disk when this resolves. */
  append(batch: Batch): Promise<void>;
  /** End of the branch's latest day, or null before its first. */
  tail(branchId: string): Promise<StreamTail | null>;
  /** Events of a stream from `fromSeq` on, in order, at most `limit` (1 …). */
  read(stream: StreamId, fromSeq: number, limit: number): Promise<EventRow[]>;
  /** Events of these types of a stream, in order; what lies between them is not looked at. */
  readOf(stream: StreamId, types: readonly EventRow['type'][]): Promise<EventRow[]>;
  /** Dates of the branch's latest streams, newest first, at most `limit` (1 …). */
  days(branchId: string, limit: number): Promise<string[]>;
  /** The accepted command of that actor and id, or null. */
  command(stream: StreamId, actorId: string, commandId: string): Promise<CommandRow | null>;
  /** Actor, id and seq of every accepted command of a stream, in order. */
  commandIds(stream: StreamId): Promise<{ actorId: string; commandId: string; seq: number }[]>;
  /** The stream's latest snapshot, or null. */
  snapshot(stream: StreamId): Promise<SnapshotRow | null>;
  /** Notes that these branches were being served at `at` (UTC ms of branch time). */
  beat(beats: readonly { branchId: string; at: number }[]): Promise<void>;
  /** The branch's last sign of life, UTC ms, or null. */
  lastBeat(branchId: string): Promise<number | null>;
  /** Recomputes every hash and looks for gaps and cut tails. */
  verify(): Promise<Verification>;
}

/** What the logs of days that are over say, so that nobody reads them again for it. */
export interface KeptDays {
  /** In place of what was kept of that day before. */
  keep(stream: StreamId, said: string): Promise<void>;
  /** Of the branch's latest days, at most `limit`, in no order. */
  latest(branchId: string, limit: number): Promise<{ day: string; said: string }[]>;
}

/**
 * What the forecast knows of each branch's day, for the time after a restart. It lies beside the log and not in it: no
 * decision rests on it [L16], the log's order and hash chain need not carry figures that move each beat, and a write a
 * minute for all branches together is nothing that a command waits for.
 */
export interface KeptForecasts {
  /** In place of what was kept of these branches before. */
  keep(memories: readonly { branchId: string; memory: string }[]): Promise<void>;
  /** Of every branch, in no order. */
  all(): Promise<{ branchId: string; memory: string }[]>;
}

/** A day's secret; without it sealed text cannot be read. Never printed, never sent. */
export interface DayKey {
  /** AES-256-GCM, bound to `context`, padded so that its length tells nothing of a short text. */
  seal(text: string, context: string): string;
  /** The text; 'erased' if it was sealed under another key. Throws LogFailure('corrupt') if it was altered. */
  unseal(sealed: string, context: string): { text: string } | 'erased';
  /** HMAC-SHA-256, 64 hex digits. */
  fingerprint(text: string): string;
}

/** Keys by business day, kept outside the database and its backups. */
export interface DayKeys {
  /** The stream's key, made durable before it is returned if there was none yet. */
  create(stream: StreamId): Promise<DayKey>;
  /** The stream's key, or null when there is none (any more). */
  find(stream: StreamId): Promise<DayKey | null>;
  /** Forgets the key for ever: what was sealed with it reads 'erased'. No error if there is none. */
  destroy(stream: StreamId): Promise<void>;
}

/** Branch time. */
export interface Clock {
  /** UTC ms; never runs backwards while the process lives. */
  now(): number;
  /** Branch time ÷ wall time; 1 outside the demo, 0 while frozen. */
  rate(): number;
  /** Calls `run` once, when `now()` has reached `at` (UTC ms); returns how to cancel it. */
  wake(at: number, run: () => void): () => void;
  /** Tells of wall-clock steps of more than 5 s, at the latest before `now()` next returns. Returns how to stop. */
  onStep(listener: (byMs: number) => void): () => void;
}

/** What the branches are configured with; read when a day is opened. */
export interface SetupSource {
  branchIds(): Promise<string[]>;
  setupOf(branchId: string): Promise<BranchSetup>;
  /** The same with what the branch's past says of that day (YYYY-MM-DD) [P-22, P-31]; known by then, for no opening waits. */
  opening(setup: BranchSetup, day: string): BranchSetup;
}

/** The part of pino's logger that the runtime uses. No payload, need or name may go into it. */
export interface Logger {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}
