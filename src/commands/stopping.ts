import type { Logger } from 'pino';

/** A stop that takes longer than this is ended by force; supervisors wait ten seconds. */
const LONGEST_STOP_MS = 9_000;

/**
 * Ends the process in order at SIGTERM or SIGINT: exit code 0, or 1 when that failed or took longer than 9 s.
 * A repeated signal changes nothing: at Ctrl-C under `npm start` the terminal sends one and npm another.
 */
export function stopOnSignal(server: { close: () => Promise<void> }, logger: Pick<Logger, 'error'>): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => {
      logger.error({}, 'the server could not stop in time');
      process.exit(1);
    }, LONGEST_STOP_MS).unref();
    server.close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ error }, 'the server did not stop in order');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
