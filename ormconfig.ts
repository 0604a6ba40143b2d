import { DataSource } from 'typeorm';
import { identityEntities } from './src/identity/entities.js';
import { CreateIdentity1795000000000 } from './src/identity/migration.js';
import { AddPrinter1795200000000 } from './src/identity/printerMigration.js';
import { dataSourceOptions } from './src/store/data-source.js';

/** For the typeorm command line: `npx typeorm -d dist/ormconfig.js migration:show`. */
export default new DataSource(
  dataSourceOptions(process.env['LW_DATABASE'] ?? 'data/love-window.db', {
    entities: identityEntities,
    migrations: [CreateIdentity1795000000000, AddPrinter1795200000000],
  }),
);
