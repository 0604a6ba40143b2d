import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { EntityManager } from 'typeorm';
import { DataSource } from 'typeorm';
import { LogFailure } from '../runtime/ports.js';
import type { MoreTables } from './data-source.js';
import { dataSourceOptions } from './data-source.js';
import { toLogFailure } from './failures.js';

const LOCK_WAIT_MS = 5_000;

/**
 * The process's one database. TypeORM has one SQLite connection, and two transactions at a time on it would
 * roll each other back: whoever writes does it in here, one after the other; so does who reads to rely on it.
 */
export class Database {
  private last: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly source: DataSource,
    readonly path: string,
  ) {}

  /**
   * Opens the file durably and brings its schema up to date. Rejects with LogFailure: 'corrupt' if it is no
   * sound database, 'unavailable' if it cannot be opened or does not promise what an ack promises [G1].
   */
  static async open(path: string, ...more: MoreTables[]): Promise<Database> {
    await mkdir(dirname(path), { recursive: true });
    const source = new DataSource(dataSourceOptions(path, ...more));
    try {
      await source.initialize();
      await source.query(`PRAGMA busy_timeout = ${LOCK_WAIT_MS}`);
      await source.query('PRAGMA synchronous = FULL');
      await assertDurable(source);
      await source.runMigrations();
      return new Database(source, path);
    } catch (error) {
      if (source.isInitialized) await source.destroy();
      throw toLogFailure(error);
    }
  }

  /** Runs `work` when everything asked for before has ended; rejects if it does. It must not call `run` or `write`. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.last.then(work);
    this.last = result.catch(() => undefined);
    return result;
  }

  /** `run` in one transaction: use the manager that is given, and nothing else. */
  write<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.run(() => this.source.transaction(work));
  }

  /** Closes the file once everything asked for has ended. */
  async close(): Promise<void> {
    await this.last;
    if (this.source.isInitialized) await this.source.destroy();
  }
}

/** With less than WAL and synchronous=FULL a power cut takes acknowledged commands with it. */
export async function assertDurable(source: DataSource): Promise<void> {
  const [journal] = await source.query<{ journal_mode: string }[]>('PRAGMA journal_mode');
  const [sync] = await source.query<{ synchronous: number }[]>('PRAGMA synchronous');
  const FULL = 2;
  if (journal?.journal_mode === 'wal' && sync?.synchronous === FULL) return;
  const is = `journal_mode=${journal?.journal_mode ?? '?'} synchronous=${sync?.synchronous ?? '?'}`;
  throw new LogFailure('unavailable', `the database runs with ${is}, not with WAL and FULL`);
}
