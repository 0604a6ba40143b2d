import type { Occurrence } from '../lobby/events.js';
import type { Role } from '../protocol/vocabulary.js';

/** An event of a day's log, and the role of who brought it about. */
export interface Entry extends Occurrence {
  role: Role;
}
