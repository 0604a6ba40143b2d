import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keep, NotEmpty, readKept } from '../../../src/commands/demoData.js';
import { BadArguments, readDemoArguments } from '../../../src/commands/demoOptions.js';
import { verdictOf } from '../../../src/commands/soakVerdict.js';

describe('npm run demo', () => {
  it('has a value for everything', () => {
    expect(readDemoArguments([])).toEqual({
      speed: 10,
      seed: 1,
      players: true,
      port: 8080,
      start: 10 * 60 + 40,
      pastDays: 14,
    });
  });

  it('takes what it is told', () => {
    const args = [
      '--speed',
      '60',
      '--seed',
      '5',
      '--no-players',
      '--port',
      '0',
      '--data',
      'd',
      '--start',
      '14:30',
      '--phones',
      '192.168.1.20',
      '--past-days',
      '0',
    ];
    expect(readDemoArguments(args)).toEqual({
      speed: 60,
      seed: 5,
      players: false,
      port: 0,
      data: 'd',
      start: 870,
      phones: '192.168.1.20',
      pastDays: 0,
    });
  });

  it.each([
    ['--speed', '61'],
    ['--speed', ''],
    ['--speed', '-1'],
    ['--seed', '1.5'],
    ['--past-days', '31'],
    ['--start', '7:59'],
    ['--start', '25:00'],
    ['--phones', 'http://192.168.1.20'],
    ['--phones', '192.168.1.20:8080'],
    ['--fast'],
    ['x'],
  ])('refuses %s %s', (...args) => {
    expect(() => readDemoArguments(args.filter((arg) => typeof arg === 'string'))).toThrow(BadArguments);
  });
});

describe("A demo's directory", () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'lw-'))));
  afterEach(() => rmSync(directory, { recursive: true }));

  it('[S-7] may be new, empty or its own, never somebody else’s', () => {
    expect(readKept(join(directory, 'missing'))).toBeUndefined();
    expect(readKept(directory)).toBeUndefined();
    writeFileSync(join(directory, 'lobby.sqlite'), '');
    expect(() => readKept(directory)).toThrow(NotEmpty);
    keep(directory, { screens: [], people: [] });
    expect(readKept(directory)).toEqual({ screens: [], people: [] });
  });
});

describe('The soak', () => {
  const samples = (...rss: number[]) => rss.map((mb, minute) => ({ minute, rss: mb, heap: 1 }));

  it('holds while the last third is within 5 % of the middle third, whatever the first was', () => {
    expect(verdictOf(samples(50, 60, 70, 100, 100, 100, 105, 105, 105), 0)).toMatchObject({
      ok: true,
      growth: 1.05,
    });
    expect(verdictOf(samples(50, 60, 70, 100, 100, 100, 105, 106, 106), 0).ok).toBe(false);
  });

  it('fails on an error in the log, and on too few samples', () => {
    expect(verdictOf(samples(1, 1, 1, 1, 1, 1), 1)).toMatchObject({
      ok: false,
      problems: ['1 errors in the log'],
    });
    expect(verdictOf(samples(1, 1, 1), 0).ok).toBe(false);
  });
});
