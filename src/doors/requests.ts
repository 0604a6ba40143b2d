import type { IncomingMessage } from 'node:http';

const SECURE_NAME = '__Host-lw';
const PLAIN_NAME = 'lw';
const TWELVE_HOURS = 12 * 60 * 60;

const isLoopback = (address: string | undefined): boolean =>
  address === '127.0.0.1' || address === '::1' || address === '::ffff:127.0.0.1';

/** True when the browser's own connection is encrypted: to this process, or to a proxy on this machine. */
export function isHttps(request: IncomingMessage): boolean {
  if ('encrypted' in request.socket) return true;
  return isLoopback(request.socket.remoteAddress) && request.headers['x-forwarded-proto'] === 'https';
}

/** True when the request was made on this machine, under a name of this machine, and by no proxy. */
export function isLocal(request: IncomingMessage): boolean {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  const local = host === 'localhost' || host === '127.0.0.1' || host === '[::1]';
  return (
    local && isLoopback(request.socket.remoteAddress) && request.headers['x-forwarded-for'] === undefined
  );
}

/** Where a request came from; a proxy on this machine is believed, nobody else is. */
export function addressOf(request: IncomingMessage): string {
  const direct = request.socket.remoteAddress ?? '';
  const forwarded = request.headers['x-forwarded-for'];
  if (!isLoopback(direct) || typeof forwarded !== 'string') return direct;
  return forwarded.split(',').at(-1)?.trim() ?? direct;
}

/** The session token in the request's cookies. */
export function sessionCookie(request: IncomingMessage): string | undefined {
  const wanted = isHttps(request) ? SECURE_NAME : PLAIN_NAME;
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === wanted && value !== undefined && value !== '') return value;
  }
  return undefined;
}

/** `Set-Cookie` for a session's token; undefined takes the cookie away. */
export function setSessionCookie(request: IncomingMessage, token: string | undefined): string {
  const secure = isHttps(request);
  const life = token === undefined ? 0 : TWELVE_HOURS;
  const name = secure ? SECURE_NAME : PLAIN_NAME;
  return `${name}=${token ?? ''}; Path=/; Max-Age=${life}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
}

/** True when a page of this origin may talk to us: our own, or one that was configured. */
export function allowedOrigin(request: IncomingMessage, configured: readonly string[]): boolean {
  const { origin, host } = request.headers;
  // Browsers always send it with a socket; without it this is no page that could misuse somebody's cookie.
  if (origin === undefined) return true;
  if (configured.includes(origin)) return true;
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
}
