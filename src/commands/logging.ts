import type { LoggerService } from '@nestjs/common';
import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';

/**
 * JSON lines. Of an error only its kind, message and stack are written: database errors carry the values of the
 * failed statement with them, and those are nobody's business.
 */
export const newLogger = (level: string, stream?: DestinationStream): Logger => {
  const options = { level, base: null, serializers: { error: plainError, err: plainError } };
  return stream === undefined ? pino(options) : pino(options, stream);
};

const plainError = (error: unknown): unknown =>
  error instanceof Error ? { kind: error.name, message: error.message, stack: error.stack } : String(error);

/** Nest's own messages: only what goes wrong is of interest. */
export const nestLogger = (logger: Logger): LoggerService => ({
  log: () => undefined,
  warn: (message: unknown) => logger.warn({ part: 'nest' }, String(message)),
  error: (message: unknown) =>
    logger.error({ part: 'nest', error: message }, 'the framework reports an error'),
});
