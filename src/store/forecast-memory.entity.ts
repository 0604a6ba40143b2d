import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What the forecast knows of a branch's latest day. */
@Entity('forecast_memory')
export class ForecastMemoryEntity {
  @PrimaryColumn({ type: 'text' })
  branch!: string;

  @Column({ type: 'text' })
  memory!: string;
}
