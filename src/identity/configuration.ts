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
    return this.#problem(setup) ?? (await this.branches.change(setup, from, by));
  }

  /** A new branch with its first administrator: both, or neither [S-16]. */
  async add({ id, name, like, administrator }: NewBranch, by: string): Promise<{ ok: true } | Rejection> {
    const model = (like === undefined ? undefined : this.branches.latest(like)) ?? this.rules.model;
    const setup = { ...model, id, name };
    const problem = this.#problem(setup);
    if (problem !== undefined) return problem;
    const member = await this.staff.drafted({ ...administrator, role: 'administrator', branchId: id });
    const made = await this.branches.begin(setup, by, (manager) => this.staff.insert(manager, member));
    if (!made.ok) return made.code === 'login-taken' ? refusal(made.code, 'administrator.login') : made;
    await this.rules.serve(id);
    return made;
  }

  #problem(setup: BranchSetup): Rejection | undefined {
    if (!isTimeZone(setup.timeZone)) return refusal('bad-settings', 'timeZone');
    return this.rules.problem(setup);
  }
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
