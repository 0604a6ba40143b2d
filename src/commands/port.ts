import { once } from 'node:events';
import { createServer } from 'node:net';
import { languageOf, wordsIn } from './terminal.js';

/** Another program listens at the wanted address. */
export class PortTaken extends Error {
  constructor(readonly port: number) {
    super(`port ${port} is in use`);
  }

  /**
   * What to do about it, in the terminal's language.
   * @param withPort the command line that takes the given port instead
   */
  hint(withPort: (port: number) => string): string {
    const other = withPort(this.port < 65_535 ? this.port + 1 : 8080);
    return wordsIn(languageOf(process.env))('portTaken', { port: this.port, other });
  }
}

export const isTaken = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'EADDRINUSE';

/**
 * Looks before anything is made on disk [S-22]; who takes the port in the moment between is found by listening.
 * @throws PortTaken
 */
export async function refuseTakenPort(port: number, host: string): Promise<void> {
  if (port === 0) return;
  const probe = createServer();
  try {
    probe.listen(port, host);
    await once(probe, 'listening');
  } catch (error) {
    if (isTaken(error)) throw new PortTaken(port);
    throw error;
  }
  probe.close();
  await once(probe, 'close');
}
