import common from '../../src/protocol/texts/common.json';
import { catalogue } from './i18n.js';

/** Words of the shared components; pages have their own texts.ts. */
export const { t, both } = catalogue(common);
