import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An accepted command that left no event [L12]; the others stand on their last event. See CommandRow in runtime/ports. */
@Entity('eventless_commands')
@Index('eventless_commands_id', ['branch', 'day', 'actor', 'command'], { unique: true })
export class EventlessCommandEntity {
  @PrimaryColumn({ type: 'integer' })
  position!: number;

  @Column({ type: 'text' })
  branch!: string;

  @Column({ type: 'text' })
  day!: string;

  @Column({ type: 'text' })
  actor!: string;

  @Column({ type: 'text' })
  command!: string;

  @Column({ type: 'text' })
  fingerprint!: string;

  @Column({ type: 'text' })
  result!: string;

  @Column({ type: 'integer' })
  seq!: number;

  @Column({ type: 'integer' })
  at!: number;
}
