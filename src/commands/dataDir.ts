import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

const SECRET_FILE = 'secret';
export const LOCK_FILE = 'lock';

const held = new Set<string>();

/** Another server uses the data directory. */
export class AlreadyRunning extends Error {}

/**
 * Makes the directory and its database file if they are missing, both for their owner only: the file holds
 * password hashes, and SQLite gives the files beside it the same rights.
 */
export function prepareDataDir(directory: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const database = databasePath(directory);
  closeSync(openSync(database, 'a', 0o600));
  chmodSync(database, 0o600);
}

export const databasePath = (directory: string): string => join(directory, 'lobby.sqlite');

/** The server's own secret: made at the first start, 0600, on disk before it is used. */
export function ownSecret(directory: string): string {
  const path = join(directory, SECRET_FILE);
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  const secret = randomBytes(32).toString('hex');
  const file = openSync(path, 'wx', 0o600);
  writeFileSync(file, `${secret}\n`);
  fsyncSync(file);
  closeSync(file);
  return secret;
}

/**
 * Keeps a second server off the directory. A lock left by a process that no longer lives is taken over.
 * @returns how to give it back
 * @throws AlreadyRunning
 */
export function lock(directory: string): () => void {
  const path = join(directory, LOCK_FILE);
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx', mode: 0o600 });
      held.add(path);
      return () => {
        held.delete(path);
        unlinkSync(path);
      };
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
      if (isHeld(path, Number(readFileSync(path, 'utf8')))) break;
      unlinkSync(path);
    }
  }
  throw new AlreadyRunning(`another server uses ${directory}`);
}

/** In a container every server may have the same pid: one's own number in the file may be an earlier life's. */
function isHeld(path: string, pid: number): boolean {
  if (pid === process.pid) return held.has(path);
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
