import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { DayKey, DayKeys, StreamId } from './ports.js';
import { LogFailure } from './ports.js';
import { SECRET_BYTES, dayKey } from './seal.js';

/**
 * One file of 32 secret bytes per business day, mode 0600, in a directory of its own (0700) that no backup
 * of the database contains. A key is on disk before the day's first event is.
 */
export class FileDayKeys implements DayKeys {
  constructor(private readonly directory: string) {}

  async create(stream: StreamId): Promise<DayKey> {
    const found = await this.find(stream);
    if (found) return found;
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    const secret = randomBytes(SECRET_BYTES);
    const path = this.path(stream);
    // A file is complete under its name or not there at all, whenever the power goes.
    const file = await open(`${path}.new`, 'w', 0o600);
    try {
      await file.writeFile(secret);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(`${path}.new`, path);
    await this.syncDirectory();
    return dayKey(secret);
  }

  async find(stream: StreamId): Promise<DayKey | null> {
    try {
      const secret = await readFile(this.path(stream));
      if (secret.length !== SECRET_BYTES)
        throw new LogFailure('corrupt', `the key of ${stream.branchId} ${stream.day} is damaged`);
      return dayKey(secret);
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  async destroy(stream: StreamId): Promise<void> {
    const path = this.path(stream);
    try {
      // Overwritten first: on a plain disk the old bytes are gone then, not only their name.
      const file = await open(path, 'r+');
      try {
        await file.write(Buffer.alloc(SECRET_BYTES), 0, SECRET_BYTES, 0);
        await file.sync();
      } finally {
        await file.close();
      }
      await unlink(path);
      await this.syncDirectory();
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }

  /** Branch ids may hold anything; a file name may not. */
  private path({ branchId, day }: StreamId): string {
    const branch = createHash('sha256').update(branchId).digest('hex').slice(0, 24);
    return join(this.directory, `${branch}.${day}.key`);
  }

  private async syncDirectory(): Promise<void> {
    const directory = await open(this.directory, 'r');
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  }
}

const isMissing = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
