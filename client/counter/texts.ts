import counter from '../../src/protocol/texts/counter.json';
import { catalogue } from '../shared/i18n.js';

export const { both } = catalogue(counter);
