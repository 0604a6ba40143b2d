import type { DataSource, EntityManager } from 'typeorm';

/**
 * The process's one database. SQLite has one connection for everybody, so writes wait in the store's line:
 * a transaction opened beside it would fail or roll a neighbour back.
 */
export interface IdentityDatabase {
  readonly source: DataSource;
  write<T>(work: (manager: EntityManager) => Promise<T>): Promise<T>;
}

/** Wall time, UTC ms: sessions don't follow a branch's clock. */
export type WallClock = () => number;
