import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lock, ownSecret } from '../../../src/commands/dataDir.js';
import { readEnvironment } from '../../../src/commands/environment.js';

describe('the environment', () => {
  it('has a value for everything', () => {
    expect(readEnvironment({})).toEqual({
      mode: 'production',
      port: 8080,
      host: '127.0.0.1',
      dataDir: './data',
      origins: [],
      polling: false,
      mostConnections: 10_000,
      logLevel: 'info',
    });
  });

  it.each([
    [{ LW_PROT: '1' }, 'LW_PROT is not a setting'],
    [{ LW_PORT: '80a' }, 'LW_PORT'],
    [{ LW_PORT: '65536' }, 'LW_PORT'],
    [{ LW_PORT: '' }, 'LW_PORT'],
    [{ LW_MODE: 'prod' }, 'LW_MODE'],
    [{ LW_ORIGINS: 'lobby.example.com' }, 'LW_ORIGINS'],
    [{ LW_ORIGINS: 'https://lobby.example.com/' }, 'LW_ORIGINS'],
    [{ LW_SECRET: 'short' }, 'LW_SECRET'],
    [{ LW_SECRET: 'x'.repeat(40), LW_SECRET_FILE: '/x' }, 'both given'],
    [{ LW_SECRET_FILE: '/does/not/exist' }, "can't be read"],
  ])('refuses %j and does not repeat a value', (env: Record<string, string>, told) => {
    expect(() => readEnvironment(env)).toThrow(told);
    expect(() => readEnvironment(env)).not.toThrow('x'.repeat(40));
  });
});

describe('the data directory', () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'lw-'))));
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('keeps its secret, for its owner only', () => {
    const secret = ownSecret(directory);
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    expect(ownSecret(directory)).toBe(secret);
    expect(statSync(join(directory, 'secret')).mode & 0o777).toBe(0o600);
  });

  it('takes one server at a time, and the next once the first is gone', () => {
    const unlock = lock(directory);
    expect(() => lock(directory)).toThrow('another server');
    unlock();
    lock(directory)();
  });

  it('is taken over from a process that no longer lives, and not from one that does', () => {
    writeFileSync(join(directory, 'lock'), '999999999');
    lock(directory)();
    writeFileSync(join(directory, 'lock'), String(process.ppid));
    expect(() => lock(directory)).toThrow('another server');
  });
});
