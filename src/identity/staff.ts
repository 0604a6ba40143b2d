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

/** The people who work here. */
export class Staff {
  constructor(
    private readonly database: IdentityDatabase,
    private readonly passwords: Passwords,
    private readonly wall: WallClock,
  ) {}

  /** Rejects when the login name is taken. */
  async add(person: NewStaff): Promise<StaffMember> {
    const member = new StaffMember();
    Object.assign(member, {
      id: person.id ?? newId(),
      login: person.login.toLowerCase(),
      name: person.name,
      role: person.role,
      branchId: person.branchId,
      skills: person.skills ?? [],
      passwordHash: person.password === undefined ? null : await this.passwords.hash(person.password),
      disabledAt: null,
    });
    await this.database.write((manager) => manager.insert(StaffMember, member));
    return member;
  }

  byId(id: string): Promise<StaffMember | null> {
    return this.database.source.manager.findOneBy(StaffMember, { id });
  }

  /** True when somebody has that login name already. */
  has(login: string): Promise<boolean> {
    return this.database.source.manager.existsBy(StaffMember, { login: login.toLowerCase() });
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

  async disable(id: string): Promise<void> {
    await this.database.write((manager) => manager.update(StaffMember, { id }, { disabledAt: this.wall() }));
  }

  async nobodyYet(): Promise<boolean> {
    return (await this.database.source.manager.count(StaffMember)) === 0;
  }
}
