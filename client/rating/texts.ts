import rating from '../../src/protocol/texts/rating.json';
import { catalogue } from '../shared/i18n.js';

export const { both } = catalogue(rating);
