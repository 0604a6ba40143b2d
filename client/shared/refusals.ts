import errors from '../../src/protocol/texts/errors.json';
import type { RejectionParams } from '../../src/protocol/codes.js';
import { catalogue } from './i18n.js';

const { t } = catalogue(errors);
type Told = keyof typeof errors;

/** A refusal in plain words; its codes are those of codes.ts and the two of outbox.ts. */
export const refusalWords = (code: Told, params: RejectionParams = {}): string => t(code, params);
