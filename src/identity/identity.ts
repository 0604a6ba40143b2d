import type { Audience } from '../protocol/views.js';
import type { Role } from '../protocol/vocabulary.js';

/** Somebody or something that was recognised at a door. */
export interface Identity {
  kind: 'staff' | 'device' | 'ticket';
  /** Names what was shown at the door, never the secret itself: limits and revocation go by it. */
  credential: string;
  branchId: string;
  audiences: readonly Audience[];
  actor: IdentifiedActor;
  /** Zone of the room that a board hangs in. */
  room?: string;
}

/** What the core is told of it; the shape of the core's Actor. */
export interface IdentifiedActor {
  id: string;
  role: Role;
  name: string;
  skills: string[];
  session: string;
  counterId?: string;
  visitId?: string;
}

export const deviceKinds = ['board', 'counterSign', 'ratingPad', 'kiosk'] as const;
export type DeviceKind = (typeof deviceKinds)[number];

export const staffRoles = ['teller', 'lobbyManager', 'branchManager', 'administrator', 'auditor'] as const;
export type StaffRole = (typeof staffRoles)[number];
