import type { Accepted } from '../protocol/commands.js';
import { IdFilter } from './id-filter.js';
import type { CommandRow, DayKey, EventLog, StreamId } from './ports.js';
import { LogFailure } from './ports.js';
import { placeOf } from './record.js';

/** A command that took effect: its body's fingerprint and its first answer [L12]. */
export interface Known {
  fingerprint: string;
  ack: Accepted;
}

const KEPT = 512;

/** The accepted commands of one stream: those on their way, the latest ones, and the rest in the log. */
export class Remembered {
  private readonly inFlight = new Map<string, Known>();
  private readonly recent = new Map<string, Known>();
  private filter: IdFilter | null = null;

  /** `head` is read again at each use; at seq 0 it is a new stream, of which nothing needs to be read. */
  constructor(
    private readonly log: Pick<EventLog, 'command' | 'commandIds'>,
    private readonly head: StreamId & { readonly seq: number; readonly key: DayKey | null },
  ) {
    if (head.seq === 0) this.filter = new IdFilter();
  }

  /** The command of that actor and id if it took effect; a promise when only the log can say. */
  find(actorId: string, commandId: string): Known | null | Promise<Known | null> {
    const name = nameOf(actorId, commandId);
    const near = this.inFlight.get(name) ?? this.recent.get(name);
    if (near) return near;
    if (this.filter && !this.filter.mayKnow(name)) return null;
    return this.lookUp(actorId, commandId);
  }

  /** A command was decided; until `settle` it is not on disk. */
  add(actorId: string, commandId: string, known: Known): void {
    const name = nameOf(actorId, commandId);
    this.inFlight.set(name, known);
    this.filter?.add(name);
  }

  /** The command is on disk now and may be forgotten here when newer ones come. */
  settle(actorId: string, commandId: string): void {
    const name = nameOf(actorId, commandId);
    const known = this.inFlight.get(name);
    if (!known) return;
    this.inFlight.delete(name);
    this.recent.set(name, known);
    if (this.recent.size <= KEPT) return;
    for (const oldest of this.recent.keys()) {
      this.recent.delete(oldest);
      return;
    }
  }

  private async lookUp(actorId: string, commandId: string): Promise<Known | null> {
    this.filter ??= await this.readFilter();
    if (!this.filter.mayKnow(nameOf(actorId, commandId))) return null;
    const row = await this.log.command(this.head, actorId, commandId);
    return row && { fingerprint: row.fingerprint, ack: this.answerOf(row) };
  }

  private async readFilter(): Promise<IdFilter> {
    const filter = new IdFilter();
    const commands = await this.log.commandIds(this.head);
    for (const { actorId, commandId, seq } of commands) {
      if (seq > this.head.seq)
        throw new LogFailure(
          'corrupt',
          `${this.head.branchId} ${this.head.day}: events up to ${seq} are gone`,
        );
      filter.add(nameOf(actorId, commandId));
    }
    for (const name of this.inFlight.keys()) filter.add(name);
    return filter;
  }

  private answerOf(row: CommandRow): Accepted {
    if (row.result === '') return { ok: true, seq: row.seq, result: {} };
    const opened = this.head.key?.unseal(row.result, resultPlace(row)) ?? 'erased';
    const result = opened === 'erased' ? {} : (JSON.parse(opened.text) as Accepted['result']);
    return { ok: true, seq: row.seq, result };
  }
}

/** What a sealed result is bound to. */
export const resultPlace = (row: Omit<CommandRow, 'result'>): string =>
  placeOf(row, row.seq, 'result', row.actorId, row.commandId, row.fingerprint);

const nameOf = (actorId: string, commandId: string): string => `${actorId}\n${commandId}`;
