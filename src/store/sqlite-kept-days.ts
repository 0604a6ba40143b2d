import type { KeptDays, StreamId } from '../runtime/ports.js';
import type { Database } from './database.js';
import { toLogFailure } from './failures.js';
import { ServiceTimesEntity } from './service-times.entity.js';

/** Beside the log, in the one database. Rejects with LogFailure. */
export class SqliteKeptDays implements KeptDays {
  constructor(private readonly database: Database) {}

  async keep({ branchId, day }: StreamId, said: string): Promise<void> {
    try {
      await this.database.write((manager) =>
        manager.save(ServiceTimesEntity, { branch: branchId, day, times: said }),
      );
    } catch (error) {
      throw toLogFailure(error);
    }
  }

  async latest(branchId: string, limit: number): Promise<{ day: string; said: string }[]> {
    try {
      const find = { where: { branch: branchId }, order: { day: 'DESC' as const }, take: limit };
      const rows = await this.database.run(() => this.database.source.manager.find(ServiceTimesEntity, find));
      return rows.map(({ day, times }) => ({ day, said: times }));
    } catch (error) {
      throw toLogFailure(error);
    }
  }
}
