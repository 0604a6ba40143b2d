import { DataSource } from 'typeorm';
import { identityEntities } from './src/identity/entities.js';
import { identityMigrations } from './src/identity/migrations.js';
import { dataSourceOptions } from './src/store/data-source.js';

/** For the typeorm command line: `npx typeorm -d dist/ormconfig.js migration:show`. */
export default new DataSource(
  dataSourceOptions(process.env['LW_DATABASE'] ?? 'data/love-window.db', {
    entities: identityEntities,
    migrations: identityMigrations,
  }),
);
