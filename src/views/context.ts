import type { BranchSetup } from '../protocol/settings.js';
import type { MinutesRange, StaffingNote } from '../protocol/views.js';
import type { Role } from '../protocol/vocabulary.js';
import type { PublicEstimates } from './published.js';
import type { PublicFacts } from './public-facts.js';

/** What a public page is made with beside the public facts; there is no clock in it [L14]. */
export interface PublicContext {
  /** Id of the room's zone the screen stands in, or the phone's visit. */
  key?: string;
  /** What the last public beat said; absent before the first. */
  published?: PublicEstimates;
  demo: boolean;
}

/** What a page of staff, a counter's sign or a rating pad is made with. */
export interface StaffContext {
  /** Branch time, UTC ms. */
  now: number;
  /** Id of the counter, or of the member of staff. */
  key?: string;
  me?: { id: string; name: string; role: Role };
  published?: PublicEstimates;
  /** For managers: expected wait by visit id, and what staffing the coming half hour asks for. */
  estimates?: { visits: Record<string, MinutesRange>; staffing?: StaffingNote };
  /** The branch's configuration, for the time before its first day. */
  setup?: BranchSetup;
  demo: boolean;
}

export interface ViewContext extends StaffContext {
  /** `publicFacts(state)`, where the caller has made them already for another public page of this state. */
  facts?: PublicFacts;
}
