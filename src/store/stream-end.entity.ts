import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Where a day ends: written with every event, so that a cut tail is found and a branch's end is one look-up. */
@Entity('stream_ends', { withoutRowid: true })
export class StreamEndEntity {
  @PrimaryColumn({ type: 'text' })
  branch!: string;

  @PrimaryColumn({ type: 'text' })
  day!: string;

  @Column({ type: 'integer' })
  seq!: number;

  @Column({ type: 'text' })
  hash!: string;
}
