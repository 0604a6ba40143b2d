import { Table, TableIndex } from 'typeorm';
import type { MigrationInterface, QueryRunner, TableColumnOptions } from 'typeorm';

const id = (name: string): TableColumnOptions => ({ name, type: 'varchar', length: '64' });
const key = (name: string): TableColumnOptions => ({ ...id(name), isPrimary: true });
const at = (name: string): TableColumnOptions => ({ name, type: 'bigint' });
const perhaps = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isNullable: true });
const unique = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isUnique: true });
const text = (name: string): TableColumnOptions => ({ name, type: 'text' });

/** The tables of who may enter: branches' configurations, staff, their sessions, and screens. */
export class CreateIdentity1795000000000 implements MigrationInterface {
  readonly name = 'CreateIdentity1795000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'branch_version',
        columns: [
          key('branch_id'),
          { name: 'version', type: 'integer', isPrimary: true },
          text('setup'),
          at('at'),
          id('by'),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'staff',
        columns: [
          key('id'),
          unique(id('login')),
          id('name'),
          id('role'),
          id('branch_id'),
          text('skills'),
          perhaps({ name: 'password_hash', type: 'varchar', length: '255' }),
          perhaps(at('disabled_at')),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'staff_session',
        columns: [
          key('id'),
          unique(id('token_hash')),
          id('staff_id'),
          at('opened_at'),
          at('seen_at'),
          perhaps(at('revoked_at')),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'device',
        columns: [
          key('id'),
          id('kind'),
          id('branch_id'),
          perhaps(id('place')),
          id('label'),
          unique(id('token_hash')),
          at('enrolled_at'),
          perhaps(at('revoked_at')),
        ],
      }),
    );
    for (const table of ['staff_session', 'device'])
      await runner.createIndex(
        table,
        new TableIndex({ name: `${table}_revoked`, columnNames: ['revoked_at'] }),
      );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['device', 'staff_session', 'staff', 'branch_version']) await runner.dropTable(table);
  }
}
