import { readdirSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import compression from 'compression';
import helmet from 'helmet';
import { isHttps } from '../doors/requests.js';

const HOST = /^[A-Za-z0-9.[\]:-]{1,255}$/;
const A_YEAR = 31_536_000;

/** Headers of every answer: nothing from elsewhere, no inline script, in nobody's frame. */
export function secureHeaders(app: NestExpressApplication): void {
  const sameHost = (scheme: 'ws' | 'wss') => (request: IncomingMessage) => {
    const host = request.headers.host ?? '';
    // Old WebViews don't count the socket of the same host as 'self'.
    return HOST.test(host) ? `${scheme}://${host}` : "'self'";
  };
  app.disable('x-powered-by');
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          scriptSrc: ["'self'"],
          styleSrc: ["'self'"],
          imgSrc: ["'self'", 'data:'],
          mediaSrc: ["'self'", 'blob:'],
          connectSrc: ["'self'", sameHost('ws'), sameHost('wss')],
          objectSrc: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
        },
      },
      referrerPolicy: { policy: 'no-referrer' },
      strictTransportSecurity: false,
      // On plain http the browser ignores it and says so on the console of every screen.
      crossOriginOpenerPolicy: false,
      originAgentCluster: false,
      xFrameOptions: { action: 'deny' },
    }),
  );
  app.use((request: IncomingMessage, response: ServerResponse, next: () => void) => {
    if (isHttps(request)) {
      response.setHeader('Strict-Transport-Security', `max-age=${A_YEAR}`);
      response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    }
    response.setHeader('Cache-Control', 'no-store');
    next();
  });
}

/**
 * Serves the built pages: `/board/` is `board/index.html`. What the build named by its content's hash may be kept
 * for ever; everything else is asked for anew. `/` is the start page: the demo's screens, or the doors of staff.
 */
export function servePages(app: NestExpressApplication, directory: string): void {
  app.use((request: IncomingMessage, _response: ServerResponse, next: () => void) => {
    request.url = request.url?.replace(/^\/(?=\?|$)/, '/start/');
    next();
  });
  // Pages only: an answer that holds a secret beside what others chose must not be compressed.
  const pack = compression();
  for (const folder of foldersOf(directory)) {
    app.use(`/${folder}/`, pack);
    app.useStaticAssets(join(directory, folder), {
      prefix: `/${folder}/`,
      index: 'index.html',
      redirect: false,
      setHeaders: (response: ServerResponse, path: string) =>
        response.setHeader(
          'Cache-Control',
          HASHED.test(path) ? `public, max-age=${A_YEAR}, immutable` : 'no-store',
        ),
    });
  }
  // Without its last slash a page would look for its files in the wrong place.
  app.use((request: IncomingMessage, response: ServerResponse, next: () => void) => {
    const [, folder, query] = /^\/([a-z]+)(\?.*)?$/.exec(request.url ?? '') ?? [];
    if (folder === undefined || !pages.has(folder)) {
      next();
      return;
    }
    response.writeHead(308, { Location: `/${folder}/${query ?? ''}` });
    response.end();
  });
}

const pages: ReadonlySet<string> = new Set([
  'board',
  'counter',
  'rating',
  'kiosk',
  'ticket',
  'teller',
  'manager',
  'admin',
  'start',
]);
/** Vite's names: `name-<8 of base64url>.ext` in an assets folder. */
const HASHED = /[\\/]assets[\\/].*-[A-Za-z0-9_-]{8}\.[a-z0-9]+$/;

const foldersOf = (directory: string): string[] => {
  try {
    return readdirSync(directory, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
  } catch {
    return [];
  }
};
