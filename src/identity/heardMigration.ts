import { TableColumn } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a screen was last connected. */
export class AddHeard1795300000000 implements MigrationInterface {
  readonly name = 'AddHeard1795300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('device', new TableColumn({ name: 'heard_at', type: 'bigint', isNullable: true }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('device', 'heard_at');
  }
}
