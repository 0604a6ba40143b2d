import type { Rejection } from '../../src/protocol/codes.js';
import type { DayReport, ReplayComparison } from '../../src/protocol/lookingBack.js';
import type { EventRow } from '../../src/runtime/ports.js';
import { join } from 'node:path';
import sqlite3 from 'sqlite3';
import type { Entry } from '../../src/history/entry.js';
import type { LobbyEvent } from '../../src/lobby/events.js';
import { BranchServer } from '../support/branchServer.js';
import { DAY } from '../support/lobby.js';
import { recount } from '../support/recount.js';
import { TestServer, type Page } from '../support/server.js';

let test: TestServer;
beforeEach(async () => {
  test = await TestServer.start();
});
afterEach(() => test.end());

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- what a route answers with
async function get<T>(path: string, token: string): Promise<{ status: number; body: T }> {
  const response = await fetch(`${test.server.url}/api/v1/days${path}`, {
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

    const refusals: [unknown, string, object][] = [
      [{ ...asThen, settings: { vipCap: 0 } }, 'malformed', { field: 'settings.vipCap' }],
      [{ ...asThen, settings: { mode: 'fastest' } }, 'malformed', { field: 'settings.mode' }],
      [{ ...asThen, settings: { slopes: { normal: 15 } } }, 'malformed', { field: 'settings.slopes.vip' }],
      [{ ...asThen, settings: { careAfter: 5 } }, 'malformed', { field: 'settings.*' }],
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
