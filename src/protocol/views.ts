import type { AdminView } from './views/admin.js';
import type { BoardView } from './views/board.js';
import type { CounterView } from './views/counter.js';
import type { KioskView } from './views/kiosk.js';
import type { ManagerView } from './views/manager.js';
import type { RatingView } from './views/rating.js';
import type { TellerView } from './views/teller.js';
import type { TicketView } from './views/ticket.js';

export type * from './views/common.js';
export type * from './views/board.js';
export type * from './views/kiosk.js';
export type * from './views/ticket.js';
export type * from './views/counter.js';
export type * from './views/rating.js';
export type * from './views/staff.js';
export type * from './views/teller.js';
export type * from './views/manager.js';
export type * from './views/admin.js';

/**
 * One view per audience. Fields without a value are absent, never null (see patch.ts); times are UTC ms;
 * collections are keyed by id and carry `order`.
 */
export const audiences = [
  'board',
  'counter',
  'rating',
  'kiosk',
  'ticket',
  'teller',
  'manager',
  'admin',
] as const;
export type Audience = (typeof audiences)[number];

export interface ViewOf {
  board: BoardView;
  counter: CounterView;
  rating: RatingView;
  kiosk: KioskView;
  ticket: TicketView;
  teller: TellerView;
  manager: ManagerView;
  admin: AdminView;
}
