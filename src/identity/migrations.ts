import { AddHeard1795300000000 } from './heardMigration.js';
import { CreateIdentity1795000000000 } from './migration.js';
import { AddPrinter1795200000000 } from './printerMigration.js';

/** In the order in which they run; the server and the typeorm command line use the same. */
export const identityMigrations = [
  CreateIdentity1795000000000,
  AddPrinter1795200000000,
  AddHeard1795300000000,
];
