import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventLog, Group, StreamId } from '../../src/runtime/ports.js';
import { toOccurrence } from '../../src/runtime/record.js';
import { Database } from '../../src/store/database.js';
import { InMemoryEventLog } from '../../src/store/memory-event-log.js';
import { SqliteEventLog } from '../../src/store/sqlite-event-log.js';
import { Scribe } from '../support/logs.js';

/** A log under test, and hands that damage it behind its back. */
interface Bench {
  log: EventLog;
  /** Closes it and opens it again, where it is kept anywhere. */
  reopen(): Promise<void>;
  alter(stream: StreamId, seq: number): Promise<void>;
  cutAfter(stream: StreamId, seq: number): Promise<void>;
  close(): Promise<void>;
}

async function sqliteBench(): Promise<Bench> {
  const directory = await mkdtemp(join(tmpdir(), 'lw-log-'));
  const path = join(directory, 'lobby.db');
  let database = await Database.open(path);
  let log = await SqliteEventLog.open(database);
  const close = async () => {
    log.close();
    await database.close();
  };
  const bench: Bench = {
    log,
    async reopen() {
      await close();
      database = await Database.open(path);
      log = await SqliteEventLog.open(database);
      bench.log = log;
    },
    async alter({ branchId, day }, seq) {
      const where = [branchId, day, seq];
      await database.source.query(
        `UPDATE events SET payload = payload || ' ' WHERE branch=? AND day=? AND seq=?`,
        where,
      );
    },
    async cutAfter({ branchId, day }, seq) {
      await database.source.query('DELETE FROM events WHERE branch=? AND day=? AND seq>?', [
        branchId,
        day,
        seq,
      ]);
    },
    async close() {
      await close();
      await rm(directory, { recursive: true });
    },
  };
  return bench;
}

