import { copyFile, readdir, readFile, truncate, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FileDayKeys } from '../../src/runtime/day-keys.js';
import { assertDurable, Database } from '../../src/store/database.js';
import { SqliteEventLog } from '../../src/store/sqlite-event-log.js';
import { forgetTail } from '../../src/store/tail-mark.js';
import { Branch } from '../support/branch.js';
import { inDirectory, Scribe } from '../support/logs.js';

const stream = { branchId: 'main', day: '2026-03-02' };
const corrupt = { problem: 'corrupt' };

/** Runs `work` on a database in its own directory and closes it. */
const onDatabase = (work: (database: Database, directory: string) => Promise<void>) =>
  inDirectory(async (directory) => {
    const database = await Database.open(join(directory, 'lobby.db'));
    try {
      await work(database, directory);
    } finally {
      await database.close();
    }
  });

/** What a killed process leaves: the files as they are, copied away. */
async function killed(directory: string, to: string): Promise<string> {
  for (const name of await readdir(directory))
    if (name.startsWith('lobby.db')) await copyFile(join(directory, name), join(to, name));
  return join(to, 'lobby.db');
}

/** Opens both and closes them again; rejects as they do. */
async function openOnce(path: string): Promise<void> {
  const database = await Database.open(path);
  try {
    const log = await SqliteEventLog.open(database);
    log.close();
  } finally {
    await database.close();
  }
}

async function flip(path: string, at: (length: number) => number): Promise<void> {
  const bytes = await readFile(path);
  const place = at(bytes.length);
  bytes[place] = (bytes[place] ?? 0) ^ 0x40;
  await writeFile(path, bytes);
}

describe('The database', () => {
  it('[S-3] runs with WAL and synchronous=FULL, and is refused with less', () =>
    onDatabase(async ({ source }) => {
      await expect(assertDurable(source)).resolves.toBeUndefined();
      await source.query('PRAGMA synchronous = NORMAL');
      await expect(assertDurable(source)).rejects.toThrow('synchronous=1');
      await source.query('PRAGMA synchronous = FULL');
      await source.query('PRAGMA journal_mode = DELETE');
      await expect(assertDurable(source)).rejects.toThrow('journal_mode=delete');
      await source.query('PRAGMA journal_mode = WAL');
    }));

  it('writes out no parameters of a statement in case it fails: every command would pay for it', () =>
    onDatabase(async ({ source }) => {
      const asked: Promise<unknown> = source.query('SELECT * FROM "nowhere" WHERE "name" = ?', [
        'a parameter',
      ]);
      const failure = await asked.catch((error: unknown) => error);
      const { driverError } = failure as { driverError: Error };
      expect(driverError.stack).toContain('nowhere');
      expect(driverError.stack).not.toContain('a parameter');
    }));

  it('is no database in memory', async () => {
    await expect(Database.open(':memory:')).rejects.toThrow('journal_mode=memory');
  });

  it('has the tables that its entities describe', () =>
    onDatabase(async ({ source }) => {
      const { upQueries } = await source.driver.createSchemaBuilder().log();
      expect(upQueries.map(({ query }) => query)).toEqual([]);
    }));

  it('lets writers in one after the other, and none takes a neighbour back', () =>
    onDatabase(async (database) => {
      const log = await SqliteEventLog.open(database);
      const scribe = new Scribe(stream);
      const meta = (name: string) =>
        database.write((manager) => manager.query(`INSERT INTO log_meta VALUES (?, 'x')`, [name]));
      const failing = database.write(async (manager) => {
        await manager.query(`INSERT INTO log_meta VALUES ('lost', 'x')`);
        throw new Error('changed my mind');
      });
      const all = await Promise.allSettled([
        meta('one'),
        log.append({ groups: [scribe.group()], snapshots: [] }),
        failing,
        log.append({ groups: [scribe.group()], snapshots: [] }),
        meta('two'),
      ]);
      expect(all.map(({ status }) => status)).toEqual([
        'fulfilled',
        'fulfilled',
        'rejected',
        'fulfilled',
        'fulfilled',
      ]);
      const rows = await database.source.query<{ name: string }[]>('SELECT name FROM log_meta ORDER BY name');
      expect(rows.map(({ name }) => name)).toEqual(['epoch', 'one', 'two']);
      expect(await log.tail('main')).toMatchObject({ seq: 2 });
      log.close();
    }));

  it('keeps nothing of a batch when another process has written meanwhile', () =>
    onDatabase(async (database) => {
      const log = await SqliteEventLog.open(database);
      const other = await Database.open(database.path);
      const intruder = await SqliteEventLog.open(other);
      const [scribe, neighbour] = [new Scribe(stream), new Scribe({ ...stream, branchId: 'other' })];
      await log.append({ groups: [scribe.group()], snapshots: [] });
      const group = scribe.group();
      await intruder.append({ groups: [group], snapshots: [] });
      const batch = { groups: [neighbour.group(), group], snapshots: [] };
      await expect(log.append(batch)).rejects.toMatchObject({ problem: 'conflict' });
      expect(await log.tail('other')).toBeNull();
      expect(await log.read(neighbour.stream, 1, 10)).toEqual([]);
      await log.append({ groups: [scribe.group()], snapshots: [] });
      expect(await log.verify()).toEqual({ ok: true, streams: 1, events: 3 });
      intruder.close();
      log.close();
      await other.close();
    }));

  it('[S-3] locked by another process is unavailable, and well again afterwards', () =>
    onDatabase(async (database) => {
      const log = await SqliteEventLog.open(database);
      await database.source.query('PRAGMA busy_timeout = 20');
      const other = await Database.open(database.path);
      await other.source.query('BEGIN IMMEDIATE');
      const scribe = new Scribe(stream);
      const group = scribe.group();
      await expect(log.append({ groups: [group], snapshots: [] })).rejects.toMatchObject({
        problem: 'unavailable',
      });
      await other.source.query('ROLLBACK');
      await other.close();
      await log.append({ groups: [group], snapshots: [] });
      expect(await log.tail('main')).toMatchObject({ seq: 1 });
      log.close();
    }));
});

