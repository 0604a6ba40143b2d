import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The latest fold of a day, sealed; the events say all that it says. */
@Entity('snapshots')
export class SnapshotEntity {
  @PrimaryColumn({ type: 'text' })
  branch!: string;

  @PrimaryColumn({ type: 'text' })
  day!: string;

  @Column({ type: 'integer' })
  seq!: number;

  @Column({ type: 'text' })
  hash!: string;

  @Column({ type: 'text' })
  sealed!: string;
}
