import notices from '../../../src/protocol/texts/notices.json';
import { catalogue } from '../../shared/i18n.js';

export const { t, both } = catalogue(notices);
