import type { Decision, Input } from '../lobby/input.js';
import { canonical } from './canonical.js';
import type { DayKey, Group, StreamId } from './ports.js';
import type { Link } from './record.js';
import { toRows } from './record.js';
import { resultPlace } from './remembered.js';

export interface GroupOf {
  stream: StreamId;
  /** Where the stream stood before. */
  link: Link;
  key: DayKey;
  epoch: string;
  input: Pick<Input, 'id' | 'at' | 'actor'>;
  fingerprint: string;
}

/** The rows that an accepted command leaves in the log. */
export function toGroup(of: GroupOf, { events, result }: Extract<Decision, { ok: true }>): Group {
  const { stream, link, key, epoch, input, fingerprint } = of;
  const { branchId, day } = stream;
  const commandId = input.id;
  const envelope = {
    branchId,
    day,
    epoch,
    at: input.at,
    actorId: input.actor.id,
    role: input.actor.role,
    commandId,
  };
  const rows = toRows(envelope, link, events, key);
  const seq = rows.at(-1)?.seq ?? link.seq;
  const command = { branchId, day, actorId: input.actor.id, commandId, fingerprint, seq, at: input.at };
  const text = canonical(result);
  const sealed = text === '{}' ? '' : key.seal(text, resultPlace(command));
  return { command: { ...command, result: sealed }, events: rows };
}
