import type { Text } from '../vocabulary.js';
import type { Common } from './common.js';

export interface RatingView extends Common {
  counterId: string;
  label: Text;
  /** Asked by the system at each finish. */
  ask?: { ratingId: string; ticket: string; until: number };
  thanked?: { ratingId: string };
}
