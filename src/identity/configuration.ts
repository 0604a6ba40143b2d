import type { Rejection } from '../protocol/codes.js';
import type { BranchSetup, LearntTime } from '../protocol/settings.js';
import { harmless, signedAcceptance } from '../protocol/starvation.js';
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
  /** The core's own check, made before a version is kept [S-9]; `before` is the setup that it changes [P-24]. */
  problem: (setup: BranchSetup, before: BranchSetup | undefined) => Rejection | undefined;
  model: BranchSetup;
  /** UTC ms. */
  wall: () => number;
  /** By service, what the branch's past days say. */
  learnt: (setup: BranchSetup) => Record<string, LearntTime>;
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

  learnt(setup: BranchSetup): Record<string, LearntTime> {
    return this.rules.learnt(setup);
  }

  list(): BranchSetup[] {
    return this.branches.ids().flatMap((id) => this.branches.latest(id) ?? []);
  }

  /** @param from the version that the change was made from */
  async change(
    setup: BranchSetup,
    from: number,
    by: { id: string; name: string },
  ): Promise<{ ok: true; version: number } | Rejection> {
    const before = this.branches.latest(setup.id);
    return (
      this.#problem(setup, before) ??
      (await this.branches.change(this.#signed(setup, before, by.name), from, by.id))
    );
  }

  /** A new branch with its first administrator: both, or neither [S-16]. */
  async add({ id, name, like, administrator }: NewBranch, by: string): Promise<{ ok: true } | Rejection> {
    const model = (like === undefined ? undefined : this.branches.latest(like)) ?? this.rules.model;
    const setup = { ...model, id, name, settings: harmless(model) };
    const problem = this.#problem(setup, undefined);
    if (problem !== undefined) return problem;
    const member = await this.staff.drafted({ ...administrator, role: 'administrator', branchId: id });
    const made = await this.branches.begin(setup, by, (manager) => this.staff.insert(manager, member));
    if (!made.ok) return made.code === 'login-taken' ? refusal(made.code, 'administrator.login') : made;
    await this.rules.serve(id);
    return made;
  }

  #problem(setup: BranchSetup, before: BranchSetup | undefined): Rejection | undefined {
    if (!isTimeZone(setup.timeZone)) return refusal('bad-settings', 'timeZone');
    return this.rules.problem(setup, before);
  }

  /** Who accepted what may starve somebody, and when, is written here [S-2]. */
  #signed(setup: BranchSetup, before: BranchSetup | undefined, name: string): BranchSetup {
    const acceptance = signedAcceptance(setup, before?.settings.acceptance, name, this.rules.wall());
    const settings = { ...setup.settings };
    delete settings.acceptance;
    return { ...setup, settings: { ...settings, ...(acceptance && { acceptance }) } };
  }
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
