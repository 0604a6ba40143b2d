import manager from '../../src/protocol/texts/manager.json';
import { catalogue } from '../shared/i18n.js';

export const { t, both } = catalogue(manager);
