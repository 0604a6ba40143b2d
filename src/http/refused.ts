import type { ServerResponse } from 'node:http';
import { Catch, HttpException } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { refuse } from '../doors/parse.js';
import type { Rejection, RejectionCode } from '../protocol/codes.js';

const statuses: Partial<Record<RejectionCode, number>> = {
  malformed: 400,
  'unknown-command': 400,
  'not-signed-in': 401,
  forbidden: 403,
  internal: 500,
  'unknown-branch': 404,
  'unknown-ticket': 404,
  'unknown-person': 404,
  'unknown-screen': 404,
  'unknown-day': 404,
  'day-not-ahead': 404,
  'too-large': 413,
  'too-many': 429,
  'replay-busy': 429,
  'storage-unavailable': 503,
  'shutting-down': 503,
};
const REFUSED_BY_THE_LOBBY = 409;

/** The status that goes with a refusal; those of the lobby's rules are conflicts. */
export const statusOf = ({ code }: Rejection): number => statuses[code] ?? REFUSED_BY_THE_LOBBY;

export const isRefused = (answer: object): answer is Rejection => 'ok' in answer && answer.ok === false;

/** A refusal on its way out of a controller. */
export class Refused extends HttpException {
  constructor(readonly rejection: Rejection) {
    super(rejection, statusOf(rejection));
  }
}

/** Codes for what the framework itself turns away, by status. */
const byStatus: Partial<Record<number, RejectionCode>> = {
  400: 'malformed',
  401: 'not-signed-in',
  403: 'forbidden',
  404: 'unknown-event',
  405: 'unknown-event',
  413: 'too-large',
  415: 'malformed',
  429: 'too-many',
};
const INTERNAL = 500;

/** Makes every failure a stable code: no stack, path, version or echo leaves the server. */
@Catch()
export class RefusalFilter implements ExceptionFilter {
  constructor(private readonly onFault: (error: unknown) => void) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<ServerResponse>();
    const rejection = error instanceof Refused ? error.rejection : this.#rejectionOf(error);
    if (response.headersSent) return;
    const status = error instanceof Refused ? error.getStatus() : statusIn(error);
    response.statusCode = status;
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    response.setHeader('Cache-Control', 'no-store');
    response.end(JSON.stringify(rejection));
  }

  #rejectionOf(error: unknown): Rejection {
    const code = byStatus[statusIn(error)];
    if (code !== undefined) return refuse(code);
    this.onFault(error);
    return refuse('internal');
  }
}

/** Status that Nest's and Express's own errors carry; anything else is a fault of ours. */
function statusIn(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const status: unknown = error instanceof Error && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : INTERNAL;
}
