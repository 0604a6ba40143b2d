import type { Occurrence } from '../../src/lobby/events.js';
import type { Entry } from '../../src/history/entry.js';
import type { Role } from '../../src/protocol/vocabulary.js';

const roles: Record<string, Role> = { manager: 'lobbyManager', kiosk: 'kiosk', system: 'system' };

/** A day that was played by hand, as its log would be read: the actors of test/support/lobby.ts have one role each. */
export const entriesOf = (log: readonly Occurrence[]): Entry[] =>
  log.map((occurrence) => ({
    ...structuredClone(occurrence),
    role: roles[occurrence.actorId] ?? 'teller',
  }));
