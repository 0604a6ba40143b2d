import type { UndoOffer } from '../../src/protocol/views.js';
import type { UndoOffered } from '../shared/undo.js';
import type { Acts } from './acts.js';
import { t } from './texts.js';

/** What the view offers to take back, in words and with the tap that does it. */
export const undoOffer = (
  { act, ticket, until, commandId }: UndoOffer,
  acts: Acts,
  now: number,
): UndoOffered => ({
  words: t(`undo.${act}`, { ticket }),
  until,
  now,
  busy: acts.busy('undo'),
  undo: () => void acts.act({ type: 'Undo', commandId }, 'undo'),
});
