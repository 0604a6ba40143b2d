import type { Rejection } from '../protocol/codes.js';
import type { BranchSetup } from '../protocol/settings.js';
import type { Text } from '../protocol/vocabulary.js';
import type { Branches, KeptSetup } from './branches.js';
import type { Staff } from './staff.js';

export interface NewBranch {
  id: string;
  name: Text;
  /** The branch it begins as a copy of; undefined: the model branch. */
  like: string | undefined;
  administrator: { login: string; name: string; password: string };
}

/** What the parts that identity doesn't know tell it about configurations. */
export interface ConfigurationRules {
  /** The core's own check, made before a version is kept [S-9]. */
  problem: (setup: BranchSetup) => Rejection | undefined;
  model: BranchSetup;
  /** Takes a new branch into service. */
  serve: (branchId: string) => Promise<void>;
}

const refusal = (code: Rejection['code'], field: string): Rejection => ({
  ok: false,
  code,
  params: { field },
});

/** Changes of how branches are configured: only what a day can be run with is kept. */
export class Configuration {
  constructor(
    private readonly branches: Branches,
    private readonly staff: Staff,
    private readonly rules: ConfigurationRules,
  ) {}

  kept(branchId: string): KeptSetup | undefined {
    return this.branches.kept(branchId);
  }

  list(): BranchSetup[] {
    return this.branches.ids().flatMap((id) => this.branches.latest(id) ?? []);
  }

  /** @param from the version that the change was made from @param by staff id */
  async change(
    setup: BranchSetup,
    from: number,
    by: string,
  ): Promise<{ ok: true; version: number } | Rejection> {
    if (!isTimeZone(setup.timeZone)) return refusal('bad-settings', 'timeZone');
    return this.rules.problem(setup) ?? (await this.branches.change(setup, from, by));
  }

  async add({ id, name, like, administrator }: NewBranch, by: string): Promise<{ ok: true } | Rejection> {
    if (this.branches.latest(id) !== undefined) return refusal('branch-taken', 'id');
    if (await this.staff.has(administrator.login)) return refusal('login-taken', 'administrator.login');
    const model = (like === undefined ? undefined : this.branches.latest(like)) ?? this.rules.model;
    const kept = await this.change({ ...model, id, name }, 0, by);
    if (!kept.ok) return kept.code === 'stale' ? refusal('branch-taken', 'id') : kept;
    await this.staff.add({ ...administrator, role: 'administrator', branchId: id });
    await this.rules.serve(id);
    return { ok: true };
  }
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
