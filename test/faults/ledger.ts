import { join } from 'node:path';
import { identityEntities } from '../../src/identity/entities.js';
import { identityMigrations } from '../../src/identity/migrations.js';
import type { LobbyState } from '../../src/lobby/state.js';
import { FileDayKeys } from '../../src/runtime/day-keys.js';
import { load } from '../../src/runtime/history.js';
import { lobbyCore } from '../support/branch.js';
import type { EventRow } from '../../src/runtime/ports.js';
import { Database } from '../../src/store/database.js';
import { SqliteEventLog } from '../../src/store/sqlite-event-log.js';
import { silent } from '../support/logs.js';
import type { Sent, Shown } from './load.js';

/** What a dead server left on disk. */
export interface Ledger {
  state: LobbyState;
  seq: number;
  /** Event that the kept snapshot contains as its last; 0 without one. */
  snapshotSeq: number;
  events: EventRow[];
  /** Event at which each command took effect, by `actor id`. */
  commands: Map<string, number>;
  verified: boolean;
}

const BRANCH = 'main';

/** Reads the log itself, by no server. */
export async function readLedger(directory: string): Promise<Ledger> {
  const database = await Database.open(join(directory, 'lobby.sqlite'), {
    entities: identityEntities,
    migrations: identityMigrations,
  });
  const log = await SqliteEventLog.open(database);
  try {
    const verified = (await log.verify()).ok;
    const keys = new FileDayKeys(join(directory, 'keys'));
    const { state, seq, day, snapshotSeq } = await load(
      { log, keys, core: lobbyCore, logger: silent },
      BRANCH,
    );
    const stream = { branchId: BRANCH, day };
    const events = await log.read(stream, 1, 1_000_000);
    const ids = await log.commandIds(stream);
    const commands = new Map(ids.map(({ actorId, commandId, seq: at }) => [`${actorId} ${commandId}`, at]));
    return { state, seq, snapshotSeq, events, commands, verified };
  } finally {
    log.close();
    await database.close();
  }
}

/** Acknowledged commands that the log doesn't have, or has otherwise. Queries and refusals leave no trace. */
export function lost(sent: readonly Sent[], { commands, seq }: Ledger): string[] {
  return sent.flatMap(({ member, message, ack }) => {
    if (ack?.ok !== true) return [];
    const at = commands.get(`${member.actorId} ${message.id}`);
    // Screens are told no seq [L14]; that the log has their command is what counts.
    return at !== undefined && at <= seq && (ack.seq === 0 || at === ack.seq)
      ? []
      : [`${message.command.type} was acknowledged at ${ack.seq}, the log has ${at ?? 'nothing'}`];
  });
}

/** What a screen was shown that the log doesn't tell. */
export function untrue(shown: Shown, { state, events }: Ledger): string[] {
  const found: string[] = [];
  for (const [visitId, version] of shown.versions) {
    const visit = state.visits[visitId];
    const ticket = shown.tickets.get(visitId);
    if (!visit || visit.version < version || visit.ticket !== ticket)
      found.push(
        `${ticket ?? visitId} was shown at version ${version}, the log has ${visit?.version ?? 'none'}`,
      );
  }
  const called = new Set<string>();
  for (const { type, at, payload } of events) {
    if (type !== 'VisitCalled') continue;
    const { visitId } = JSON.parse(payload) as { visitId: string };
    called.add(`${state.visits[visitId]?.ticket ?? ''} ${at}`);
  }
  for (const call of shown.calls) if (!called.has(call)) found.push(`the board called ${call}`);
  if (shown.issued > state.counts.issued)
    found.push(`${shown.issued} tickets were shown, ${state.counts.issued} were given`);
  return found;
}
