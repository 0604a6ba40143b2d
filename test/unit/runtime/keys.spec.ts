import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { supportNeeds } from '../../../src/protocol/vocabulary.js';
import { FileDayKeys } from '../../../src/runtime/day-keys.js';
import { IdFilter } from '../../../src/runtime/id-filter.js';
import { dayKey, SECRET_BYTES } from '../../../src/runtime/seal.js';
import { inDirectory } from '../../support/logs.js';

const monday = { branchId: '../上海/1', day: '2026-03-02' };

describe("[S-6] A day's key", () => {
  const key = dayKey(Buffer.alloc(SECRET_BYTES, 1));

  it('opens what it sealed, at its place only', () => {
    const sealed = key.seal('["wheelchair"]', 'here');
    expect(sealed).not.toContain('wheelchair');
    expect(key.unseal(sealed, 'here')).toEqual({ text: '["wheelchair"]' });
    expect(() => key.unseal(sealed, 'there')).toThrow('altered');
  });

  it('finds every altered byte', () => {
    const sealed = key.seal('x', 'here');
    for (let i = 10; i < sealed.length; i += 7) {
      const other = sealed[i] === 'A' ? 'B' : 'A';
      expect(() => key.unseal(sealed.slice(0, i) + other + sealed.slice(i + 1), 'here')).toThrow('altered');
    }
  });

  it("reads another key's text as erased", () => {
    const other = dayKey(Buffer.alloc(SECRET_BYTES, 2));
    expect(key.unseal(other.seal('x', 'here'), 'here')).toBe('erased');
  });

  it('gives no needs and all needs the same length, and equal texts different bytes', () => {
    const lists = [[], ['seat'], [...supportNeeds]].map((needs) => key.seal(JSON.stringify(needs), 'here'));
    expect(new Set(lists.map(({ length }) => length)).size).toBe(1);
    expect(key.seal('x', 'here')).not.toBe(key.seal('x', 'here'));
  });

  it('gives long and foreign text back whole', () => {
    const text = '特需'.repeat(1_000);
    expect(key.unseal(key.seal(text, ''), '')).toEqual({ text });
  });
});

describe('FileDayKeys', () => {
  it('[S-6] makes one file per day that only its owner may read', () =>
    inDirectory(async (directory) => {
      const path = join(directory, 'keys');
      const keys = new FileDayKeys(path);
      expect(await keys.find(monday)).toBeNull();
      const key = await keys.create(monday);
      const again = await new FileDayKeys(path).create(monday);
      expect(again.unseal(key.seal('x', ''), '')).toEqual({ text: 'x' });
      const [file = '', ...more] = await readdir(path);
      expect(more).toEqual([]);
      expect(((await stat(join(path, file))).mode & 0o777).toString(8)).toBe('600');
      expect(((await stat(path)).mode & 0o777).toString(8)).toBe('700');
      expect(await readFile(join(path, file))).toHaveLength(SECRET_BYTES);
    }));

  it('forgets a key for ever, without complaint if there is none', () =>
    inDirectory(async (directory) => {
      const keys = new FileDayKeys(directory);
      const sealed = (await keys.create(monday)).seal('x', '');
      await keys.destroy(monday);
      await keys.destroy(monday);
      expect(await keys.find(monday)).toBeNull();
      expect((await keys.create(monday)).unseal(sealed, '')).toBe('erased');
    }));

  it('does not take half a key for one', () =>
    inDirectory(async (directory) => {
      const keys = new FileDayKeys(directory);
      await keys.create(monday);
      const [file = ''] = await readdir(directory);
      await writeFile(join(directory, file), 'short');
      await expect(keys.find(monday)).rejects.toMatchObject({ problem: 'corrupt' });
    }));
});

describe('IdFilter', () => {
  it('knows all that was added, and little else', () => {
    const filter = new IdFilter();
    const ids = Array.from({ length: 3_600 }, (_, i) => `t${i % 9}\n${(i * 7919).toString(36)}-call`);
    for (const id of ids) filter.add(id);
    expect(ids.every((id) => filter.mayKnow(id))).toBe(true);
    const wrong = Array.from({ length: 10_000 }, (_, i) => filter.mayKnow(`t${i % 9}\nnew-${i}`)).filter(
      Boolean,
    );
    expect(wrong.length).toBeLessThan(20);
  });
});
