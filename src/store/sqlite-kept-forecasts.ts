import type { KeptForecasts } from '../runtime/ports.js';
import type { Database } from './database.js';
import { toLogFailure } from './failures.js';
import { ForecastMemoryEntity } from './forecast-memory.entity.js';

/** Beside the log, in the one database. Rejects with LogFailure. */
export class SqliteKeptForecasts implements KeptForecasts {
  constructor(private readonly database: Database) {}

  async keep(memories: readonly { branchId: string; memory: string }[]): Promise<void> {
    const rows = memories.map(({ branchId, memory }) => ({ branch: branchId, memory }));
    try {
      await this.database.write((manager) => manager.upsert(ForecastMemoryEntity, rows, ['branch']));
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
