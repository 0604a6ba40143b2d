import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clip } from '../../protocol/spoken.js';

/** The lists of clips; a later folder's list takes the place of an earlier one's, as on the server. */
const LISTS = ['clips.json', 'own.json'];

/** The clips of these folders, a later folder's file in place of an earlier one's; `lost` are listed without a file. */
export function readClips(folders: readonly string[]): { clips: Clip[]; lost: string[] } {
  const fileOf = (name: string): string | undefined =>
    folders.map((folder) => join(folder, name)).findLast((path) => existsSync(path));
  const listed = LISTS.flatMap((list) => {
    const path = fileOf(list);
    return path === undefined ? [] : (JSON.parse(readFileSync(path, 'utf8')) as { clips: Clip[] }).clips;
  });
  const clips = listed.filter(({ name }) => fileOf(`${name}.opus`) !== undefined);
  return { clips, lost: listed.filter((clip) => !clips.includes(clip)).map(({ name }) => name) };
}
