/** What a browser has to load and understand before a built page runs. */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

interface Chunk {
  path: string;
  code: string;
}

export const clientDist = (): string => process.env['CLIENT_DIST'] ?? join(process.cwd(), 'dist/client');

/** The page's scripts with all they import statically, each once. */
export async function scriptsOf(page: string): Promise<Chunk[]> {
  const html = await htmlOf(page);
  const found = new Map<string, Chunk>();
  const take = async (path: string): Promise<void> => {
    if (found.has(path)) return;
    const code = await readFile(path, 'utf8');
    found.set(path, { path, code });
    const imports = [...code.matchAll(/(?:\bfrom|\bimport)\s*["'](\.[^"']+)["']/g)];
    for (const [, to] of imports) await take(join(dirname(path), to ?? ''));
  };
  for (const [, source] of html.matchAll(/<script[^>]*\btype="module"[^>]*\bsrc="([^"]+)"/g))
    await take(fileOf(page, source));
  return [...found.values()];
}

export async function stylesOf(page: string): Promise<Chunk[]> {
  const links = (await htmlOf(page)).matchAll(/<link[^>]*\brel="stylesheet"[^>]*\bhref="([^"]+)"/g);
  return Promise.all(
    [...links].map(async ([, source]) => ({
      path: fileOf(page, source),
      code: await readFile(fileOf(page, source), 'utf8'),
    })),
  );
}

/** Sum of the scripts' gzip sizes, KB of 1,000 bytes. */
export const gzipKb = (chunks: Chunk[]): number =>
  chunks.reduce((sum, { code }) => sum + gzipSync(code).length / 1000, 0);

const htmlOf = (page: string): Promise<string> => readFile(join(clientDist(), page, 'index.html'), 'utf8');
const fileOf = (page: string, source = ''): string =>
  source.startsWith('/') ? join(clientDist(), source) : join(clientDist(), page, source);
