import type { InjectionKey } from 'vue';

/** An act that can still be taken back; `words` says what was done, `until` and `now` are branch times. */
export interface UndoOffered {
  words: string;
  until: number;
  now: number;
  busy: boolean;
  undo: () => void;
}

/** The page's offer, for a dialog that lies over the page: its seconds run on, so it is in reach there too [W-85]. */
export const undoKey: InjectionKey<() => UndoOffered | undefined> = Symbol('undo');
