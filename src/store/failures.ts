import type { LogProblem } from '../runtime/ports.js';
import { LogFailure } from '../runtime/ports.js';

const problems: Record<string, LogProblem> = {
  SQLITE_CONSTRAINT: 'conflict',
  SQLITE_CORRUPT: 'corrupt',
  SQLITE_NOTADB: 'corrupt',
};

/** What the driver threw, in the port's words: a busy, full, read-only or failing disk is `unavailable`. */
export function toLogFailure(error: unknown): LogFailure {
  if (error instanceof LogFailure) return error;
  const code = codeOf(error);
  return new LogFailure(problems[code] ?? 'unavailable', `the database failed (${code})`, { cause: error });
}

/** The driver's or system's code of an error; 'unknown' if it has none. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'unknown';
  if ('code' in error && typeof error.code === 'string') return error.code;
  // TypeORM's QueryFailedError keeps the driver's error.
  return 'driverError' in error ? codeOf(error.driverError) : 'unknown';
}