function memoryBench(): Promise<Bench> {
  const log = new InMemoryEventLog();
  const rowsOf = ({ branchId, day }: StreamId) =>
    (log as unknown as { events: Map<string, { seq: number; payload: string }[]> }).events.get(
      JSON.stringify([branchId, day]),
    ) ?? [];
  return Promise.resolve({
    log,
    reopen: () => Promise.resolve(),
    alter: (stream, seq) => {
      const rows = rowsOf(stream);
      const row = rows[seq - 1];
      if (row) rows[seq - 1] = { ...row, payload: `${row.payload} ` };
      return Promise.resolve();
    },
    cutAfter: (stream, seq) => {
      rowsOf(stream).splice(seq);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  });
}

const monday = (branchId = randomUUID()): StreamId => ({ branchId, day: '2026-03-02' });

describe.each([
  ['SqliteEventLog', sqliteBench],
  ['InMemoryEventLog', memoryBench],
])('%s', (_, open) => {
  let bench: Bench;
  const keep = (...groups: Group[]) => bench.log.append({ groups, snapshots: [] });
  const seqs = async (stream: StreamId, from = 1, limit = 100) =>
    (await bench.log.read(stream, from, limit)).map(({ seq }) => seq);

  beforeAll(async () => {
    bench = await open();
  });
  afterAll(() => bench.close());

  it('gives back every field of what was appended, in order, in pages', async () => {
    const scribe = new Scribe(monday());
    const first = scribe.group([
      { type: 'CounterResumed', counterId: 'w1' },
      { type: 'CounterReopened', counterId: '窗口"2"' },
    ]);
    await keep(first, scribe.group(), scribe.group());
    expect(await bench.log.read(scribe.stream, 1, 2)).toEqual(first.events);
    expect(await seqs(scribe.stream)).toEqual([1, 2, 3, 4]);
    expect(await seqs(scribe.stream, 3)).toEqual([3, 4]);
    expect(await seqs(scribe.stream, 2, 2)).toEqual([2, 3]);
    expect(await seqs(scribe.stream, 5)).toEqual([]);
    expect(await bench.log.tail(scribe.stream.branchId)).toEqual(scribe.tail);
  });

  it('gives the events of some types alone, in order, as they were appended', async () => {
    const scribe = new Scribe(monday());
    const first = scribe.group([
      { type: 'CounterResumed', counterId: 'w1' },
      { type: 'CounterReopened', counterId: 'w2' },
    ]);
    const between = scribe.group();
    const last = scribe.group([{ type: 'CounterResumed', counterId: 'w3' }]);
    await keep(first, between, last);
    const [resumed, reopened] = first.events;
    const of = (...types: string[]) => bench.log.readOf(scribe.stream, types);
    expect(await of('CounterResumed')).toEqual([resumed, ...last.events]);
    expect(await of('CounterReopened', 'CounterResumed')).toEqual([resumed, reopened, ...last.events]);
    expect(await of('DayClosed')).toEqual([]);
    expect(await of()).toEqual([]);
    expect(await bench.log.readOf({ ...scribe.stream, day: '2026-03-03' }, ['CounterResumed'])).toEqual([]);
  });

  it('keeps streams apart and names the latest day of a branch', async () => {
    const [one, other] = [new Scribe(monday()), new Scribe(monday())];
    await keep(one.group(), other.group(), one.group());
    const tuesday = new Scribe({ ...one.stream, day: '2026-03-03' }, one.tail.hash);
    await keep(tuesday.group());
    expect(await seqs(one.stream)).toEqual([1, 2]);
    expect(await seqs(other.stream)).toEqual([1]);
    expect(await bench.log.tail(one.stream.branchId)).toEqual(tuesday.tail);
    expect(await bench.log.tail('nowhere')).toBeNull();
    expect(await bench.log.days(one.stream.branchId, 9)).toEqual(['2026-03-03', '2026-03-02']);
    expect(await bench.log.days(one.stream.branchId, 1)).toEqual(['2026-03-03']);
    expect(await bench.log.days('nowhere', 9)).toEqual([]);
  });

  it('keeps a batch whole or not at all', async () => {
    const [sound, other] = [new Scribe(monday()), new Scribe(monday())];
    const first = other.group();
    await expect(keep(sound.group(), first, first)).rejects.toMatchObject({ problem: 'conflict' });
    expect(await bench.log.tail(sound.stream.branchId)).toBeNull();
    expect(await bench.log.command(sound.stream, 'manager', 'c1')).toBeNull();
    expect(await bench.log.tail(other.stream.branchId)).toBeNull();
    expect(await seqs(sound.stream)).toEqual([]);
  });

  it('refuses a gap, a repeat, another chain and a day that is over', async () => {
    const scribe = new Scribe(monday());
    const [first, second, third] = [scribe.group(), scribe.group(), scribe.group()];
    const conflict = { problem: 'conflict' };
    await expect(keep(second)).rejects.toMatchObject(conflict);
    await keep(first);
    await expect(keep(third)).rejects.toMatchObject(conflict);
    await expect(keep(first)).rejects.toMatchObject(conflict);
    const [row] = second.events;
    const skipped = {
      ...second,
      events: row ? [{ ...row, seq: 3 }] : [],
      command: { ...second.command, seq: 3 },
    };
    await expect(keep(skipped)).rejects.toMatchObject(conflict);
    const foreign = { ...second, events: row ? [{ ...row, prev: 'f'.repeat(64) }] : [] };
    await expect(keep(foreign)).rejects.toMatchObject(conflict);
    await keep(second);
    const sunday = new Scribe({ ...scribe.stream, day: '2026-03-01' }, second.events[0]?.hash);
    await expect(keep(sunday.group())).rejects.toMatchObject(conflict);
    expect(await seqs(scribe.stream)).toEqual([1, 2]);
  });

  it('refuses a new day that does not continue the chain of the last', async () => {
    const scribe = new Scribe(monday());
    await keep(scribe.group());
    const loose = new Scribe({ ...scribe.stream, day: '2026-03-03' });
    await expect(keep(loose.group())).rejects.toMatchObject({ problem: 'conflict' });
  });

  it('[L12] remembers accepted commands, also those without events', async () => {
    const scribe = new Scribe(monday());
    const [act, silentOne] = [scribe.group(), scribe.group([], 'quiet')];
    await keep(act, silentOne);
    await bench.reopen();
    expect(await bench.log.command(scribe.stream, 'manager', 'quiet')).toEqual(silentOne.command);
    expect(await bench.log.command(scribe.stream, 'other', 'quiet')).toBeNull();
    expect(await bench.log.commandIds(scribe.stream)).toEqual([
      { actorId: 'manager', commandId: 'c1', seq: 1 },
      { actorId: 'manager', commandId: 'quiet', seq: 1 },
    ]);
  });

  it('keeps the latest snapshot of a day', async () => {
    const scribe = new Scribe(monday());
    const snapshot = (sealed: string) => ({ ...scribe.tail, sealed });
    await keep(scribe.group());
    await bench.log.append({ groups: [scribe.group()], snapshots: [snapshot('one')] });
    await bench.log.append({ groups: [], snapshots: [snapshot('two')] });
    expect(await bench.log.snapshot(scribe.stream)).toEqual(snapshot('two'));
    expect(await bench.log.snapshot(monday())).toBeNull();
  });

  it('keeps signs of life', async () => {
    const { branchId } = monday();
    expect(await bench.log.lastBeat(branchId)).toBeNull();
    await bench.log.beat([
      { branchId, at: 5 },
      { branchId: 'another', at: 6 },
    ]);
    await bench.log.beat([{ branchId, at: 1_772_000_000_000 }]);
    expect(await bench.log.lastBeat(branchId)).toBe(1_772_000_000_000);
  });

  it('goes on after it was closed and opened again', async () => {
    const scribe = new Scribe(monday());
    await keep(scribe.group());
    const { epoch } = bench.log;
    await bench.reopen();
    expect(bench.log.epoch).toBe(epoch);
    await keep(scribe.group());
    expect(await seqs(scribe.stream)).toEqual([1, 2]);
    expect(await bench.log.verify()).toMatchObject({ ok: true });
  });

  it('[L13] reads sealed needs with the key and "erased" without it', async () => {
    const scribe = new Scribe(monday());
    await keep(scribe.group([{ type: 'PriorityFlagged', visitId: 'v1', needs: ['wheelchair', 'seat'] }]));
    const [row] = await bench.log.read(scribe.stream, 1, 1);
    if (!row) throw new Error('nothing was kept');
    expect(row.payload).not.toContain('wheelchair');
    expect(toOccurrence(row, scribe.key).event).toMatchObject({
      visitId: 'v1',
      needs: ['wheelchair', 'seat'],
    });
    expect(toOccurrence(row, null).event).toMatchObject({ visitId: 'v1', needs: 'erased' });
  });

  describe('when it is damaged', () => {
    it('verifies over days and branches when it is not', async () => {
      const scribe = new Scribe(monday());
      await keep(scribe.group(), scribe.group());
      await keep(new Scribe({ ...scribe.stream, day: '2026-03-03' }, scribe.tail.hash).group());
      expect(await bench.log.verify()).toMatchObject({ ok: true });
    });

    it('finds one altered byte', async () => {
      const fresh = await open();
      const scribe = new Scribe(monday());
      await fresh.log.append({ groups: [scribe.group(), scribe.group(), scribe.group()], snapshots: [] });
      await fresh.alter(scribe.stream, 2);
      expect(await fresh.log.verify()).toEqual({
        ok: false,
        ...scribe.stream,
        seq: 2,
        problem: 'was altered',
      });
      await fresh.close();
    });

    it('finds a cut tail', async () => {
      const fresh = await open();
      const scribe = new Scribe(monday());
      await fresh.log.append({ groups: [scribe.group(), scribe.group(), scribe.group()], snapshots: [] });
      await fresh.cutAfter(scribe.stream, 2);
      expect(await fresh.log.verify()).toMatchObject({
        ok: false,
        seq: 3,
        problem: 'the day should end with event 3',
      });
      await fresh.close();
    });
  });
});
