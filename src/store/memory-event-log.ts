import { randomBytes } from 'node:crypto';
import type {
  Batch,
  CommandRow,
  EventLog,
  EventRow,
  SnapshotRow,
  StreamId,
  StreamTail,
  Verification,
} from '../runtime/ports.js';
import { continued } from './continuity.js';
import { verifyStreams } from './verify.js';

/** A log that lives as long as this object, for tests, trials and benchmarks without a disk. */
export class InMemoryEventLog implements EventLog {
  readonly epoch = randomBytes(8).toString('hex');
  private readonly events = new Map<string, EventRow[]>();
  private readonly commands = new Map<string, Map<string, CommandRow>>();
  private readonly snapshots = new Map<string, SnapshotRow>();
  private readonly tails = new Map<string, StreamTail>();
  private readonly ends = new Map<string, StreamTail>();
  private readonly beats = new Map<string, number>();

  append({ groups, snapshots }: Batch): Promise<void> {
    return attempt(() => {
      const tails = new Map<string, StreamTail>();
      const ends = new Map<string, StreamTail>();
      for (const group of groups) {
        const { branchId } = group.command;
        const tail = continued(tails.get(branchId) ?? this.tails.get(branchId) ?? null, group);
        tails.set(branchId, tail);
        ends.set(nameOf(tail), tail);
      }
      for (const { command, events } of groups) {
        of(this.events, nameOf(command), () => []).push(...events);
        of(this.commands, nameOf(command), () => new Map<string, CommandRow>()).set(idOf(command), command);
      }
      for (const [branchId, tail] of tails) this.tails.set(branchId, tail);
      for (const [name, end] of ends) this.ends.set(name, end);
      for (const snapshot of snapshots) this.snapshots.set(nameOf(snapshot), snapshot);
    });
  }

  tail(branchId: string): Promise<StreamTail | null> {
    return Promise.resolve(this.tails.get(branchId) ?? null);
  }

  read(stream: StreamId, fromSeq: number, limit: number): Promise<EventRow[]> {
    const rows = this.events.get(nameOf(stream)) ?? [];
    return Promise.resolve(rows.filter(({ seq }) => seq >= fromSeq).slice(0, limit));
  }

  readOf(stream: StreamId, types: readonly string[]): Promise<EventRow[]> {
    return Promise.resolve(
      (this.events.get(nameOf(stream)) ?? []).filter(({ type }) => types.includes(type)),
    );
  }

  days(branchId: string, limit: number): Promise<string[]> {
    const days = [...this.ends.values()].filter((end) => end.branchId === branchId).map(({ day }) => day);
    return Promise.resolve(days.sort().reverse().slice(0, limit));
  }

  command(stream: StreamId, actorId: string, commandId: string): Promise<CommandRow | null> {
    return Promise.resolve(this.commands.get(nameOf(stream))?.get(idOf({ actorId, commandId })) ?? null);
  }

  commandIds(stream: StreamId): Promise<{ actorId: string; commandId: string; seq: number }[]> {
    const rows = [...(this.commands.get(nameOf(stream))?.values() ?? [])];
    return Promise.resolve(rows.map(({ actorId, commandId, seq }) => ({ actorId, commandId, seq })));
  }

  snapshot(stream: StreamId): Promise<SnapshotRow | null> {
    return Promise.resolve(this.snapshots.get(nameOf(stream)) ?? null);
  }

  beat(beats: readonly { branchId: string; at: number }[]): Promise<void> {
    for (const { branchId, at } of beats) this.beats.set(branchId, at);
    return Promise.resolve();
  }

  lastBeat(branchId: string): Promise<number | null> {
    return Promise.resolve(this.beats.get(branchId) ?? null);
  }

  verify(): Promise<Verification> {
    const streams = [...this.ends.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, end]) => end);
    return verifyStreams(streams, (stream, fromSeq, limit) => this.read(stream, fromSeq, limit));
  }
}

const nameOf = ({ branchId, day }: StreamId): string => JSON.stringify([branchId, day]);
const idOf = ({ actorId, commandId }: { actorId: string; commandId: string }): string =>
  `${actorId}\n${commandId}`;

function of<T>(map: Map<string, T>, name: string, make: () => T): T {
  const found = map.get(name) ?? make();
  map.set(name, found);
  return found;
}

async function attempt(work: () => void): Promise<void> {
  // A caller sees a failure as a rejection, never as an exception.
  await Promise.resolve();
  work();
}
