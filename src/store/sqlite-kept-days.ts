import type { KeptDays, StreamId } from '../runtime/ports.js';
import type { Database } from './database.js';
import { toLogFailure } from './failures.js';
import { ServiceTimesEntity } from './service-times.entity.js';

interface Kept {
  day: string;
  said: string;
}

/** Asked for each branch before a server serves: making an entity of each row would take longer than reading it. */
const LATEST = `SELECT "day", "times" AS "said" FROM "service_times" WHERE "branch" = ? ORDER BY "day" DESC LIMIT ?`;

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

  async latest(branchId: string, limit: number): Promise<Kept[]> {
    try {
      return await this.database.run(() => this.database.source.query<Kept[]>(LATEST, [branchId, limit]));
    } catch (error) {
      throw toLogFailure(error);
    }
  }
}
