import needs from '../../src/protocol/texts/needs.json';
import staff from '../../src/protocol/texts/staff.json';
import { catalogue } from '../shared/i18n.js';

/** Words that the teller's and the manager's page share. */
export const { t, both } = catalogue({ ...needs, ...staff });
