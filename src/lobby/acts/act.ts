import type { Rejection } from '../../protocol/codes.js';
import type { ResultOf, CommandType } from '../../protocol/commands.js';
import type { CoreCommandOf, Draft } from '../draft.js';
import type { CoreCommand } from '../input.js';

type Outcome<T> = T extends CommandType ? ResultOf<T> : Record<never, never>;

/** How each of these commands is decided: a refusal before anything was emitted, or the result. */
export type Acts<T extends CoreCommand['type']> = {
  [K in T]: (draft: Draft, command: CoreCommandOf<K>) => Outcome<K> | Rejection;
};

export const isRejection = (outcome: object): outcome is Rejection => 'ok' in outcome && outcome.ok === false;

export const done: Record<never, never> = {};
