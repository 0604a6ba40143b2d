import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { codeOf } from './failures.js';

/** The last rows that were committed. */
export interface Mark {
  events: number;
  commands: number;
}

const BYTES = 128;
const pathOf = (databasePath: string): string => `${databasePath}-tail`;

/**
 * A note beside the database of how far it had got. SQLite drops everything behind a damaged frame of its
 * write-ahead log without a word; a database behind its mark has lost its tail [G11]. The note is written
 * after each commit and not synced: after a power cut it may be late, which is harmless, but never early.
 */
export class TailMark {
  private readonly file: number;

  constructor(databasePath: string) {
    this.file = openSync(pathOf(databasePath), 'a+', 0o600);
    closeSync(this.file);
    this.file = openSync(pathOf(databasePath), 'r+');
  }

  /** Null when there is none that can be read. */
  read(): Mark | null {
    const bytes = Buffer.alloc(BYTES);
    const length = readSync(this.file, bytes, 0, BYTES, 0);
    const [events, commands, check] = bytes.toString('ascii', 0, length).trim().split(' ');
    if (events === undefined || commands === undefined || check !== checkOf(events, commands)) return null;
    return { events: Number(events), commands: Number(commands) };
  }

  write({ events, commands }: Mark): void {
    const line = `${events} ${commands} ${checkOf(String(events), String(commands))}`;
    writeSync(this.file, `${line.padEnd(BYTES - 1)}\n`, 0);
  }

  close(): void {
    closeSync(this.file);
  }
}

/** For the restore of a backup, which is behind on purpose. No error if there is no mark. */
export function forgetTail(databasePath: string): void {
  try {
    unlinkSync(pathOf(databasePath));
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

const checkOf = (events: string, commands: string): string =>
  createHash('sha256').update(`${events} ${commands}`).digest('hex').slice(0, 16);
