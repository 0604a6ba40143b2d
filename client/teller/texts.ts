import teller from '../../src/protocol/texts/teller.json';
import { catalogue } from '../shared/i18n.js';

export const { t, both } = catalogue(teller);
