import { startVerdicts } from '../../../src/commands/benchStart/page.js';
import type { Measured } from '../../../src/commands/benchStart/page.js';
import { startOnce } from '../../../src/commands/benchStart/start.js';
import type { Started } from '../../../src/commands/benchStart/start.js';
import { forgetWhatIsDerived, writeBranches } from '../../../src/commands/benchStart/written.js';
import { databasePath } from '../../../src/commands/dataDir.js';
import { identityEntities } from '../../../src/identity/entities.js';
import { identityMigrations } from '../../../src/identity/migrations.js';
import { Database } from '../../../src/store/database.js';
import { SqliteEventLog } from '../../../src/store/sqlite-event-log.js';
import { inDirectory } from '../../support/logs.js';

const start = (seconds: number, refused = 0): Started => ({
  seconds,
  cpu: seconds,
  learning: 1,
  resident: 100,
  most: 100,
  latencies: [1],
  refused,
  stretches: [1],
});

const missed = (whole: number, snapshots: number, refused = 0): string[] => {
  const written = { branches: 1, events: 1, visits: 1, at: 0 };
  const measured: Measured = {
    of: { commit: '', seed: 1, rate: 1, machine: { cores: 1, model: '', node: '', loadBefore: 0 } },
    restart: { written, whole: [start(whole)], snapshots: [start(snapshots)] },
    learning: { written, days: 1, first: [start(1, refused)], later: [start(1)] },
  };
  return startVerdicts(measured).flatMap(({ what, met }) => (met ? [] : [what]));
};

/** What a data directory holds. */
async function heldIn(dataDir: string) {
  const tables = { entities: identityEntities, migrations: identityMigrations };
  const database = await Database.open(databasePath(dataDir), tables);
  const log = await SqliteEventLog.open(database);
  const verified = await log.verify();
  const days = await database.source.query<unknown[]>('SELECT * FROM "service_times"');
  const snapshots = await database.source.query<unknown[]>('SELECT * FROM "snapshots"');
  log.close();
  await database.close();
  return { verified, learnt: days.length, snapshots: snapshots.length };
}

describe('npm run bench:start', () => {
  it('starts the real server on whole logs, which learns once, and from snapshots the next time', () =>
    inDirectory(async (dataDir) => {
      const written = await writeBranches(dataDir, { branches: 2, pastDays: 1, events: 40, seed: 1 });
      const of = { dataDir, at: written.at + 1_000, rate: 100, seconds: 0 };
      const first = await startOnce(of);
      expect(first.refused).toBe(0);
      expect(first.latencies.length).toBeGreaterThan(0);
      const held = await heldIn(dataDir);
      expect(held).toMatchObject({ verified: { ok: true, streams: 4 }, learnt: 2, snapshots: 2 });
      await forgetWhatIsDerived(dataDir);
      expect(await heldIn(dataDir)).toMatchObject({ learnt: 0, snapshots: 0 });
    }));

  it('misses a start that takes too long, and a refused ticket', () => {
    expect(missed(10, 2)).toEqual([]);
    expect(missed(10.1, 2)).toEqual(['from the whole log']);
    expect(missed(10, 2.1)).toEqual(['from snapshots']);
    expect(missed(10, 2, 1)).toEqual(['tickets refused']);
  });
});
