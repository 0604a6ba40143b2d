/**
 * `npm run clips:check`: can the boards say every call, and the kiosks read every screen, that is
 * possible at this server's branches? Reads the built clips and the recordings in LW_DATA/voice; before any branch is set up it checks the one that set-up begins with. Ends with 1
 * and the list of what is missing.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Branches } from '../identity/branches.js';
import { identityEntities } from '../identity/entities.js';
import { branchTemplate } from '../lobby/template.js';
import type { BranchSetup } from '../protocol/settings.js';
import { unreadOf } from '../protocol/readAloud.js';
import { unsaidOf, Vocabulary } from '../protocol/spoken.js';
import { Database } from '../store/database.js';
import { readClips } from './clips/read.js';
import { readEnvironment } from './environment.js';

const { dataDir } = readEnvironment(process.env);

async function setups(): Promise<BranchSetup[]> {
  const path = join(dataDir, 'lobby.sqlite');
  if (!existsSync(path)) return [branchTemplate];
  const database = await Database.open(path, { entities: identityEntities, migrations: [] });
  try {
    const branches = new Branches(database, Date.now);
    await branches.load();
    const all = branches.ids().flatMap((id) => branches.latest(id) ?? []);
    return all.length > 0 ? all : [branchTemplate];
  } finally {
    await database.close();
  }
}

const folders = ['dist/client/voice', join(dataDir, 'voice')];
const { clips } = readClips(folders);
// A kiosk's lists hold a board's.
const { clips: read, lost } = readClips(folders, 'kiosk');
for (const name of lost) process.stdout.write(`no file: ${name}.opus\n`);
let faults = lost.length;
for (const branch of await setups()) {
  const unsaid = unsaidOf(branch, new Vocabulary(clips));
  faults += unsaid.length;
  for (const { lang, words, of } of unsaid)
    process.stdout.write(`${branch.id}: no ${lang} clip for ${words.join(', ')} (in ${of})\n`);
  if (unsaid.length === 0) process.stdout.write(`${branch.id}: every call can be said\n`);
  const unread = unreadOf(branch, new Vocabulary(read));
  faults += unread.length;
  for (const { lang, of } of unread)
    process.stdout.write(`${branch.id}: no ${lang} clip for a kiosk's ${of}\n`);
  if (unread.length === 0) process.stdout.write(`${branch.id}: every kiosk screen can be read aloud\n`);
}
process.exitCode = faults > 0 ? 1 : 0;
