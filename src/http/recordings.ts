import type { IncomingMessage, ServerResponse } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';

const OURS = /^\/voice\/[a-z0-9-]+\.(opus|json)$/;

/**
 * A bank's own recordings, in place of the clips of the same name that we ship, and `own.json`, the words that only this
 * bank has [SPEC W-15]. Whatever isn't there is served from the built pages.
 */
export function serveRecordings(app: NestExpressApplication, directory: string): void {
  app.use((request: IncomingMessage, _response: ServerResponse, next: (skip?: 'route') => void) => {
    // Nothing but clips is ever looked for in the data directory.
    if (request.url?.startsWith('/voice/') === true && !OURS.test(request.url)) request.url = '/voice/-';
    next();
  });
  app.useStaticAssets(directory, {
    prefix: '/voice/',
    index: false,
    redirect: false,
    setHeaders: (response: ServerResponse) => response.setHeader('Cache-Control', 'no-store'),
  });
}
