import { join } from 'node:path';
import sqlite3 from 'sqlite3';
import { rateAt } from '../../src/forecast/ahead/expectation.js';
import { expectationOn } from '../../src/forecast/live/expectationOn.js';
import type { LobbyEvent, Occurrence } from '../../src/lobby/events.js';
import type { Actor, CoreCommand } from '../../src/lobby/input.js';
import type { Command } from '../../src/protocol/commands.js';
import type { KeptConfiguration } from '../../src/protocol/http.js';
import type { BranchSetup, LearntTime } from '../../src/protocol/settings.js';
import type { EventRow } from '../../src/runtime/ports.js';
import { publicFacts } from '../../src/views/public-facts.js';
import { actorOf, tellerAt } from '../support/lobby.js';
import { chooseAgain } from '../support/sameChoices.js';
import { TestServer } from '../support/server.js';

const DAY_MS = 24 * 3_600_000;
const boss = actorOf('branchManager', 'boss');
/** Minutes, as the template sets them for cash. */
const SET = 3.6;

let test: TestServer;
let commands = 0;
beforeEach(async () => {
  test = await TestServer.start();
});
afterEach(() => test.end());

async function ok(command: Command | CoreCommand, actor: Actor = boss): Promise<void> {
  commands += 1;
  const ack = await test.server.lobbies.execute('main', {
    id: `c${String(commands)}`,
    command: command as Command,
    actor,
  });
  if (!ack.ok) throw new Error(`${command.type} was refused: ${JSON.stringify(ack)}`);
}

/** Cash customers at window 1, one after the other; half as long again as was set, if nothing else is said. */
async function serve(customers: number, minutes = 1.5 * SET): Promise<void> {
  const teller = tellerAt('w1');
  const here = () => {
    const { state } = test.shown();
    const visitId = state.counters['w1']?.visitId ?? '';
    return { visitId, version: state.visits[visitId]?.version ?? 0 };
  };
  for (let n = 0; n < customers; n += 1) {
    await ok({ type: 'IssueTicket', serviceIds: ['cash'], tier: 0 });
    await ok({ type: 'CallNext' }, teller);
    await ok({ type: 'StartService', ...here() }, teller);
    test.clock.step(minutes * 60_000);
    await ok({ type: 'FinishService', ...here() }, teller);
  }
}

async function open(): Promise<void> {
  await ok({ type: 'OpenDay' });
  await ok({ type: 'SignOn', counterId: 'w1' }, tellerAt('w1'));
}

/** The day ends; a day after it began another can. */
async function close(): Promise<void> {
  await ok({ type: 'CloseDay', endRemaining: false });
  await test.server.learningSettled();
  const { midnight } = test.shown().state;
  test.clock.step(midnight + DAY_MS + 9 * 3_600_000 - test.clock.now());
}

async function liveDay(customers = 10, minutes?: number): Promise<void> {
  await open();
  await serve(customers, minutes);
  await close();
}

const opensWith = (): LearntTime | undefined =>
  test.shown().state.setup?.services.find(({ id }) => id === 'cash')?.learnt;

const sql = (statement: string, ...values: unknown[]): Promise<EventRow[]> =>
  new Promise((resolve, reject) => {
    const database = new sqlite3.Database(join(test.directory, 'lobby.sqlite'));
    database.all<EventRow>(statement, values, (error, rows) => {
      database.close();
      if (error) reject(error);
      else resolve(rows);
    });
  });

