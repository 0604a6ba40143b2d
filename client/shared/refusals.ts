import errors from '../../src/protocol/texts/errors.json';
import type { RejectionParams } from '../../src/protocol/codes.js';
import { catalogue } from './i18n.js';

const { t } = catalogue(errors);
type Told = keyof typeof errors;

/** False for what came from elsewhere, as from a proxy in between, or from a server newer than this page. */
export const isTold = (code: unknown): code is Told => typeof code === 'string' && code in errors;

/** A refusal in plain words; its codes are those of codes.ts and the two of outbox.ts. */
export const refusalWords = (code: Told, params: RejectionParams = {}): string => t(code, params);
