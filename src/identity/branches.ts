import type { BranchSetup } from '../protocol/settings.js';
import type { IdentityDatabase, WallClock } from './database.js';
import { BranchVersion } from './entities.js';

/** Branches' configurations; each change is kept as a new version, and a day opens with the latest. */
export class Branches {
  readonly #latest = new Map<string, { version: number; setup: BranchSetup }>();

  constructor(
    private readonly database: IdentityDatabase,
    private readonly wall: WallClock,
  ) {}

  /** Reads every branch once; later changes go through `save`. */
  async load(): Promise<void> {
    const rows = await this.database.source.manager.find(BranchVersion, { order: { version: 'ASC' } });
    for (const { branchId, version, setup } of rows) this.#latest.set(branchId, { version, setup });
  }

  ids(): string[] {
    return [...this.#latest.keys()];
  }

  latest(branchId: string): BranchSetup | undefined {
    return this.#latest.get(branchId)?.setup;
  }

  /** Keeps a new version. @param by staff id of who changed it */
  async save(setup: BranchSetup, by: string): Promise<number> {
    const version = (this.#latest.get(setup.id)?.version ?? 0) + 1;
    const row = new BranchVersion();
    Object.assign(row, { branchId: setup.id, version, setup, at: this.wall(), by });
    await this.database.write((manager) => manager.insert(BranchVersion, row));
    this.#latest.set(setup.id, { version, setup });
    return version;
  }
}
