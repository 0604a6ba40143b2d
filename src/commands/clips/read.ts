import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLIP_LISTS } from '../../protocol/spoken.js';
import type { Clip } from '../../protocol/spoken.js';

/**
 * The clips of these folders, a later folder's file in place of an earlier one's, as on the server; `lost` are listed
 * without a file.
 */
export function readClips(
  folders: readonly string[],
  page: keyof typeof CLIP_LISTS = 'board',
): { clips: Clip[]; lost: string[] } {
  const fileOf = (name: string): string | undefined =>
    folders.map((folder) => join(folder, name)).findLast((path) => existsSync(path));
  const listed = CLIP_LISTS[page].flatMap((list) => {
    const path = fileOf(list);
    return path === undefined ? [] : (JSON.parse(readFileSync(path, 'utf8')) as { clips: Clip[] }).clips;
  });
  const clips = listed.filter(({ name }) => fileOf(`${name}.opus`) !== undefined);
  return { clips, lost: listed.filter((clip) => !clips.includes(clip)).map(({ name }) => name) };
}
