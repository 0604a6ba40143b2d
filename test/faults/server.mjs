/**
 * The built server in a process of its own, to be killed or stopped: `node server.mjs DIRECTORY`. At its first start it makes
 * a branch, staff and screens and keeps their tokens in tokens.json; each start says its address on one line.
 *
 * With HASTY=1 it acknowledges before it writes: the control that shows that the test can see such a server.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as passes } from 'node:timers/promises';
import { startServer } from '../../dist/src/boot.js';
import { newLogger } from '../../dist/src/commands/logging.js';
import { stopOnSignal } from '../../dist/src/commands/stopping.js';
import { branchTemplate } from '../../dist/src/lobby/template.js';
import { businessDay } from '../../dist/src/runtime/business-day.js';
import { DemoClock } from '../../dist/src/runtime/demo-clock.js';
import { SqliteEventLog } from '../../dist/src/store/sqlite-event-log.js';

const NINE_MS = 9 * 3_600_000;
const HASTE_MS = 150;

if (process.env['HASTY'] === '1') {
  const { append } = SqliteEventLog.prototype;
  let last = Promise.resolve();
  SqliteEventLog.prototype.append = function (batch) {
    last = last.then(() => passes(HASTE_MS)).then(() => append.call(this, batch));
    return Promise.resolve();
  };
}

const dataDir = process.argv[2];
const unlimited = { perSecond: 1e9, burst: 1e9 };
// The services' hours are the day's; the test may run at night.
const { midnight } = businessDay(Date.now(), branchTemplate.timeZone);
const logger = newLogger('warn');
const server = await startServer({
  dataDir,
  port: 0,
  logger,
  clock: new DemoClock(midnight + NINE_MS, 1),
  rates: { staff: unlimited, device: unlimited, ticket: unlimited },
});
stopOnSignal(server, logger);

const file = join(dataDir, 'tokens.json');
if (!existsSync(file)) {
  const branchId = branchTemplate.id;
  await server.branches.save(branchTemplate, 'test');
  await server.serve(branchId);
  const staff = async (id, role) => {
    const member = await server.staff.add({ id, login: id, name: id, role, branchId });
    return { actorId: id, token: (await server.sessions.open(member)).token };
  };
  const device = async (kind) => {
    const { id, token } = await server.devices.enrol({ kind, branchId, label: kind });
    return { actorId: id, token };
  };
  const tellers = [];
  for (const { id } of branchTemplate.counters) tellers.push(await staff(id, 'teller'));
  const cast = {
    tellers,
    manager: await staff('lobby', 'lobbyManager'),
    kiosks: [await device('kiosk'), await device('kiosk'), await device('kiosk')],
    board: await device('board'),
  };
  writeFileSync(file, JSON.stringify(cast));
}
process.stdout.write(
  `${JSON.stringify({ url: server.url, cast: JSON.parse(readFileSync(file, 'utf8')) })}\n`,
);
// An orphan must not outlive a test run that was itself killed.
process.stdin.on('end', () => process.exit()).resume();
