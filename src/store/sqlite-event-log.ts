import type { QueryRunner } from 'typeorm';
import type {
  Batch,
  CommandRow,
  EventLog,
  EventRow,
  Group,
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
import type { StreamEnd } from './verify.js';
import { verifyStreams } from './verify.js';

/** The log in the one SQLite database; everything it does goes through the queue that all writers share. */
export class SqliteEventLog implements EventLog {
  /** Ends of streams as this process knows them; emptied whenever a write fails. */
  private readonly tails = new Map<string, StreamTail | null>();

  private constructor(
    private readonly database: Database,
    /** One for all statements: TypeORM makes one per query otherwise. */
    private readonly db: QueryRunner,
    private readonly mark: TailMark,
    private end: Mark,
    readonly epoch: string,
  ) {}

  /**
   * Rejects with LogFailure('corrupt') if the database lost what it had
   * once acknowledged [G11].
   */
  static async open(database: Database): Promise<SqliteEventLog> {
    const db = database.source.createQueryRunner();
    const mark = new TailMark(database.path);
    try {
      const [meta] = await rows<{ value: string }>(
        db,
        `SELECT "value" FROM "log_meta" WHERE "name" = 'epoch'`,
      );
      const [end] = await rows<Mark>(db, sql.END);
      if (!meta || !end) throw new LogFailure('corrupt', 'the log does not know its epoch');
      const had = mark.read();
      if (had && (end.events < had.events || end.commands < had.commands))
        throw new LogFailure(
          'corrupt',
          `the log ends at event ${end.events}, command ${end.commands}; it had ${had.events} and ${had.commands}`,
        );
      mark.write(end);
      return new SqliteEventLog(database, db, mark, end, meta.value);
    } catch (error) {
      mark.close();
      await db.release();
      throw toLogFailure(error);
    }
  }

  append({ groups, snapshots }: Batch): Promise<void> {
    return this.run(async () => {
      const tails = new Map<string, StreamTail>();
      const ends = new Map<string, StreamTail>();
      for (const group of groups) {
        const { branchId, day } = group.command;
        const before = tails.get(branchId) ?? (await this.knownTail(branchId));
        const tail = continued(before, group);
        tails.set(branchId, tail);
        if (group.events.length > 0) ends.set(`${day} ${branchId}`, tail);
      }
      try {
        await this.write(groups, [...ends.values()], snapshots);
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
    return this.run(() => rows<EventRow>(this.db, sql.READ, [branchId, day, fromSeq, limit]));
  }

  readOf({ branchId, day }: StreamId, types: readonly string[]): Promise<EventRow[]> {
    return this.run(() => rows<EventRow>(this.db, sql.READ_OF, [branchId, day, JSON.stringify(types)]));
  }

  days(branchId: string, limit: number): Promise<string[]> {
    return this.run(async () => {
      const found = await rows<{ day: string }>(this.db, sql.DAYS, [branchId, limit]);
      return found.map(({ day }) => day);
    });
  }

  command({ branchId, day }: StreamId, actorId: string, commandId: string): Promise<CommandRow | null> {
    return this.run(async () => {
      const [row] = await rows<CommandRow>(this.db, sql.COMMAND, [branchId, day, actorId, commandId]);
      return row ?? null;
    });
  }

  commandIds({ branchId, day }: StreamId): Promise<{ actorId: string; commandId: string; seq: number }[]> {
    return this.run(() => rows(this.db, sql.COMMAND_IDS, [branchId, day]));
  }

  snapshot({ branchId, day }: StreamId): Promise<SnapshotRow | null> {
    return this.run(async () => {
      const [row] = await rows<SnapshotRow>(this.db, sql.SNAPSHOT, [branchId, day]);
      return row ?? null;
    });
  }

  async beat(beats: readonly { branchId: string; at: number }[]): Promise<void> {
    const rows = JSON.stringify(beats.map(({ branchId, at }) => [branchId, at]));
    await this.run(() => this.db.query(sql.BEAT, [rows]));
  }

  lastBeat(branchId: string): Promise<number | null> {
    return this.run(async () => {
      const [row] = await rows<{ at: number }>(this.db, sql.LAST_BEAT, [branchId]);
      return row?.at ?? null;
    });
  }

  verify(): Promise<Verification> {
    return this.run(async () => {
      const [check] = await rows<{ integrity_check: string }>(this.db, 'PRAGMA integrity_check(1)');
      if (check?.integrity_check !== 'ok')
        throw new LogFailure(
          'corrupt',
          `the database file is damaged: ${check?.integrity_check ?? 'unreadable'}`,
        );
      const streams = await rows<StreamEnd>(this.db, sql.STREAMS);
      return verifyStreams(streams, ({ branchId, day }, fromSeq, limit) =>
        rows<EventRow>(this.db, sql.READ, [branchId, day, fromSeq, limit]),
      );
    });
  }

  /** Call after the last append; the database is its owner's to close. */
  close(): void {
    this.mark.close();
  }

  private async write(
    groups: readonly Group[],
    ends: readonly StreamTail[],
    snapshots: readonly SnapshotRow[],
  ): Promise<void> {
    const { db } = this;
    const eventless = groups.filter(({ events }) => events.length === 0);
    const end = { ...this.end };
    await db.query('BEGIN IMMEDIATE');
    try {
      // For an insert TypeORM gives the position of its last row.
      if (ends.length > 0) {
        end.events = Number(await db.query(sql.INSERT_EVENTS, [sql.eventRows(groups)]));
        await db.query(sql.KEEP_ENDS, [sql.endRows(ends)]);
      }
      if (eventless.length > 0)
        end.commands = Number(await db.query(sql.INSERT_EVENTLESS, [sql.commandRows(eventless)]));
      if (snapshots.length > 0) await db.query(sql.KEEP_SNAPSHOTS, [sql.snapshotRows(snapshots)]);
      await db.query('COMMIT');
    } catch (error) {
      // SQLite has rolled back by itself after some errors; then there is nothing to roll back.
      await db.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
    this.noteEnd(end);
  }

  /** The rows are on disk: a note that cannot be written must not turn that into a failure. */
  private noteEnd(end: Mark): void {
    this.end = end;
    try {
      this.mark.write(end);
    } catch {
      return;
    }
  }

  private async knownTail(branchId: string): Promise<StreamTail | null> {
    const known = this.tails.get(branchId);
    return known === undefined ? this.readTail(branchId) : known;
  }

  private async readTail(branchId: string): Promise<StreamTail | null> {
    const [row] = await rows<StreamTail>(this.db, sql.TAIL, [branchId]);
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

const rows = async <T>(db: QueryRunner, statement: string, parameters: unknown[] = []): Promise<T[]> =>
  (await db.query(statement, parameters)) as T[];
