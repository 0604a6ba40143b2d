import board from '../../src/protocol/texts/board.json';
import { catalogue } from '../shared/i18n.js';

export const { both } = catalogue(board);
