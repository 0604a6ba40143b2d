import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BranchSetup } from '../protocol/settings.js';
import type { DeviceKind, StaffRole } from './identity.js';

/** Times are UTC ms; PostgreSQL gives a bigint as text. */
const time = {
  to: (at: number | null) => at,
  from: (at: string | number | null) => (at === null ? null : Number(at)),
};
const skills = {
  to: (list: string[]) => JSON.stringify(list),
  from: (text: string) => JSON.parse(text) as string[],
};
const setup = {
  to: (value: BranchSetup) => JSON.stringify(value),
  from: (text: string) => JSON.parse(text) as BranchSetup,
};

/** One version of a branch's configuration; none is ever changed or deleted. */
@Entity('branch_version')
export class BranchVersion {
  @PrimaryColumn('varchar', { name: 'branch_id', length: 64 }) branchId!: string;
  @PrimaryColumn('integer') version!: number;
  @Column('text', { transformer: setup }) setup!: BranchSetup;
  @Column('bigint', { transformer: time }) at!: number;
  @Column('varchar', { length: 64 }) by!: string;
}

@Entity('staff')
export class StaffMember {
  @PrimaryColumn('varchar', { length: 64 }) id!: string;
  /** What the person types to sign in, in lower case. */
  @Column('varchar', { length: 64, unique: true }) login!: string;
  @Column('varchar', { length: 64 }) name!: string;
  @Column('varchar', { length: 32 }) role!: StaffRole;
  @Column('varchar', { name: 'branch_id', length: 64 }) branchId!: string;
  /** Capabilities the person brings to a counter. */
  @Column('text', { transformer: skills }) skills!: string[];
  /** argon2id in PHC form; null where the person signs in by other means. */
  @Column('varchar', { name: 'password_hash', length: 255, nullable: true }) passwordHash!: string | null;
  @Column('bigint', { name: 'disabled_at', nullable: true, transformer: time }) disabledAt!: number | null;
}

@Entity('staff_session')
export class StaffSession {
  /** Names the session in audits and limits; it is not the secret. */
  @PrimaryColumn('varchar', { length: 64 }) id!: string;
  @Column('varchar', { name: 'token_hash', length: 64, unique: true }) tokenHash!: string;
  @Column('varchar', { name: 'staff_id', length: 64 }) staffId!: string;
  @Column('bigint', { name: 'opened_at', transformer: time }) openedAt!: number;
  @Column('bigint', { name: 'seen_at', transformer: time }) seenAt!: number;
  @Column('bigint', { name: 'revoked_at', nullable: true, transformer: time }) revokedAt!: number | null;
}

@Entity('device')
export class Device {
  @PrimaryColumn('varchar', { length: 64 }) id!: string;
  @Column('varchar', { length: 32 }) kind!: DeviceKind;
  @Column('varchar', { name: 'branch_id', length: 64 }) branchId!: string;
  /** Counter of a sign or pad; zone of the room a board hangs in; null for the rest. */
  @Column('varchar', { length: 64, nullable: true }) place!: string | null;
  @Column('varchar', { length: 64 }) label!: string;
  @Column('varchar', { name: 'token_hash', length: 64, unique: true }) tokenHash!: string;
  @Column('bigint', { name: 'enrolled_at', transformer: time }) enrolledAt!: number;
  @Column('bigint', { name: 'revoked_at', nullable: true, transformer: time }) revokedAt!: number | null;
  /** When its page was last connected, to the minute; null before the first time. */
  @Column('bigint', { name: 'heard_at', nullable: true, transformer: time }) heardAt!: number | null;
  /** Network address of the receipt printer that stands in a kiosk; null where there is none. */
  @Column('varchar', { length: 255, nullable: true }) printer!: string | null;
}

export const identityEntities = [BranchVersion, StaffMember, StaffSession, Device];
