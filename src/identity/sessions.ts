import { In, IsNull, MoreThan, MoreThanOrEqual, Not } from 'typeorm';
import type { IdentityDatabase, WallClock } from './database.js';
import { StaffSession } from './entities.js';
import type { StaffMember } from './entities.js';
import type { Identity } from './identity.js';
import { watches } from './policy.js';
import type { Staff } from './staff.js';
import { hashOf, newId, newToken, SESSION_PREFIX } from './tokens.js';

export interface SessionTimes {
  /** Without a request or command for so long, the person signs in again. */
  idleMs: number;
  longestMs: number;
}

const MINUTE = 60_000;
export const productionTimes: SessionTimes = { idleMs: 30 * MINUTE, longestMs: 12 * 60 * MINUTE };
/** A `seen` is written at most this often; the memory knows better. */
const WRITE_SEEN_MS = MINUTE;

interface Known {
  row: StaffSession;
  identity: Identity;
  writtenSeen: number;
}

/**
 * Sessions of staff. Tokens are stored hashed; what was recognised once is kept in memory, and a look at the
 * table every few seconds finds what another process revoked.
 */
export class Sessions {
  readonly #known = new Map<string, Known>();
  readonly #byCredential = new Map<string, Known>();

  constructor(
    private readonly database: IdentityDatabase,
    private readonly staff: Staff,
    private readonly wall: WallClock,
    private readonly times: SessionTimes,
  ) {}

  /** Opens a session; the token is returned once and stored nowhere. */
  async open(member: StaffMember): Promise<{ token: string; identity: Identity }> {
    const token = newToken(SESSION_PREFIX);
    const at = this.wall();
    const row = new StaffSession();
    Object.assign(row, {
      id: newId(),
      tokenHash: hashOf(token),
      staffId: member.id,
      openedAt: at,
      seenAt: at,
      revokedAt: null,
    });
    await this.database.write((manager) => manager.insert(StaffSession, row));
    const identity = identityOf(member, row);
    this.#keep({ row, identity, writtenSeen: at });
    return { token, identity };
  }

  async identify(token: string): Promise<Identity | undefined> {
    const known = await this.#find(hashOf(token));
    if (known === undefined || !this.#usable(known.row)) return undefined;
    this.#see(known);
    return known.identity;
  }

  /** Still good, now. `used` also counts as a sign of life. */
  alive(identity: Identity, used: boolean): boolean {
    const known = this.#byCredential.get(identity.credential);
    if (known === undefined || !this.#usable(known.row)) return false;
    if (used) this.#see(known);
    return true;
  }

  async close(identity: Identity): Promise<void> {
    const known = this.#byCredential.get(identity.credential);
    if (known === undefined) return;
    known.row.revokedAt = this.wall();
    await this.database.write((manager) =>
      manager.update(StaffSession, { id: known.row.id }, { revokedAt: known.row.revokedAt }),
    );
  }

  /**
   * Ends every session of a person, at once here and within seconds in other processes.
   * @param but session id of the one that stays
   */
  async closeAllOf(staffId: string, but?: string): Promise<void> {
    const at = this.wall();
    for (const { row } of this.#known.values())
      if (row.staffId === staffId && row.id !== but) row.revokedAt ??= at;
    const others = but === undefined ? {} : { id: Not(but) };
    await this.database.write((manager) =>
      manager.update(StaffSession, { staffId, revokedAt: IsNull(), ...others }, { revokedAt: at }),
    );
  }

  /** Those of the people who have a session that is still good. */
  async signedIn(staffIds: readonly string[]): Promise<Set<string>> {
    const rows = await this.database.source.manager.findBy(StaffSession, {
      staffId: In(staffIds),
      revokedAt: IsNull(),
      openedAt: MoreThan(this.wall() - this.times.longestMs),
    });
    // What is in memory knows a later sign of life than the table.
    const usable = rows.filter((row) => this.#usable(this.#known.get(row.tokenHash)?.row ?? row));
    return new Set(usable.map(({ staffId }) => staffId));
  }

  /** Learns what others revoked since `since`, and forgets what can't be used any more. */
  async refresh(since: number): Promise<void> {
    const revoked = await this.database.source.manager.findBy(StaffSession, {
      revokedAt: MoreThanOrEqual(since),
    });
    for (const row of revoked) {
      const known = this.#known.get(row.tokenHash);
      if (known !== undefined) known.row.revokedAt = row.revokedAt;
    }
    for (const [hash, { row, identity }] of this.#known) {
      if (this.#usable(row)) continue;
      this.#known.delete(hash);
      this.#byCredential.delete(identity.credential);
    }
  }

  #usable(row: StaffSession): boolean {
    const now = this.wall();
    return (
      row.revokedAt === null &&
      now - row.seenAt < this.times.idleMs &&
      now - row.openedAt < this.times.longestMs
    );
  }

  #see(known: Known): void {
    const now = this.wall();
    known.row.seenAt = now;
    if (now - known.writtenSeen < WRITE_SEEN_MS) return;
    known.writtenSeen = now;
    // Nobody waits for it: a lost `seen` only makes an idle person sign in a little earlier.
    this.database
      .write((manager) => manager.update(StaffSession, { id: known.row.id }, { seenAt: now }))
      .catch(() => undefined);
  }

  #keep(known: Known): void {
    this.#known.set(known.row.tokenHash, known);
    this.#byCredential.set(known.identity.credential, known);
  }

  async #find(hash: string): Promise<Known | undefined> {
    const kept = this.#known.get(hash);
    if (kept !== undefined) return kept;
    const row = await this.database.source.manager.findOneBy(StaffSession, { tokenHash: hash });
    if (row === null) return undefined;
    const member = await this.staff.byId(row.staffId);
    if (member?.disabledAt !== null) return undefined;
    const known = { row, identity: identityOf(member, row), writtenSeen: row.seenAt };
    this.#keep(known);
    return known;
  }
}

const identityOf = (member: StaffMember, row: StaffSession): Identity => ({
  kind: 'staff',
  credential: `session:${row.id}`,
  branchId: member.branchId,
  audiences: watches(member.role),
  actor: { id: member.id, role: member.role, name: member.name, skills: member.skills, session: row.id },
});
