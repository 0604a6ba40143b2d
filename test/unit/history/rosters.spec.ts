import { Rosters } from '../../../src/history/rosters.js';
import { branchTemplate } from '../../../src/lobby/template.js';
import type { Rejection } from '../../../src/protocol/codes.js';
import type { Roster } from '../../../src/protocol/roster.js';
import { GENESIS } from '../../../src/runtime/record.js';
import { InMemoryEventLog } from '../../../src/store/memory-event-log.js';
import { Scribe } from '../../support/logs.js';

/** What the scribe's first command is done at, UTC ms; the day's clocks show nine then. */
const NINE = 1_000;
const HOUR = 3_600_000;

/** A log of days on which so many came at nine, and how often each was read. */
async function branchWith(days: Record<string, number>, unclosed: readonly string[] = []) {
  const log = new InMemoryEventLog();
  let hash = GENESIS;
  for (const [day, customers] of Object.entries(days)) {
    const scribe = new Scribe({ branchId: 'main', day }, hash);
    const opening = { type: 'DayOpened', day, midnight: NINE - 9 * HOUR } as const;
    const visit = {
      type: 'VisitIssued',
      prefix: 'A',
      tier: 0,
      place: 0,
      since: 0,
    } as const;
    const groups = [scribe.group([{ ...opening, setup: branchTemplate, appointments: [] }])];
    for (let n = 1; n <= customers; n += 1)
      groups.push(
        scribe.group([
          { ...visit, serviceIds: ['cash'], visitId: `v${String(n)}`, ticket: `A${String(n)}`, number: n },
        ]),
      );
    if (!unclosed.includes(day))
      groups.push(scribe.group([{ type: 'DayClosed', bySystem: false, inaccurate: false }]));
    await log.append({ groups, snapshots: [] });
    ({ hash } = scribe.tail);
  }
  const read: string[] = [];
  const gone = new Set<string>();
  const reading = {
    days: async (branchId: string, limit: number) =>
      (await log.days(branchId, limit)).filter((day) => !gone.has(day)),
    readOf: (stream: { branchId: string; day: string }, types: readonly string[]) => {
      read.push(stream.day);
      return log.readOf(stream, types);
    },
  };
  const rosters = (today: string, openDay?: string) =>
    new Rosters({
      log: reading,
      openDay: () => openDay,
      setupOf: () => branchTemplate,
      now: () => Date.parse(`${today}T10:00:00+08:00`),
    });
  return { log, read, gone, rosters };
}
const roster = async (asked: Promise<Roster | Rejection>): Promise<Roster> => {
  const answer = await asked;
  if (!('slots' in answer)) throw new Error(answer.code);
  return answer;
};

describe('the days that a roster rests on', () => {
  it('[H-12] are those that are over, each read once', async () => {
    const { read, rosters } = await branchWith({
      '2026-03-02': 9,
      '2026-03-03': 0,
      '2026-03-04': 12,
      '2026-03-05': 7,
    });
    const own = rosters('2026-03-05', '2026-03-05');
    // The running day does not count, nor one on which nobody came.
    expect((await roster(own.roster('main'))).basis).toMatchObject({ days: 2, like: 2 });
    expect((await roster(own.roster('main', '2026-03-16'))).basis).toMatchObject({ days: 2, like: 0 });
    expect(read.sort()).toEqual(['2026-03-02', '2026-03-03', '2026-03-04']);
    const over = await roster(rosters('2026-03-05').roster('main'));
    expect(over.basis.days).toBe(3);
  });

  it('[H-12] are the latest ninety that are over, beside one that runs', async () => {
    const dates = Array.from({ length: 93 }, (_, i) =>
      new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10),
    );
    const { read, rosters } = await branchWith(Object.fromEntries(dates.map((day) => [day, 1])));
    const { basis } = await roster(rosters('2026-04-03', dates.at(-1)).roster('main'));
    expect(basis.days).toBe(90);
    expect(read.sort()).toEqual(dates.slice(2, -1));
  });

  it('[H-12] are read once for all who ask at once, are kept while they are listed, and let others go first', async () => {
    const { read, gone, rosters } = await branchWith({ '2026-03-02': 600, '2026-03-03': 2 });
    const own = rosters('2026-03-05');
    let turns = 0;
    const turn = (): void => {
      turns += 1;
      next = setImmediate(turn);
    };
    let next = setImmediate(turn);
    const both = await Promise.all([own.roster('main'), own.roster('main')]);
    clearImmediate(next);
    expect(both[0]).toEqual(both[1]);
    expect(read.sort()).toEqual(['2026-03-02', '2026-03-03']);
    expect(turns).toBeGreaterThan(2);
    gone.add('2026-03-02');
    expect((await roster(own.roster('main'))).basis.days).toBe(1);
    gone.clear();
    expect((await roster(own.roster('main'))).basis.days).toBe(2);
    expect(read.slice(2)).toEqual(['2026-03-02']);
  });

  it('[H-12] are not one that has just been opened, which is read again when it is over', async () => {
    const { read, rosters } = await branchWith({ '2026-03-02': 9, '2026-03-03': 9 }, ['2026-03-03']);
    const own = rosters('2026-03-03');
    for (let n = 0; n < 2; n += 1) expect((await roster(own.roster('main'))).basis.days).toBe(1);
    expect(read.sort()).toEqual(['2026-03-02', '2026-03-03', '2026-03-03']);
  });

  it('[H-12] are not taken from a log that was altered', async () => {
    const { log, rosters } = await branchWith({ '2026-03-02': 9 });
    const [rows = []] = (log as unknown as { events: Map<string, { payload: string }[]> }).events.values();
    const row = rows[4]!;
    rows[4] = { ...row, payload: row.payload.replace('cash', 'loan') };
    await expect(rosters('2026-03-03').roster('main')).rejects.toThrow('was altered');
  });
});

describe('the next business day', () => {
  it.each([
    ['a Thursday', '2026-03-05', '2026-03-06', {}],
    ['a Friday', '2026-03-06', '2026-03-09', {}],
    [
      'a Friday where Saturdays are open',
      '2026-03-06',
      '2026-03-07',
      { '2026-02-28': 0, '2026-03-01': 0, '2026-02-07': 5 },
    ],
    ['a Friday before a Saturday that is worked', '2026-05-08', '2026-05-09', {}],
    ['the eve of the Spring Festival, of nine days', '2026-02-14', '2026-02-24', {}],
    ['the eve where Sundays are open, but no holidays', '2026-02-14', '2026-02-24', { '2026-02-01': 5 }],
  ])('[H-11] after %s', async (_, today, next, days) => {
    const sorted = Object.fromEntries(Object.entries(days).sort(([a], [b]) => (a < b ? -1 : 1)));
    const { rosters } = await branchWith(sorted);
    const { day, choices } = await roster(rosters(today).roster('main'));
    expect(day).toBe(next);
    expect(choices).toHaveLength(14);
    expect(choices.map((choice) => choice.day)).toContain(next);
  });
});
