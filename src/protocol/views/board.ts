import type { Text } from '../vocabulary.js';
import type { Common, Keyed, MinutesRange, PublicNotice } from './common.js';

export type PublicCounterStatus = 'open' | 'paused' | 'closed';

/** One public call; love-window visits are fetched quietly and never stand here. */
export interface PublicCall {
  ticket: string;
  counter: Text;
  zone: string;
  at: number;
  /** 1 for the first call, 2 and more for recalls: announce again when it grows. */
  round: number;
  /** Nobody has come to the window yet. */
  calling?: true;
  /** Nobody came and it was given up: not to be called any more, but its row tells where to ask. */
  missed?: true;
}

/** A function of public facts only [L14]. */
export interface BoardView extends Common {
  /** Newest first, at most 8, one row per visit. */
  calls: PublicCall[];
  zones: Keyed<{
    name: Text;
    order: number;
    waiting: number;
    minutes?: MinutesRange;
    /** No open window takes its services now. */
    unserved?: true;
  }>;
  counters: Keyed<{ label: Text; order: number; zone: string; status: PublicCounterStatus }>;
  /** "Some windows are giving priority service"; changes on the board's own beat. */
  priorityNotice?: true;
  notices: Keyed<PublicNotice>;
}
