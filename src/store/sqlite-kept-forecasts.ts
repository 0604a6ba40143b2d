import type { KeptForecasts } from '../runtime/ports.js';
import type { Database } from './database.js';
import { toLogFailure } from './failures.js';
import { ForecastMemoryEntity } from './forecast-memory.entity.js';

/** Rows in one statement: commands are written between them, and SQLite binds no more than 32,766 values. */
const AT_ONCE = 200;

/** Beside the log, in the one database. Rejects with LogFailure. */
export class SqliteKeptForecasts implements KeptForecasts {
  constructor(private readonly database: Database) {}

  async keep(memories: readonly { branchId: string; memory: string }[]): Promise<void> {
    const rows = memories.map(({ branchId, memory }) => ({ branch: branchId, memory }));
    try {
      for (let from = 0; from < rows.length; from += AT_ONCE) {
        const slice = rows.slice(from, from + AT_ONCE);
        await this.database.write((manager) => manager.upsert(ForecastMemoryEntity, slice, ['branch']));
      }
    } catch (error) {
      throw toLogFailure(error);
    }
  }

  async all(): Promise<{ branchId: string; memory: string }[]> {
    try {
      const rows = await this.database.run(() => this.database.source.manager.find(ForecastMemoryEntity));
      return rows.map(({ branch, memory }) => ({ branchId: branch, memory }));
    } catch (error) {
      throw toLogFailure(error);
    }
  }
}
