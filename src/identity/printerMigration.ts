import { TableColumn } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A kiosk's receipt printer. */
export class AddPrinter1795200000000 implements MigrationInterface {
  readonly name = 'AddPrinter1795200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn(
      'device',
      new TableColumn({ name: 'printer', type: 'varchar', length: '255', isNullable: true }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('device', 'printer');
  }
}