async function shownToAdministrator(token: string): Promise<Record<string, LearntTime>> {
  const response = await fetch(`${test.server.url}/api/v1/branch`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  return ((await response.json()) as KeptConfiguration).learnt;
}

it('[P-22] a branch that takes half as long again is known to by its days, over a restart, a crash and a damaged log', async () => {
  await liveDay();
  expect(opensWith()).toBeUndefined();
  const means: number[] = [];
  for (let n = 0; n < 3; n += 1) {
    await liveDay();
    means.push(opensWith()!.mean / SET);
  }
  // Ten services a day against a belief worth twenty: 1.14, 1.22, 1.27 …
  expect(means.map((mean) => mean.toFixed(2))).toEqual([...means].sort().map((mean) => mean.toFixed(2)));
  expect(means[0]).toBeGreaterThan(1.1);
  expect(means[2]).toBeGreaterThan(1.22);
  expect(means[2]).toBeLessThan(1.5);
  expect(opensWith()?.services).toBe(30);

  const all = await shownToAdministrator(await test.staffToken('administrator'));
  expect(Object.keys(all)).toEqual(['cash']);
  expect(all['cash']).toMatchObject({ services: 40 });

  // As a kill leaves it before what a day says was kept, and with a day that is not over: the one is read again, the other not yet.
  await open();
  await serve(2);
  await test.down();
  const [, second] = await sql('SELECT day FROM stream_ends ORDER BY day');
  await sql('DELETE FROM service_times WHERE day = ?', second?.day);
  await test.up();
  await test.server.learningSettled();
  expect(await shownToAdministrator(await test.staffToken('administrator'))).toEqual(all);
  expect(await sql('SELECT day FROM service_times')).toHaveLength(4);
  await serve(3);
  await close();
  const later = await shownToAdministrator(await test.staffToken('administrator'));
  expect(later['cash']).toMatchObject({ services: 45 });

  // A day that nobody can read any more counts for nothing; the others do, and the branch opens.
  await test.down();
  await sql(
    'UPDATE service_times SET times = ? WHERE day = ?',
    '{"version":2,"services":{"cash":{}}}',
    second?.day,
  );
  await sql(
    `UPDATE events SET payload = payload || ' ' WHERE day = ? AND type = 'ServiceFinished'`,
    second?.day,
  );
  await test.up();
  await test.server.learningSettled();
  await liveDay(1);
  expect(opensWith()).toMatchObject({ services: 35 });
  expect(test.log.join('')).toContain('could not be learnt');
});

it('[P-23] a branch that was set up before there was anything to learn learns, and one that does not want to goes by what is set', async () => {
  const expected = () =>
    publicFacts(test.shown().state).services.find(({ id }) => id === 'cash')?.time?.mean ?? 0;
  await test.down();
  await sql(`UPDATE branch_version SET setup = json_remove(setup, '$.settings.learntTimes')`);
  await test.up();
  await liveDay(20);
  await open();
  expect(test.shown().state.setup?.settings).not.toHaveProperty('learntTimes');
  expect(expected()).toBeGreaterThan(1.2 * SET);
  await ok({ type: 'ChangeSettings', settings: { learntTimes: false } });
  expect(expected()).toBe(SET);
});

it('[P-31, L16] a day opens with who comes to this branch, over a restart, and can be told to go by the published one', async () => {
  const setup = () => test.shown().state.setup;
  const rate = (): number => rateAt(expectationOn(test.shown().state, test.clock.now()), test.clock.now());
  await open();
  const published = rate();
  expect(setup()).not.toHaveProperty('arrivals');
  await ok({ type: 'CloseDay', endRemaining: false });
  test.clock.step(DAY_MS);
  // A day on which nobody came says nothing; on these six came in the first half hour.
  for (let n = 0; n < 3; n += 1) await liveDay(6);
  await open();
  const learnt = setup()?.arrivals;
  expect(learnt?.days).toBe(3);
  expect(learnt?.halfHours[18]).toBeLessThan(20);
  expect(learnt?.services['cash']).toBeGreaterThan(0.3);
  expect(rate()).toBeLessThan(0.9 * published);

  await test.down();
  await test.up();
  await test.server.learningSettled();
  expect(setup()?.arrivals).toEqual(learnt);
  const [opened] = await sql(`SELECT payload FROM events WHERE type = 'DayOpened' ORDER BY day DESC`);
  const { setup: logged } = JSON.parse(opened?.payload ?? '{}') as { setup: BranchSetup };
  expect(logged.arrivals).toEqual(learnt);
  await ok({ type: 'ChangeSettings', settings: { learntTimes: false } });
  expect(rate()).not.toBeLessThan(0.9 * published);
  await close();
  await open();
  expect(setup()?.arrivals?.days).toBe(3);
});

it('[P-22, L16] whoever has the log of a day has the figures it went by, whatever was learnt since', async () => {
  await liveDay(6);
  await liveDay(6);
  const went = opensWith()!;
  const { day } = test.shown().state;
  await liveDay(6, 3 * SET);
  const rows = await sql(
    'SELECT type, at, actor AS actorId, command AS commandId, payload FROM events WHERE day = ? ORDER BY seq',
    day,
  );
  const log = rows.map(({ type, at, actorId, commandId, payload }): Occurrence => {
    const event = { type, ...(JSON.parse(payload) as object) } as LobbyEvent;
    return { event, at, actorId, commandId };
  });
  expect(
    log.flatMap(({ event }) => (event.type === 'DayOpened' ? event.setup.services[0]?.learnt : [])),
  ).toEqual([went]);
  expect(chooseAgain(log, 'main').calls).toBe(6);
  const now = await shownToAdministrator(await test.staffToken('auditor'));
  expect(now['cash']!.mean).toBeGreaterThan(went.mean);
});
