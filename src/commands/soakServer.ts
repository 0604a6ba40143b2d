import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cast } from '../demo/players.js';
import { castOf, demoRates } from './demoCast.js';
import { startDemo } from './demoServer.js';
import { newLogger } from './logging.js';

/** What the soak's server process tells its parent. */
export type FromServer =
  { ready: { url: string; cast: Cast } } | { memory: { rss: number; heapUsed: number } };
export type ToServer = 'measure' | 'end';

/** A demo server alone in its process, so that the players' memory is not counted as its own. */
export async function serveForSoak(rate: number, startAt: number): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'love-window-soak-'));
  const server = await startDemo({
    dataDir,
    port: 0,
    logger: newLogger('warn'),
    rates: demoRates,
    rate,
    startAt,
  });
  const tell = (message: FromServer): void => void process.send?.(message);
  const end = (): void => {
    server
      .close()
      .catch((error: unknown) => console.error(error))
      .finally(() => {
        rmSync(dataDir, { recursive: true, force: true });
        process.exit();
      });
  };
  process.on('message', (wanted: ToServer) => {
    if (wanted === 'end') {
      end();
      return;
    }
    // Twice: what the first collection finalizes is freed by the second.
    globalThis.gc?.();
    globalThis.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    tell({ memory: { rss, heapUsed } });
  });
  // Without a parent nobody would ever end it.
  process.once('disconnect', end);
  tell({ ready: { url: server.url, cast: castOf(server) } });
}
