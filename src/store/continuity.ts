import type { Group, StreamTail } from '../runtime/ports.js';
import { LogFailure } from '../runtime/ports.js';
import { GENESIS } from '../runtime/record.js';

/**
 * Where the branch stands after `group`. Throws LogFailure('conflict') if the group does not continue it:
 * a gap, a repeat, another chain, or a day before the latest.
 */
export function continued(tail: StreamTail | null, { command, events }: Group): StreamTail {
  const { branchId, day } = command;
  const refuse = (why: string): never => {
    throw new LogFailure('conflict', `${branchId} ${day}/${command.seq}: ${why}`);
  };
  if (tail && day < tail.day) refuse('the day is over');
  if (events.some((row) => row.branchId !== branchId || row.day !== day)) refuse('rows of two streams');
  let seq = tail?.day === day ? tail.seq : 0;
  let hash = tail?.hash ?? GENESIS;
  if (seq === 0 && events.length === 0) refuse('the stream has no events');
  for (const row of events) {
    if (row.seq !== seq + 1) refuse(`event ${row.seq} cannot follow ${seq}`);
    if (row.prev !== hash) refuse('another chain');
    ({ seq, hash } = row);
  }
  if (command.seq !== seq) refuse(`the command ends at ${command.seq}, its events at ${seq}`);
  return { branchId, day, seq, hash };
}
