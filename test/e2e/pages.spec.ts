import { TestServer } from '../support/server.js';

/** The eight pages, and the one that leads to them. */
const pages = ['board', 'counter', 'teller', 'rating', 'manager', 'kiosk', 'ticket', 'admin', 'start'];

let test: TestServer;
beforeAll(async () => {
  test = await TestServer.start();
});
afterAll(() => test.end());

describe.each(pages)('the page %s [W-79]', (page) => {
  it('may be neither framed nor given a script, style, font or socket of anybody else', async () => {
    const answer = await fetch(`${test.server.url}/${page}/`);
    expect(answer.status).toBe(200);
    const policy = answer.headers.get('content-security-policy') ?? '';
    const of = new Map(
      policy.split(';').map((directive) => {
        const [name = '', ...sources] = directive.trim().split(' ');
        return [name, sources.join(' ')];
      }),
    );
    for (const name of ['default-src', 'script-src', 'style-src', 'form-action'])
      expect([name, of.get(name)]).toEqual([name, "'self'"]);
    for (const name of ['object-src', 'base-uri', 'frame-ancestors'])
      expect([name, of.get(name)]).toEqual([name, "'none'"]);
    const { host } = new URL(test.server.url);
    expect(of.get('connect-src')).toBe(`'self' ws://${host} wss://${host}`);
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('names no other host, and has no script or style of its own inside', async () => {
    const html = await (await fetch(`${test.server.url}/${page}/`)).text();
    expect(html).not.toMatch(/(src|href)="(https?:)?\/\//);
    expect(html).not.toMatch(/<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)/);
  });
});

it('[W-70] a ticket can be put on a phone’s home screen, where it opens the ticket’s page', async () => {
  const html = await (await fetch(`${test.server.url}/ticket/`)).text();
  const answer = await fetch(`${test.server.url}/home/ticket.webmanifest`);
  expect(answer.headers.get('content-type')).toContain('application/manifest+json');
  const manifest = (await answer.json()) as { start_url: string; icons: { src: string; type: string }[] };
  // No token: the phone keeps it, an icon's address may be seen by anybody.
  expect(manifest.start_url).toBe('/ticket/');
  for (const { src, type } of manifest.icons) {
    const icon = await fetch(test.server.url + src);
    expect([icon.status, icon.headers.get('content-type')]).toEqual([200, type]);
  }
  expect(html).not.toContain('serviceWorker');
});
