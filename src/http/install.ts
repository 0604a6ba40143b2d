import type { IncomingMessage, ServerResponse } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { refuse } from '../doors/parse.js';
import { MAX_MESSAGE_BYTES } from '../protocol/live.js';
import { serveDescription } from './openapi.js';
import { secureHeaders, servePages } from './pages.js';
import { serveRecordings } from './recordings.js';
import { RefusalFilter } from './refused.js';

export interface HttpOptions {
  /** Where the built pages are. */
  clientDir: string;
  /** Where a bank puts its own recordings for the boards' voice; it need not exist. */
  recordingsDir: string;
  /** Told of faults of ours; what the caller gets says nothing of them. */
  onFault: (error: unknown) => void;
}

/** Everything of the REST door that is no controller, in the order in which requests meet it. */
export function installHttp(
  app: NestExpressApplication,
  { clientDir, recordingsDir, onFault }: HttpOptions,
): void {
  secureHeaders(app);
  app.use(jsonOnly);
  app.useBodyParser('json', {
    limit: MAX_MESSAGE_BYTES,
    type: 'application/json',
    strict: true,
    inflate: false,
  });
  serveDescription(app);
  serveRecordings(app, recordingsDir);
  servePages(app, clientDir);
  app.useGlobalFilters(new RefusalFilter(onFault));
}

/** A body that isn't JSON is what a foreign page's form would send. */
function jsonOnly(request: IncomingMessage, response: ServerResponse, next: () => void): void {
  const hasBody =
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  const isJson = /^application\/json(;|$)/i.test(request.headers['content-type'] ?? '');
  if (!hasBody || isJson) {
    next();
    return;
  }
  response.writeHead(415, { 'Content-Type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(refuse('malformed', { field: 'content-type' })));
}
