import type { EntityManager } from 'typeorm';
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

const taken: Rejection = { ok: false, code: 'branch-taken', params: { field: 'id' } };

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
    for (const row of rows) this.#know(row);
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
   * Keeps a new version made from `from`: where somebody else's came in between nothing is kept and the answer
   * is `stale` [S-8].
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

  /** Keeps a new branch together with what `beside` writes, or neither [S-16]. */
  async begin(
    setup: BranchSetup,
    by: string,
    beside: (manager: EntityManager) => Promise<Rejection | undefined>,
  ): Promise<{ ok: true } | Rejection> {
    const row = this.#row(setup, 1, by);
    const refused = await this.database.write(async (manager) => {
      if (await manager.existsBy(BranchVersion, { branchId: setup.id })) return taken;
      const other = await beside(manager);
      if (other === undefined) await manager.insert(BranchVersion, row);
      return other;
    });
    if (refused !== undefined) return refused;
    this.#know(row);
    return { ok: true };
  }

  async #keep(setup: BranchSetup, version: number, by: string): Promise<number> {
    const row = this.#row(setup, version, by);
    await this.database.write((manager) => manager.insert(BranchVersion, row));
    this.#know(row);
    return version;
  }

  #row(setup: BranchSetup, version: number, by: string): BranchVersion {
    return Object.assign(new BranchVersion(), { branchId: setup.id, version, setup, at: this.wall(), by });
  }

  #know({ branchId, version, setup, at, by }: BranchVersion): void {
    this.#latest.set(branchId, { version, setup, at, by });
  }
}
