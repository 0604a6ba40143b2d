import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DemoScreens } from '../protocol/http.js';
import type { StaffRole } from '../identity/identity.js';
import { LOCK_FILE, lock } from './dataDir.js';

/** Somebody with a ready account. */
export interface DemoPerson {
  staffId: string;
  name: string;
  role: StaffRole;
  /** Session token. */
  token: string;
  /** Where a teller works in the demo's day. */
  counterId?: string;
}

/** What a demo must remember to go on in the same directory: its tokens are in no table. */
export interface KeptDemo {
  screens: DemoScreens['screens'];
  people: DemoPerson[];
}

const FILE = 'demo.json';

/** A directory with somebody's data must never get accounts that everybody knows. */
export class NotEmpty extends Error {}

/**
 * What an earlier demo left in the directory; undefined when it is empty or missing, or that demo never came to serve.
 * @throws NotEmpty when something else is in it
 */
export function readKept(dataDir: string): KeptDemo | undefined {
  if (!existsSync(dataDir) || readdirSync(dataDir).length === 0) return undefined;
  const path = join(dataDir, FILE);
  if (!existsSync(path)) throw new NotEmpty('the demo only starts on an empty data directory or on its own');
  const kept = JSON.parse(readFileSync(path, 'utf8')) as KeptDemo | Record<string, never>;
  return 'people' in kept ? (kept as KeptDemo) : undefined;
}

/**
 * Makes the directory a demo's before anything is in it, so that a demo that is ended while it begins leaves nothing
 * that a server would take for a branch's. What such a demo left goes.
 * @throws AlreadyRunning when it is another demo that begins there
 * @returns how to give the directory to the server
 */
export function begin(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const give = lock(dataDir);
  for (const name of readdirSync(dataDir))
    if (name !== LOCK_FILE) rmSync(join(dataDir, name), { recursive: true });
  writeFileSync(join(dataDir, FILE), '{}', { mode: 0o600 });
  return give;
}

/**
 * A production server must not serve the ready accounts of a demo.
 * @throws NotEmpty when the directory is a demo's
 */
export function refuseDemoData(dataDir: string): void {
  if (existsSync(join(dataDir, FILE)))
    throw new NotEmpty(`${dataDir} holds a demo's data: give another LW_DATA`);
}

export const keep = (dataDir: string, kept: KeptDemo): void =>
  writeFileSync(join(dataDir, FILE), JSON.stringify(kept), { mode: 0o600 });
