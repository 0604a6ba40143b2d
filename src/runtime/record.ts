import { hash as digest } from 'node:crypto';
import type { LobbyEvent, Occurrence } from '../lobby/events.js';
import { EVENT_VERSION, sealedFields } from '../lobby/events.js';
import { canonical } from './canonical.js';
import type { DayKey, EventRow, StreamId } from './ports.js';
import { LogFailure } from './ports.js';

/** Hash before a branch's very first event. */
export const GENESIS = '0'.repeat(64);

/** Where a chain of events stands. */
export interface Link {
  seq: number;
  hash: string;
}

export type Envelope = StreamId & Pick<EventRow, 'epoch' | 'at' | 'actorId' | 'role' | 'commandId'>;

/** SHA-256 of the hash before and the canonical row, 64 hex digits. */
export function hashOf(row: Omit<EventRow, 'hash'>): string {
  const { prev, branchId, day, seq, epoch, at, type, v, actorId, role, commandId, payload } = row;
  const fields = [branchId, day, seq, epoch, at, type, v, actorId, role, commandId, payload];
  return digest('sha256', prev + JSON.stringify(fields), 'hex');
}

/** Rows that continue `link`, with support needs sealed under the day's key. */
export function toRows(
  envelope: Envelope,
  link: Link,
  events: readonly LobbyEvent[],
  key: DayKey,
): EventRow[] {
  const rows: EventRow[] = [];
  let { seq, hash: prev } = link;
  for (const event of events) {
    seq += 1;
    const { type, ...fields } = event;
    const payload = canonical(sealed(envelope, seq, type, fields, key));
    const row = { ...envelope, seq, type, v: EVENT_VERSION, prev, payload };
    const hash = hashOf(row);
    rows.push({ ...row, hash });
    prev = hash;
  }
  return rows;
}

/** The event of a row; what was sealed under a key that is gone reads 'erased' [L13]. */
export function toOccurrence(row: EventRow, key: DayKey | null): Occurrence {
  if (row.v > EVENT_VERSION)
    throw new LogFailure('corrupt', `event ${row.day}/${row.seq} was written by a newer release (v${row.v})`);
  const fields = JSON.parse(row.payload) as Record<string, unknown>;
  const name = sealedFields[row.type as LobbyEvent['type']];
  if (name !== undefined) fields[name] = unsealed(row, fields[name], key);
  const event = { type: row.type, ...fields } as LobbyEvent;
  return { event, at: row.at, actorId: row.actorId, commandId: row.commandId };
}

/** Throws LogFailure('corrupt') unless the rows follow `link` without a gap and every hash is right; returns their end. */
export function checkChain(link: Link, rows: readonly EventRow[]): Link {
  let { seq, hash } = link;
  for (const row of rows) {
    const problem = brokenLink({ seq, hash }, row);
    if (problem) throw new LogFailure('corrupt', `${row.branchId} ${row.day}/${row.seq}: ${problem}`);
    ({ seq, hash } = row);
  }
  return { seq, hash };
}

/** What is wrong with a row that should come right after `link`; null if nothing. */
export function brokenLink(link: Link, row: EventRow): string | null {
  if (row.seq !== link.seq + 1) return `event ${link.seq + 1} is missing`;
  if (row.prev !== link.hash) return 'does not continue the event before it';
  if (row.hash !== hashOf(row)) return 'was altered';
  return null;
}

/** What sealed text is bound to, so that it cannot be moved to another place. */
export const placeOf = (stream: StreamId, seq: number, ...more: string[]): string =>
  JSON.stringify([stream.branchId, stream.day, seq, ...more]);

function sealed(
  stream: StreamId,
  seq: number,
  type: LobbyEvent['type'],
  fields: Record<string, unknown>,
  key: DayKey,
): Record<string, unknown> {
  const name = sealedFields[type];
  if (name === undefined || fields[name] === 'erased') return fields;
  return { ...fields, [name]: { sealed: key.seal(canonical(fields[name]), placeOf(stream, seq, name)) } };
}

function unsealed(row: EventRow, value: unknown, key: DayKey | null): unknown {
  if (value === 'erased' || key === null) return 'erased';
  if (typeof value !== 'object' || value === null || !('sealed' in value) || typeof value.sealed !== 'string')
    throw new LogFailure('corrupt', `event ${row.day}/${row.seq} holds no sealed field`);
  const name = sealedFields[row.type as LobbyEvent['type']] ?? '';
  const opened = key.unseal(value.sealed, placeOf(row, row.seq, name));
  return opened === 'erased' ? 'erased' : JSON.parse(opened.text);
}
