import type { Rejection } from '../../src/protocol/codes.js';
import type { DayReport, ReplayComparison } from '../../src/protocol/lookingBack.js';
import type { Roster } from '../../src/protocol/roster.js';
import type { EventRow } from '../../src/runtime/ports.js';
import { join } from 'node:path';
import sqlite3 from 'sqlite3';
import type { Entry } from '../../src/history/entry.js';
import type { LobbyEvent } from '../../src/lobby/events.js';
import { BranchServer } from '../support/branchServer.js';
import { DAY, setupWith } from '../support/lobby.js';
import { recount } from '../support/recount.js';
import { TestServer, type Page } from '../support/server.js';

let test: TestServer;
beforeEach(async () => {
  test = await TestServer.start();
});
afterEach(() => test.end());

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- what a route answers with
async function get<T>(path: string, token: string, below = 'days'): Promise<{ status: number; body: T }> {
  const response = await fetch(`${test.server.url}/api/v1/${below}${path}`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  return { status: response.status, body: (await response.json()) as T };
}

/** What an auditor with the database file reads, needs sealed as they are. */
const onDisk = (): Promise<Entry[]> =>
  new Promise((resolve, reject) => {
    const database = new sqlite3.Database(join(test.directory, 'lobby.sqlite'), sqlite3.OPEN_READONLY);
    const sql =
      'SELECT type, at, actor AS actorId, role, command AS commandId, payload FROM events WHERE day = ? ORDER BY seq';
    database.all<EventRow>(sql, [DAY], (error, rows) => {
      database.close();
      if (error) reject(error);
      else
        resolve(
          rows.map(({ type, at, actorId, role, commandId, payload }) => {
            const event = { type, ...(JSON.parse(payload) as object) } as LobbyEvent;
            // Nobody had a need that limits where they are served.
            if (event.type === 'PriorityFlagged') event.needs = [];
            return { event, at, actorId, role, commandId };
          }),
        );
    });
  });

const minutes = (n: number): void => {
  test.clock.step(n * 60_000);
};

/** A short morning: two windows, seven with priority, a VIP, somebody called by number, somebody who left. */
async function morning(): Promise<Page> {
  const manager = await test.opened();
  await manager.ok({ type: 'StartDuty' });
  const kiosk = await test.page(await test.deviceToken('kiosk'));
  const tellers = await Promise.all(
    ['w1', 'w2', 'w3'].map(async (counterId) => {
      const page = await test.page(await test.staffToken('teller'));
      await page.ok({ type: 'SignOn', counterId });
      return page;
    }),
  );
  const on = (visitId: unknown) => ({
    visitId: String(visitId),
    version: test.shown().state.visits[String(visitId)]!.version,
  });
  const serve = async (teller: Page, visitId: unknown): Promise<void> => {
    await teller.ok({ type: 'StartService', ...on(visitId) });
    minutes(3);
    await teller.ok({ type: 'FinishService', ...on(visitId) });
  };
  const issue = () => kiosk.ok({ type: 'IssueTicket', serviceIds: ['cash'] });
  const [first, second] = [await issue(), await issue()];
  const vip = await manager.ok({ type: 'IssueTicket', serviceIds: ['cash'], tier: 2 });
  minutes(6);
  await serve(tellers[0]!, (await tellers[0]!.ok({ type: 'CallNext' }))['visitId']);
  await tellers[1]!.ok({ type: 'CallVisit', ...on(second['visitId']), reason: 'complaint' });
  await serve(tellers[1]!, second['visitId']);
  expect(test.shown().state.visits[String(vip['visitId'])]!.stage.status).toBe('ended');
  minutes(2);
  await manager.ok({ type: 'LeaveVisit', ...on(first['visitId']) });
  for (let n = 0; n < 5; n += 1) {
    const { visitId } = await issue();
    await manager.ok({ type: 'FlagPriority', ...on(visitId), needs: ['seat'], consent: true });
    const { episodeId, plan } = (await manager.ok({
      type: 'ConfirmLoveWindow',
      ...on(visitId),
    })) as unknown as { episodeId: string; plan: { counterId: string } };
    const teller = tellers[['w1', 'w2', 'w3'].indexOf(plan.counterId)]!;
    await teller.ok({ type: 'AcknowledgeAlert', episodeId });
    await manager.ok({ type: 'MarkOnTheWay', episodeId });
    minutes(1);
    await teller.ok({ type: 'CallNext' });
    await serve(teller, visitId);
  }
  return manager;
}

it('[H-1] a morning at a real server is reported as whoever reads its log would count it', async () => {
  const manager = await morning();
  const auditor = await test.staffToken('auditor');
  const { body } = await get<DayReport>(`/${DAY}/report`, auditor);
  const log = await onDisk();
  const count = recount(log);
  expect(count.waits['special']).toHaveLength(5);
  for (const name of ['normal', 'vip'] as const) {
    const figures = body.classes[name];
    if (figures === 'withheld') throw new Error(`${name} was withheld`);
    expect(figures.waits?.count).toBe(count.waits[name]!.length);
    expect(figures.waits?.longest).toBeCloseTo(Math.max(...count.waits[name]!), 9);
    expect(figures.unserved).toBe(count.unserved[name]);
    expect(figures.overtakes?.times).toBe(count.overtaken[name]);
  }
  expect(body).toMatchObject({
    day: DAY,
    over: false,
    otherwise: { calledByNumber: { teller: 1 } },
    classes: { special: 'withheld', normal: { unserved: 1, overtakes: { times: 2 } } },
    loveWindow: 'withheld',
  });
  expect(body.staffMinutes).toBeCloseTo(count.staffMinutes, 9);

  // The day ends, and the server with it: the log says the same afterwards.
  await manager.ok({ type: 'CloseDay', endRemaining: true });
  await test.down();
  await test.up();
  expect((await get<unknown>('', auditor)).body).toEqual([{ day: DAY, over: true }]);
  const after = await get<DayReport>(`/${DAY}/report`, auditor);
  const mean = count.waits['special']!.reduce((sum, each) => sum + each, 0) / 5;
  expect(after.body).toMatchObject({
    over: true,
    classes: {
      ...body.classes,
      special: { waits: { count: 5, mean: Math.round(mean * 10) / 10, longest: 'withheld' } },
    },
    loveWindow: { episodes: 5, served: 5, notServed: 0 },
  });
});

it('[H-1] is for who may look back, at the own branch', async () => {
  await test.opened();
  const outcome = async (token: string, path = `/${DAY}/report`) => {
    const { status, body } = await get<{ code?: string }>(path, token);
    return body.code ?? status;
  };
  for (const role of ['branchManager', 'administrator', 'auditor'] as const)
    expect(await outcome(await test.staffToken(role))).toBe(200);
  for (const role of ['teller', 'lobbyManager'] as const) {
    expect(await outcome(await test.staffToken(role))).toBe('forbidden');
    expect(await outcome(await test.staffToken(role), '')).toBe('forbidden');
  }
  expect(await outcome(await test.deviceToken('kiosk'))).toBe('forbidden');
  expect(await outcome('nobody')).toBe('not-signed-in');
  const auditor = await test.staffToken('auditor');
  for (const day of ['2026-03-01', 'today', "'%20OR%201=1", '..%2F..'])
    expect(await outcome(auditor, `/${day}/report`)).toBe('unknown-day');
  await test.server.branches.save({ ...test.setup, id: 'other' }, 'test');
  await test.server.serve('other');
  const elsewhere = await test.staffToken('auditor', 'a2', 'other');
  expect(await outcome(elsewhere)).toBe('unknown-day');
  expect((await get<unknown>('', elsewhere)).body).toEqual([]);
});

describe('a roster', () => {
  const roster = (token: string, path = '') => get<Roster & Rejection>(path, token, 'roster');
  /** 390 customers on a day of factor 1; from 09:00 on 5,876 of 49,356 in an hour. */
  const published = (390 * 5876) / 49_356 / 2;
  const [monday, tuesday] = [9183 / 8339, 8327 / 8339];

  it('[H-11–H-13] for tomorrow is reckoned from the days on disk as anybody could reckon it', async () => {
    const boss = await test.staffToken('branchManager');
    const before = (await roster(boss)).body;
    const nine = ({ slots }: Roster) => slots.find(({ from }) => from === 540)!;
    expect(before).toMatchObject({ day: '2026-03-03', basis: { days: 0, like: 0 }, counters: 8, elastic: 2 });
    expect(nine(before).arrivals).toBeCloseTo(published * tuesday, 9);

    // A lively half hour, and a little later the branch closes: nobody else can come.
    const manager = await test.opened();
    for (let n = 0; n < 20; n += 1) {
      await manager.ok({ type: 'IssueTicket', serviceIds: [n % 2 === 0 ? 'cash' : 'personal'] });
      minutes(2);
    }
    // What still runs tells nothing.
    expect((await roster(boss)).body.basis).toEqual({ days: 0, like: 0, priorDays: 5 });
    minutes(5);
    await manager.ok({ type: 'CloseDay', endRemaining: true });
    const issued = (await onDisk()).filter(({ event }) => event.type === 'VisitIssued');
    const came = issued.filter(({ at }) => at < issued[0]!.at + 30 * 60_000).length;
    expect([issued.length, came]).toEqual([20, 15]);
    const after = (await roster(boss)).body;
    expect(after).toMatchObject({ day: '2026-03-03', kind: 'ordinary', basis: { days: 1, like: 1 } });
    expect(nine(after).arrivals).toBeCloseTo(((5 * published + came) / (5 + monday)) * tuesday, 2);
    // From a quarter to ten on the doors were shut: it is expected as before.
    const three = ({ slots }: Roster) => slots.find(({ from }) => from === 900)!.arrivals;
    expect(three(after)).toBeCloseTo(three(before), 9);
    // Everybody came for what takes 3.6 minutes: the mix has moved towards it.
    expect(after.minutesEach).toBeLessThan(before.minutesEach - 0.5);
    expect(nine(after).work).toBeCloseTo(nine(after).arrivals * after.minutesEach, 9);

    // It is the same after a restart, and says so of another day that it is unlike.
    await test.down();
    await test.up();
    expect((await roster(boss)).body).toEqual(after);
    const pension = (await roster(boss, '/2026-03-16')).body;
    expect(pension).toMatchObject({ kind: 'pension', working: true, basis: { days: 1, like: 0 } });
  });

  it('[H-11] skips a weekend on which the branch has not been open, and is refused for no coming day', async () => {
    const auditor = await test.staffToken('auditor');
    // Friday: Saturday can be asked for, Monday is proposed.
    test.clock.step(4 * 86_400_000);
    const { body } = await roster(auditor);
    expect(body.day).toBe('2026-03-09');
    expect(body.choices.map(({ day }) => day).slice(0, 3)).toEqual([
      '2026-03-07',
      '2026-03-08',
      '2026-03-09',
    ]);
    expect(body.choices).toHaveLength(14);
    expect((await roster(auditor, '/2026-03-07')).body).toMatchObject({ day: '2026-03-07', working: false });
    const params = { from: '2026-03-07', until: '2026-03-20' };
    for (const day of ['2026-03-06', '2026-03-21', '2026-3-9', 'tomorrow', "'%20OR%201=1", '..%2F..'])
      expect(await roster(auditor, `/${day}`)).toEqual({
        status: 404,
        body: { ok: false, code: 'day-not-ahead', params },
      });
  });

  it('[H-11] is for who may look back, at the own branch', async () => {
    const outcome = async (token: string) => {
      const { status, body } = await roster(token);
      return status === 200 ? 200 : body.code;
    };
    for (const role of ['branchManager', 'administrator', 'auditor'] as const)
      expect(await outcome(await test.staffToken(role))).toBe(200);
    for (const role of ['teller', 'lobbyManager'] as const)
      expect(await outcome(await test.staffToken(role))).toBe('forbidden');
    expect(await outcome(await test.deviceToken('kiosk'))).toBe('forbidden');
    expect(await outcome('nobody')).toBe('not-signed-in');
    await test.server.branches.save({ ...setupWith({}, ['w1', 'w2', 'w7']), id: 'other' }, 'test');
    await test.server.serve('other');
    const elsewhere = await test.staffToken('auditor', 'a2', 'other');
    expect((await roster(elsewhere)).body).toMatchObject({ counters: 3, elastic: 1, basis: { days: 0 } });
  });
});

describe('a day played anew', () => {
  let branch: BranchServer;
  beforeAll(async () => {
    branch = await BranchServer.start();
  });
  afterAll(() => branch.close());

  it('[H-8–H-10] at a real server is answered under both settings, and refused where it cannot be', async () => {
    const boss = await branch.hire({ id: 'boss', name: 'Boss', role: 'branchManager' });
    const tellers = await Promise.all(
      ['t1', 't2'].map((id) => branch.hire({ id, name: id, role: 'teller' })),
    );
    const replay = async (body: unknown, { day = DAY, token = boss, headers = {} } = {}) => {
      const response = await fetch(`${branch.url}/api/v1/days/${day}/replay`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}`, ...headers },
        body: JSON.stringify(body),
      });
      return { status: response.status, body: (await response.json()) as ReplayComparison & Rejection };
    };
    const asThen = { settings: {}, open: [], closed: [] };
    await branch.ok(boss, { type: 'OpenDay' });
    for (const [i, teller] of tellers.entries())
      await branch.ok(teller, { type: 'SignOn', counterId: `w${String(i + 1)}` });
    for (let n = 0; n < 8; n += 1) {
      await branch.ok(boss, { type: 'IssueTicket', serviceIds: ['cash'], tier: n === 7 ? 1 : 0 });
      await branch.step(30_000);
    }
    for (let n = 0; n < 4; n += 1) {
      const called = await Promise.all(tellers.map((teller) => branch.ok(teller, { type: 'CallNext' })));
      await branch.step(20_000);
      const seen = async (i: number) => {
        const { visitId } = called[i]!;
        return { visitId, version: (await branch.state()).state.visits[visitId]!.version };
      };
      for (const [i, teller] of tellers.entries())
        await branch.ok(teller, { type: 'StartService', ...(await seen(i)) });
      await branch.step((3 + n) * 60_000);
      for (const [i, teller] of tellers.entries())
        await branch.ok(teller, { type: 'FinishService', ...(await seen(i)) });
      // The tellers take half a minute each time before they call the next.
      await branch.step(30_000);
    }
    expect((await replay(asThen)).body).toMatchObject({ code: 'day-not-over' });
    await branch.ok(boss, { type: 'CloseDay', endRemaining: false });

    const { body } = await replay({ ...asThen, settings: { mode: 'strictFifo' } });
    const figures = ({ classes }: DayReport, name: 'vip' | 'normal') => {
      const own = classes[name];
      if (own === 'withheld' || own.waits === null) throw new Error(`no waits of ${name}`);
      return own.waits;
    };
    // Its tellers let customers wait as long as these did, though they might have called at once.
    expect(figures(body.replayed, 'normal').count).toBe(7);
    for (const name of ['vip', 'normal'] as const)
      expect(figures(body.replayed, name).mean).toBeCloseTo(figures(body.asItWas, name).mean, 0);
    expect(figures(body.asItWas, 'vip').mean).toBeLessThan(5);
    expect(figures(body.other, 'vip').mean).toBeGreaterThan(10);
    expect(body.needsKnown).toBe(true);
    // What rules of calling may name on that day.
    const { zones, services, counters } = branch.setup;
    expect(body.asItWas.zones.map(({ id }) => id)).toEqual(zones.map(({ id }) => id));
    expect(body.asItWas.services.map(({ id }) => id)).toEqual(services.map(({ id }) => id));
    expect(body.asItWas.counters.map((counter) => [counter.id, counter.services])).toEqual(
      counters.map((counter) => [counter.id, counter.services]),
    );

    const refusals: [unknown, string, object][] = [
      [{ ...asThen, settings: { vipCap: 0 } }, 'malformed', { field: 'settings.vipCap' }],
      [{ ...asThen, settings: { mode: 'fastest' } }, 'malformed', { field: 'settings.mode' }],
      [{ ...asThen, settings: { slopes: { normal: 15 } } }, 'malformed', { field: 'settings.slopes.vip' }],
      [{ ...asThen, settings: { careAfter: 5 } }, 'malformed', { field: 'settings.*' }],
      [
        { ...asThen, settings: { quickCounters: [{ counterId: 'w99', minutes: 5, others: 'never' }] } },
        'bad-settings',
        { field: 'quickCounters', reason: 'unknown' },
      ],
      [{ ...asThen, open: ['w99'] }, 'unknown-counter', { counterId: 'w99' }],
      [{ ...asThen, open: ['w1'], closed: ['w1'] }, 'bad-settings', { field: 'open' }],
      [{ ...asThen, closed: branch.setup.counters.map(({ id }) => id) }, 'bad-settings', { field: 'closed' }],
    ];
    for (const [asked, code, params] of refusals)
      expect((await replay(asked)).body).toEqual({ ok: false, code, params });
    expect((await replay(asThen, { day: '2020-01-01' })).body).toMatchObject({ code: 'unknown-day' });
    expect((await replay(asThen, { token: tellers[0]! })).body).toMatchObject({ code: 'forbidden' });
    const both = await Promise.all([replay(asThen), replay(asThen)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 429]);
  });
});
