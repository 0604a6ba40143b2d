import sqlite3 from 'sqlite3';
import type { DataSourceOptions } from 'typeorm';
import { EventEntity } from './event.entity.js';
import { EventlessCommandEntity } from './eventless-command.entity.js';
import { ForecastMemoryEntity } from './forecast-memory.entity.js';
import { LogMetaEntity } from './log-meta.entity.js';
import { CreateLog1767225600000 } from './migrations/1767225600000-create-log.js';
import { AddServiceTimes1795400000000 } from './migrations/1795400000000-add-service-times.js';
import { AddForecastMemory1795500000000 } from './migrations/1795500000000-add-forecast-memory.js';
import { RunnerLifeEntity } from './runner-life.entity.js';
import { ServiceTimesEntity } from './service-times.entity.js';
import { SnapshotEntity } from './snapshot.entity.js';
import { StreamEndEntity } from './stream-end.entity.js';

type Class = new () => object;

/** Tables of other parts in the same database, with the migrations that make them. */
export interface MoreTables {
  entities: readonly Class[];
  migrations: readonly Class[];
}

/**
 * TypeORM asks the driver for long stack traces, with which it takes a stack and writes out the parameters at each
 * statement in case it fails: time that every command would pay, and parameters are nothing for a log.
 */
const driver = { verbose: () => sqlite3 };

/** Options of the one database; `databasePath` is a file. The schema changes by migrations only. */
export function dataSourceOptions(databasePath: string, ...more: MoreTables[]): DataSourceOptions {
  const entities: Class[] = [
    EventEntity,
    EventlessCommandEntity,
    StreamEndEntity,
    SnapshotEntity,
    RunnerLifeEntity,
    LogMetaEntity,
    ServiceTimesEntity,
    ForecastMemoryEntity,
  ];
  const migrations: Class[] = [
    CreateLog1767225600000,
    AddServiceTimes1795400000000,
    AddForecastMemory1795500000000,
  ];
  for (const tables of more) {
    entities.push(...tables.entities);
    migrations.push(...tables.migrations);
  }
  return {
    type: 'sqlite',
    driver,
    database: databasePath,
    enableWAL: true,
    synchronize: false,
    migrationsRun: false,
    migrationsTransactionMode: 'each',
    entities,
    migrations,
  };
}
