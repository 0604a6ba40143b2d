import type { Text } from '../vocabulary.js';
import type { Common } from './common.js';

export type SignStatus = 'closed' | 'paused' | 'loveWindow' | 'called' | 'serving' | 'free';

/** The sign above one counter: the only public place that may say "love window" [L14, E-13]. */
export interface CounterView extends Common {
  counterId: string;
  label: Text;
  status: SignStatus;
  /** The standing love window always carries its sign. */
  standing: boolean;
  /** A love window runs here while somebody called aloud is still at the counter. */
  loveWindow?: true;
  /** Normal visit called or in service; never a love-window visit. */
  ticket?: string;
  /** Latest ending at this counter, so the sign can say goodbye for a moment. */
  servedAt?: number;
  /** Room of the branch the counter stands in. */
  zone: Text;
  services: Text[];
}
