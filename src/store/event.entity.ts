import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A row of the log; see EventRow in runtime/ports. Rows are only ever added. */
@Entity('events')
@Index('events_stream', ['branch', 'day', 'seq'], { unique: true })
export class EventEntity {
  /** Order of writing over all branches. */
  @PrimaryColumn({ type: 'integer' })
  position!: number;

  @Column({ type: 'text' })
  branch!: string;

  @Column({ type: 'text' })
  day!: string;

  @Column({ type: 'integer' })
  seq!: number;

  @Column({ type: 'text' })
  epoch!: string;

  @Column({ type: 'integer' })
  at!: number;

  @Column({ type: 'text' })
  type!: string;

  @Column({ type: 'integer' })
  v!: number;

  @Column({ type: 'text' })
  actor!: string;

  @Column({ type: 'text' })
  role!: string;

  @Column({ type: 'text' })
  command!: string;

  @Column({ type: 'text' })
  prev!: string;

  @Column({ type: 'text' })
  hash!: string;

  @Column({ type: 'text' })
  payload!: string;

  /** On a command's last event: what it is recognised by, see CommandRow. */
  @Column({ type: 'text', nullable: true })
  fingerprint!: string | null;

  @Column({ type: 'text', nullable: true })
  result!: string | null;
}
