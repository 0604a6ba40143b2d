import start from '../../src/protocol/texts/start.json';
import { catalogue } from '../shared/i18n.js';

export const { t } = catalogue(start);
