import type { DataSource } from 'typeorm';
import type {
  Batch,
  CommandRow,
  EventLog,
  EventRow,
  SnapshotRow,
  StreamId,
  StreamTail,
  Verification,
} from '../runtime/ports.js';
import { LogFailure } from '../runtime/ports.js';
import { continued } from './continuity.js';
import type { Database } from './database.js';
import { toLogFailure } from './failures.js';
import * as sql from './log-sql.js';
import type { Mark } from './tail-mark.js';
import { TailMark } from './tail-mark.js';
import { verifyStreams } from './verify.js';

/** The log in the one SQLite database; everything it does goes through the queue that all writers share. */
export class SqliteEventLog implements EventLog {
  /** Ends of streams as this process knows them; emptied whenever a write fails. */
  private readonly tails = new Map<string, StreamTail | null>();

  private constructor(
    private readonly database: Database,
    private readonly mark: TailMark,
    readonly epoch: string,
  ) {}

  /**
   * Rejects with LogFailure('corrupt') if the database lost what it had
   * once acknowledged [G11].
   */
  static async open(database: Database): Promise<SqliteEventLog> {
    const { source, path } = database;
    const mark = new TailMark(path);
    try {
      const [meta] = await source.query<{ value: string }[]>(
        `SELECT "value" FROM "log_meta" WHERE "name" = 'epoch'`,
      );
      const [end] = await source.query<Mark[]>(sql.END);
      if (!meta || !end) throw new LogFailure('corrupt', 'the log does not know its epoch');
      const had = mark.read();
      if (had && (end.events < had.events || end.commands < had.commands))
        throw new LogFailure(
          'corrupt',
          `the log ends at event ${end.events}, command ${end.commands}; it had ${had.events} and ${had.commands}`,
        );
      mark.write(end);
      return new SqliteEventLog(database, mark, meta.value);
    } catch (error) {
      mark.close();
      throw toLogFailure(error);
    }
  }

  append({ groups, snapshots }: Batch): Promise<void> {
    return this.run(async () => {
      const tails = new Map<string, StreamTail>();
      for (const group of groups) {
        const { branchId } = group.command;
        const before = tails.get(branchId) ?? (await this.knownTail(branchId));
        tails.set(branchId, continued(before, group));
      }
      try {
        await this.write({ groups, snapshots });
      } catch (error) {
        this.tails.clear();
        throw error;
      }
      for (const [branchId, tail] of tails) this.tails.set(branchId, tail);
    });
  }

  tail(branchId: string): Promise<StreamTail | null> {
    return this.run(() => this.readTail(branchId));
  }

  read({ branchId, day }: StreamId, fromSeq: number, limit: number): Promise<EventRow[]> {
    return this.run(() => this.source.query<EventRow[]>(sql.READ, [branchId, day, fromSeq, limit]));
  }

  command({ branchId, day }: StreamId, actorId: string, commandId: string): Promise<CommandRow | null> {
    return this.run(async () => {
      const [row] = await this.source.query<CommandRow[]>(sql.COMMAND, [branchId, day, actorId, commandId]);
      return row ?? null;
    });
  }

  commandIds({ branchId, day }: StreamId): Promise<{ actorId: string; commandId: string; seq: number }[]> {
    return this.run(() => this.source.query(sql.COMMAND_IDS, [branchId, day]));
  }

  snapshot({ branchId, day }: StreamId): Promise<SnapshotRow | null> {
    return this.run(async () => {
      const [row] = await this.source.query<SnapshotRow[]>(sql.SNAPSHOT, [branchId, day]);
      return row ?? null;
    });
  }

  async beat(beats: readonly { branchId: string; at: number }[]): Promise<void> {
    const rows = JSON.stringify(beats.map(({ branchId, at }) => [branchId, at]));
    await this.run(() => this.source.query(sql.BEAT, [rows]));
  }

  lastBeat(branchId: string): Promise<number | null> {
    return this.run(async () => {
      const [row] = await this.source.query<{ at: number }[]>(sql.LAST_BEAT, [branchId]);
      return row?.at ?? null;
    });
  }

  verify(): Promise<Verification> {
    return this.run(async () => {
      const [check] = await this.source.query<{ integrity_check: string }[]>('PRAGMA integrity_check(1)');
      if (check?.integrity_check !== 'ok')
        throw new LogFailure(
          'corrupt',
          `the database file is damaged: ${check?.integrity_check ?? 'unreadable'}`,
        );
      const streams = await this.source.query<(StreamId & { commandSeq: number | null })[]>(sql.STREAMS);
      return verifyStreams(streams, ({ branchId, day }, fromSeq, limit) =>
        this.source.query<EventRow[]>(sql.READ, [branchId, day, fromSeq, limit]),
      );
    });
  }

  /** Call after the last append; the database is its owner's to close. */
  close(): void {
    this.mark.close();
  }

  private get source(): DataSource {
    return this.database.source;
  }

  private async write({ groups, snapshots }: Batch): Promise<void> {
    const { source } = this;
    const events = groups.flatMap((group) => group.events);
    await source.query('BEGIN IMMEDIATE');
    try {
      if (events.length > 0) await source.query(sql.INSERT_EVENTS, [sql.eventRows(events)]);
      if (groups.length > 0) await source.query(sql.INSERT_COMMANDS, [sql.commandRows(groups)]);
      if (snapshots.length > 0) await source.query(sql.KEEP_SNAPSHOTS, [sql.snapshotRows(snapshots)]);
      await source.query('COMMIT');
    } catch (error) {
      // SQLite has rolled back by itself after some errors; then there is nothing to roll back.
      await source.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
    await this.noteEnd();
  }

  /** The rows are on disk: a note that cannot be written must not turn that into a failure. */
  private async noteEnd(): Promise<void> {
    try {
      const [end] = await this.source.query<Mark[]>(sql.END);
      if (end) this.mark.write(end);
    } catch {
      return;
    }
  }

  private async knownTail(branchId: string): Promise<StreamTail | null> {
    const known = this.tails.get(branchId);
    return known === undefined ? this.readTail(branchId) : known;
  }

  private async readTail(branchId: string): Promise<StreamTail | null> {
    const [row] = await this.source.query<StreamTail[]>(sql.TAIL, [branchId]);
    return row ?? null;
  }

  private async run<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await this.database.run(work);
    } catch (error) {
      throw toLogFailure(error);
    }
  }
}
