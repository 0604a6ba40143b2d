/**
 * One whole server in a process of its own, so that a test can kill it. It stands on a frozen clock; its parent
 * moves the clock and rings the beats over Node's message channel. Started by branchServer.ts:
 *
 *     fork('branchChild.mjs', [JSON.stringify({ dist, clientDir, dataDir, port, at, setup })])
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const { dist, clientDir, dataDir, port, at, setup } = JSON.parse(process.argv[2]);
const part = (path) => import(pathToFileURL(join(dist, 'src', path)).href);
const { startServer } = await part('boot.js');
const { newLogger } = await part('commands/logging.js');
const { DemoClock } = await part('runtime/demo-clock.js');

/** Beats that prove life come by themselves, so that no page grows old while a slow machine thinks. */
const LIFE_MS = 2_000;
const unlimited = { perSecond: 1e9, burst: 1e9 };

const clock = new DemoClock(at, 0, () => 0);
const ticks = new Set();
const server = await startServer({
  dataDir,
  clientDir,
  port,
  clock,
  logger: newLogger('warn'),
  rates: { staff: unlimited, device: unlimited, ticket: unlimited },
  every: (_ms, tick) => {
    ticks.add(tick);
    return () => ticks.delete(tick);
  },
});
if (!server.branches.ids().includes(setup.id)) {
  await server.branches.save(setup, 'test');
  await server.serve(setup.id);
}
const shown = () => server.lobbies.shown(setup.id);

const acts = {
  enrol: async (screen) =>
    (await server.devices.enrol({ branchId: setup.id, label: screen.kind, ...screen })).token,
  hire: async (person) => {
    const member = await server.staff.add({ branchId: setup.id, ...person });
    return (await server.sessions.open(member)).token;
  },
  step: (ms) => {
    clock.step(ms);
    server.publisher.beat(setup.id, false);
    return clock.now();
  },
  /** A beat whose time no beat had before; a page that heard it has heard everything that came earlier. */
  beat: () => {
    clock.step(1);
    server.publisher.beat(setup.id, false);
    return shown().now();
  },
  /** Whole beats of the publisher's own schedule: 20 slots each, and every third is the public one. */
  ring: (beats) => {
    for (let slot = 0; slot < beats * 20; slot += 1) for (const tick of ticks) tick();
  },
  state: () => ({ state: shown().state, now: shown().now() }),
};

process.on('message', ({ id, act, args }) => {
  Promise.resolve()
    .then(() => acts[act](...args))
    .then(
      (result) => process.send({ id, result }),
      (error) => process.send({ id, error: String(error?.stack ?? error) }),
    );
});
process.on('disconnect', () => process.exit(0));
setInterval(() => server.publisher.beat(setup.id, false), LIFE_MS);
process.send({ ready: { port: server.port, at: clock.now() } });
