/**
 * A small real server for photographs and browser tests of one page in any state: it serves the built
 * client and plays a branch that shows exactly the view it was given.
 *
 *     const server = await serveView({ page: 'board', audience: 'board', view: peakBoard, at: AT });
 *     await page.goto(server.url);          // carries a screen's token; add ?lang=en with server.address('?lang=en')
 *     server.show({ ...peakBoard, calls });  // sends the patch between the two
 *     server.down(); server.up();            // cut and restored; server.hush() stops the beats
 *     server.commands                        // what the page sent; `answer` decides the ack
 *     await server.close();
 *
 * It needs `npm run build:client` (dist/client) first.
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { Server } from 'socket.io';
import type { Rejection } from '../../src/protocol/codes.js';
import type { Ack, CommandMessage } from '../../src/protocol/commands.js';
import type { ClientToServer, Handshake, PatchFrame, ServerToClient } from '../../src/protocol/live.js';
import { LIVE_NAMESPACE } from '../../src/protocol/live.js';
import { diff, merge } from '../../src/protocol/patch.js';
import type { Audience, ViewOf } from '../../src/protocol/views.js';

export interface ServedView<A extends Audience> {
  /** Folder of the page in dist/client. */
  page: string;
  audience: A;
  /** Absent: the server takes connections but says nothing (the page keeps connecting). */
  view?: ViewOf[A];
  /** Branch time of the first frame, UTC ms; default now. */
  at?: number;
  /** Branch seconds per second; default 0, so that photographs are the same each time. */
  rate?: number;
  /** Real ms between beats; 0 for none. */
  beatMs?: number;
  /** Answers a command; default: accepted. `undefined` never answers, LATER waits for `answerLate`. */
  answer?: (message: CommandMessage) => Ack | typeof LATER | undefined;
  /** Refuses the handshake. */
  refuse?: Pick<Rejection, 'code' | 'params'>;
  /** JSON answers for other paths, e.g. `{ '/api/v1/session': { role: 'teller', … } }`; read anew at each request. */
  routes?: Record<string, unknown>;
  /** Folder of the built client. */
  root?: string;
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.m4a': 'audio/mp4',
  '.webmanifest': 'application/manifest+json',
};

/** As a route's answer: none ever comes. */
export const NEVER = Symbol('NEVER');
/** As the answer to a command: it is given when the test says so. */
export const LATER = Symbol('LATER');

const accepted = (): Ack => ({ ok: true, seq: 1, result: {} });

/** Serves one page with one view on a free port of this machine. */
export async function serveView<A extends Audience>(options: ServedView<A>) {
  const { audience, at = Date.now(), rate = 0, beatMs = 2_000, answer = accepted } = options;
  const root = options.root ?? process.env['CLIENT_DIST'] ?? join(process.cwd(), 'dist/client');
  const started = Date.now();
  const branchTime = (): number => at + (Date.now() - started) * rate;

  let view = options.view;
  let epoch = 'epoch-1';
  let version = 1;
  let history: PatchFrame[] = [];
  let isDown = false;
  const commands: CommandMessage[] = [];
  const handshakes: Handshake[] = [];
  const late: ((ack: Ack) => void)[] = [];

  const http = createServer(
    (request, response) => void serveFile(request, response, root, options.routes ?? {}),
  );
  // Pings so rare that a test may wind the page's clock forward without losing the connection.
  const io = new Server<ClientToServer, ServerToClient>(http, {
    pingInterval: 3_600_000,
    pingTimeout: 3_600_000,
    allowRequest: (_request, decide) => {
      decide(null, !isDown);
    },
  });
  const live = io.of(LIVE_NAMESPACE);

  live.use((_socket, next) => {
    next(
      options.refuse === undefined
        ? undefined
        : Object.assign(new Error('refused'), { data: options.refuse }),
    );
  });
  live.on('connection', (socket) => {
    const said = socket.handshake.auth as Handshake;
    handshakes.push(said);
    if (view === undefined) return;
    const missed = history.filter((frame) => frame.version > (said.seen?.version ?? 0));
    const gapFilled = said.seen?.epoch === epoch && said.seen.version + missed.length === version;
    if (gapFilled)
      missed.forEach((frame) => {
        socket.emit('patch', frame);
      });
    else socket.emit('view', { epoch, version, at: branchTime(), audience, view });
    socket.emit('beat', { at: branchTime(), rate });
    socket.on('command', (message, ack) => {
      commands.push(message);
      const result = answer(message);
      if (result === LATER) late.push(ack);
      else if (result !== undefined) ack(result);
    });
  });

  const beat = (): void => void live.emit('beat', { at: branchTime(), rate });
  let beats = beatMs > 0 && view !== undefined ? setInterval(beat, beatMs) : undefined;

  const push = (patch: unknown): void => {
    version += 1;
    view = merge(view, patch) as ViewOf[A];
    history.push({ version, patch });
    live.emit('patch', { version, patch });
  };

  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${String((http.address() as AddressInfo).port)}`;
  // Staff have their session's cookie, and no token in an address [W-43].
  const token = ['teller', 'manager', 'admin'].includes(options.page) ? '' : '#token=fixture';
  const address = (search = ''): string => `${origin}/${options.page}/${search}${token}`;

  return {
    url: address(),
    address,
    commands,
    handshakes,
    beat,
    push,
    /** Sends the smallest patch from the present view to this one. */
    show(next: ViewOf[A]): void {
      const patch = diff(view, next);
      if (patch !== undefined) push(patch);
    },
    /** Answers what waits for it; what is shown from here on reaches the page after the answer. */
    answerLate(ack: Ack): void {
      late.splice(0).forEach((answerNow) => {
        answerNow(ack);
      });
    },
    /** Sends a patch whose predecessor never arrives. */
    skip(patch: unknown): void {
      version += 1;
      view = merge(view, patch) as ViewOf[A];
      history = [];
      push({});
    },
    /** The log was restored from a backup: what the page has seen means nothing any more. */
    restore(next: ViewOf[A]): void {
      epoch += '+';
      version = 1;
      history = [];
      view = next;
    },
    /** No more beats: a branch whose runner is dead, behind a connection that still stands. */
    hush(): void {
      clearInterval(beats);
      beats = undefined;
    },
    down(): void {
      isDown = true;
      live.disconnectSockets(true);
    },
    up(): void {
      isDown = false;
    },
    async close(): Promise<void> {
      clearInterval(beats);
      await io.close();
    },
  };
}

/** With the policy that the real server sends, so that a page which breaks it breaks here too. */
async function serveFile(
  request: IncomingMessage,
  response: ServerResponse,
  root: string,
  routes: Record<string, unknown>,
): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://client').pathname;
  response.setHeader(
    'Content-Security-Policy',
    "default-src 'self'; frame-ancestors 'none'; base-uri 'none'",
  );
  response.setHeader('Cache-Control', 'no-store');
  if (routes[path] === NEVER) return;
  if (path in routes) {
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(routes[path]));
    return;
  }
  const file = normalize(join(root, path.endsWith('/') ? `${path}index.html` : path));
  try {
    const body = file.startsWith(root) ? await readFile(file) : undefined;
    response.statusCode = body === undefined ? 404 : 200;
    response.setHeader('Content-Type', types[extname(file)] ?? 'application/octet-stream');
    response.end(body);
  } catch {
    response.statusCode = 404;
    response.end();
  }
}
