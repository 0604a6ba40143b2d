import { IsNull } from 'typeorm';
import type { EntityManager } from 'typeorm';
import type { Rejection } from '../protocol/codes.js';
import type { IdentityDatabase, WallClock } from './database.js';
import { StaffMember } from './entities.js';
import type { StaffRole } from './identity.js';
import type { Passwords } from './passwords.js';
import { newId } from './tokens.js';

export interface NewStaff {
  /** Given by the demo and by tests; else made. */
  id?: string;
  login: string;
  name: string;
  role: StaffRole;
  branchId: string;
  skills?: string[];
  /** Absent: nobody can sign in as this person by password. */
  password?: string;
}

/** What of a person is to be different; what is absent stays. */
export interface StaffChange {
  name?: string;
  role?: StaffRole;
  skills?: string[];
  password?: string;
  disabled?: boolean;
}

const refusal = (code: Rejection['code']): Rejection => ({ ok: false, code, params: {} });

/** The people who work here. */
export class Staff {
  constructor(
    private readonly database: IdentityDatabase,
    private readonly passwords: Passwords,
    private readonly wall: WallClock,
  ) {}

  /** A person who may be added by `insert`; the password is hashed here, as a transaction must not wait for it. */
  async drafted(person: NewStaff): Promise<StaffMember> {
    const member = new StaffMember();
    return Object.assign(member, {
      id: person.id ?? newId(),
      login: person.login.toLowerCase(),
      name: person.name,
      role: person.role,
      branchId: person.branchId,
      skills: person.skills ?? [],
      passwordHash: person.password === undefined ? null : await this.passwords.hash(person.password),
      disabledAt: null,
    });
  }

  /** Within the caller's transaction, so that of two people with one login name the second is refused [S-16]. */
  async insert(manager: EntityManager, member: StaffMember): Promise<Rejection | undefined> {
    if (await manager.existsBy(StaffMember, { login: member.login })) return refusal('login-taken');
    await manager.insert(StaffMember, member);
    return undefined;
  }

  async admit(person: NewStaff): Promise<{ ok: true; id: string } | Rejection> {
    const member = await this.drafted(person);
    const refused = await this.database.write((manager) => this.insert(manager, member));
    return refused ?? { ok: true, id: member.id };
  }

  /** For callers who know that the login name is free: rejects when it is not. */
  async add(person: NewStaff): Promise<StaffMember> {
    const member = await this.drafted(person);
    await this.database.write((manager) => manager.insert(StaffMember, member));
    return member;
  }

  byId(id: string): Promise<StaffMember | null> {
    return this.database.source.manager.findOneBy(StaffMember, { id });
  }

  /** The person whose name and password these are; the time taken doesn't tell which was wrong. */
  async withPassword(login: string, password: string): Promise<StaffMember | undefined> {
    const member = await this.database.source.manager.findOneBy(StaffMember, { login: login.toLowerCase() });
    const usable = member?.disabledAt === null ? member : undefined;
    const right = await this.passwords.matches(usable?.passwordHash ?? undefined, password);
    return right ? usable : undefined;
  }

  list(branchId: string): Promise<StaffMember[]> {
    return this.database.source.manager.findBy(StaffMember, { branchId });
  }

  /**
   * Changes a person of the branch. Who changes others can't lock themselves out, and the last administrator
   * stays, also when two are taken away at the same moment: it is counted in the transaction [S-12].
   * @param by staff id of who changes
   */
  async change(
    id: string,
    branchId: string,
    by: string,
    change: StaffChange,
  ): Promise<{ ok: true } | Rejection> {
    if (id === by && (change.disabled === true || change.role !== undefined)) return refusal('not-yourself');
    const { disabled, password, ...rest } = change;
    const passwordHash = password === undefined ? undefined : await this.passwords.hash(password);
    return this.database.write(async (manager) => {
      const member = await manager.findOneBy(StaffMember, { id, branchId });
      if (member === null) return refusal('unknown-person');
      const leaves = disabled === true || (change.role !== undefined && change.role !== 'administrator');
      if (leaves && isAdministrator(member) && (await administratorsOf(manager, branchId)) <= 1)
        return refusal('last-administrator');
      if (disabled !== undefined) member.disabledAt = disabled ? (member.disabledAt ?? this.wall()) : null;
      if (passwordHash !== undefined) member.passwordHash = passwordHash;
      await manager.save(StaffMember, Object.assign(member, rest));
      return { ok: true as const };
    });
  }

  async nobodyYet(): Promise<boolean> {
    return (await this.database.source.manager.count(StaffMember)) === 0;
  }
}

const isAdministrator = (member: StaffMember): boolean =>
  member.role === 'administrator' && member.disabledAt === null;

/** Those of a branch who can still sign in. */
const administratorsOf = (manager: EntityManager, branchId: string): Promise<number> =>
  manager.countBy(StaffMember, { branchId, role: 'administrator', disabledAt: IsNull() });
