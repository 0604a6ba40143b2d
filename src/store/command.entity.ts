import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An accepted command [L12]; see CommandRow in runtime/ports. */
@Entity('commands')
@Index('commands_id', ['branch', 'day', 'actor', 'command'], { unique: true })
export class CommandEntity {
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
