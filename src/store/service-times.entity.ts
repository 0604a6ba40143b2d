import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a day's log says of service times, and since then of who came; the log can be read again at any time. */
@Entity('service_times')
export class ServiceTimesEntity {
  @PrimaryColumn({ type: 'text' })
  branch!: string;

  @PrimaryColumn({ type: 'text' })
  day!: string;

  @Column({ type: 'text' })
  times!: string;
}
