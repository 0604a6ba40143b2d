import type { Rejection } from '../protocol/codes.js';
import type { BranchSetup } from '../protocol/settings.js';
import type { IdentityDatabase, WallClock } from './database.js';
import { BranchVersion } from './entities.js';

/** A version of a branch's configuration, and who made it when (UTC ms). */
export interface KeptSetup {
  version: number;
  setup: BranchSetup;
  at: number;
  by: string;
}

/** Branches' configurations; each change is kept as a new version, and a day opens with the latest. */
export class Branches {
  readonly #latest = new Map<string, KeptSetup>();

  /** Branches whose next version is on its way to the disk. */
  readonly #saving = new Set<string>();

  constructor(
    private readonly database: IdentityDatabase,
    private readonly wall: WallClock,
  ) {}

  /** Reads every branch once; later changes go through `save`. */
  async load(): Promise<void> {
    const rows = await this.database.source.manager.find(BranchVersion, { order: { version: 'ASC' } });
    for (const { branchId, version, setup, at, by } of rows)
      this.#latest.set(branchId, { version, setup, at, by });
  }

  ids(): string[] {
    return [...this.#latest.keys()];
  }

  latest(branchId: string): BranchSetup | undefined {
    return this.#latest.get(branchId)?.setup;
  }

  /** The latest version with all that is kept of it. */
  kept(branchId: string): KeptSetup | undefined {
    return this.#latest.get(branchId);
  }

  /** Keeps a new version, whatever the one before was. @param by staff id of who changed it */
  async save(setup: BranchSetup, by: string): Promise<number> {
    const version = (this.#latest.get(setup.id)?.version ?? 0) + 1;
    return this.#keep(setup, version, by);
  }

  /**
   * Keeps a new version made from `from`, 0 for a new branch: where somebody else's came in between nothing is
   * kept and the answer is `stale` [S-8].
   */
  async change(
    setup: BranchSetup,
    from: number,
    by: string,
  ): Promise<{ ok: true; version: number } | Rejection> {
    const now = this.#latest.get(setup.id)?.version ?? 0;
    const stale: Rejection = { ok: false, code: 'stale', params: { version: now } };
    if (now !== from || this.#saving.has(setup.id)) return stale;
    this.#saving.add(setup.id);
    try {
      return { ok: true, version: await this.#keep(setup, from + 1, by) };
    } finally {
      this.#saving.delete(setup.id);
    }
  }

  async #keep(setup: BranchSetup, version: number, by: string): Promise<number> {
    const row = new BranchVersion();
    Object.assign(row, { branchId: setup.id, version, setup, at: this.wall(), by });
    await this.database.write((manager) => manager.insert(BranchVersion, row));
    this.#latest.set(setup.id, { version, setup, at: row.at, by });
    return version;
  }
}
