import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Facts about this copy of the log: its epoch. */
@Entity('log_meta')
export class LogMetaEntity {
  @PrimaryColumn({ type: 'text' })
  name!: string;

  @Column({ type: 'text' })
  value!: string;
}
