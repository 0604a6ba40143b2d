import type { RatingView } from '../protocol/views.js';
import type { Chance } from '../model/chance.js';
import type { Part, Send } from './player.js';
import { sends } from './player.js';
import type { Wish } from './wishes.js';

/** Not from the published model. */
const RATING_SHARE = 0.5;

/** Customers who tap a face on their way out; the others walk past. */
export class PadPart implements Part<'rating'> {
  readonly audience = 'rating';
  #asked = '';
  #rates = false;

  constructor(private readonly chance: Chance) {}

  wishes({ ask }: RatingView, send: Send): Wish[] {
    if (ask === undefined) return [];
    const { ratingId } = ask;
    if (ratingId !== this.#asked) {
      this.#asked = ratingId;
      this.#rates = this.chance.happens(RATING_SHARE);
    }
    if (!this.#rates) return [];
    const rate = async (): Promise<boolean> => {
      this.#rates = false;
      const stars = this.chance.oneOf([5, 5, 5, 5, 4, 4, 3, 2] as const);
      return sends(send, { type: 'RateService', ratingId, stars })();
    };
    return [{ key: `rate ${ratingId}`, after: this.chance.between(2, 12) * 1_000, act: rate }];
  }
}
