import { Column, Entity, PrimaryColumn } from 'typeorm';

/** When a branch with an open day was last being served, UTC ms of branch time. */
@Entity('runner_life')
export class RunnerLifeEntity {
  @PrimaryColumn({ type: 'text' })
  branch!: string;

  @Column({ type: 'integer' })
  at!: number;
}