describe('[S-21] A damaged database', () => {
  const filled = (work: (directory: string, copyTo: string) => Promise<void>) =>
    inDirectory((copyTo) =>
      onDatabase(async (database, directory) => {
        const log = await SqliteEventLog.open(database);
        const scribe = new Scribe(stream);
        for (let i = 0; i < 5; i++)
          await log.append({ groups: [scribe.group(), scribe.group()], snapshots: [] });
        await work(directory, copyTo);
        log.close();
      }),
    );

  it('is none after a plain kill: everything is there', () =>
    filled(async (directory, copyTo) => {
      const path = await killed(directory, copyTo);
      await openOnce(path);
      const database = await Database.open(path);
      const log = await SqliteEventLog.open(database);
      expect(await log.verify()).toEqual({ ok: true, streams: 1, events: 10 });
      log.close();
      await database.close();
    }));

  it('is refused when one byte of the write-ahead log was flipped', () =>
    filled(async (directory, copyTo) => {
      const path = await killed(directory, copyTo);
      await flip(`${path}-wal`, (length) => length - 3_000);
      await expect(openOnce(path)).rejects.toMatchObject(corrupt);
    }));

  it('is refused when the write-ahead log was cut', () =>
    filled(async (directory, copyTo) => {
      const path = await killed(directory, copyTo);
      await truncate(`${path}-wal`, 20_000);
      await expect(openOnce(path)).rejects.toMatchObject(corrupt);
    }));

  it('is refused when the database is gone: never an empty new day', () =>
    filled(async (directory, copyTo) => {
      const path = await killed(directory, copyTo);
      for (const end of ['', '-wal', '-shm']) await unlink(path + end);
      await expect(openOnce(path)).rejects.toMatchObject(corrupt);
      forgetTail(path);
      await openOnce(path);
    }));

  it('is refused when a day ends too early', () =>
    onDatabase(async (database) => {
      const log = await SqliteEventLog.open(database);
      const branch = await Branch.open({ log });
      await branch.issue();
      await branch.restarted();
      await database.source.query('DELETE FROM events WHERE seq = (SELECT max(seq) FROM events)');
      await expect(branch.restarted()).rejects.toMatchObject(corrupt);
      log.close();
    }));

  it('is refused when the file is no database', () =>
    filled(async (directory, copyTo) => {
      const path = await killed(directory, copyTo);
      for (const end of ['-wal', '-shm']) await unlink(path + end);
      await writeFile(path, 'not a database, and long enough to be looked at '.repeat(100));
      await expect(openOnce(path)).rejects.toMatchObject(corrupt);
    }));
});

describe('Support needs', () => {
  it('[S-6] are not in any file of the database', () =>
    onDatabase(async (database, directory) => {
      const log = await SqliteEventLog.open(database);
      const branch = await Branch.open({ log, keys: new FileDayKeys(join(directory, 'keys')) });
      await branch.ok({ type: 'StartDuty' });
      await branch.signOn('w1');
      const { visitId } = await branch.issue();
      const visit = branch.state.visits[visitId];
      const version = visit?.version ?? 0;
      await branch.ok({ type: 'FlagPriority', visitId, version, needs: ['slowSpeech'], consent: true });
      const flagged = branch.state.visits[visitId]?.version ?? 0;
      const revealed = await branch.ok(
        { type: 'RevealNeeds', visitId, version: flagged },
        undefined,
        'reveal',
      );
      expect(revealed.needs).toEqual(['slowSpeech']);
      await branch.lobbies.stop();

      const files = (await readdir(directory)).filter((name) => name.startsWith('lobby.db'));
      const bytes = Buffer.concat(await Promise.all(files.map((name) => readFile(join(directory, name)))));
      expect(bytes.includes('PriorityFlagged')).toBe(true);
      expect(await log.snapshot({ branchId: 'main', day: branch.state.day })).not.toBeNull();
      expect(bytes.includes('slowSpeech')).toBe(false);
      const [key = ''] = await readdir(join(directory, 'keys'));
      expect(bytes.includes(await readFile(join(directory, 'keys', key)))).toBe(false);

      // The revealed needs are still the first answer, also to a new process.
      const after = await branch.restarted();
      const again = await after.ok({ type: 'RevealNeeds', visitId, version: flagged }, undefined, 'reveal');
      expect(again).toEqual(revealed);
      log.close();
    }));
});
