import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lost, readLedger, untrue } from './ledger.js';
import { Load } from './load.js';
import { ServerProcess } from './process.js';

const ROUND_MS = 20_000;
/** [S-20] */
const LONGEST_STOP_MS = 10_000;
/** In the middle of the work: tellers have signed on and the first services run. */
const ANSWERS = 150;

let directory: string;
let running: ServerProcess | undefined;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'lw-stop-'))));
afterEach(async () => {
  await running?.kill();
  rmSync(directory, { recursive: true, force: true });
});

interface Stopped {
  load: Load;
  code: number | null;
  tookMs: number;
}

/** Starts the server, works it hard and stops it while commands are on their way. */
async function round(hasty: boolean): Promise<Stopped> {
  const { server, url, cast } = await ServerProcess.start(directory, hasty);
  running = server;
  const load = new Load(url, cast);
  await load.begin();
  await load.until(ANSWERS);
  const from = performance.now();
  const gone = server.stop();
  // Another signal in the middle of it, as Ctrl-C under `npm start` sends one.
  await Promise.race([load.told(), gone]);
  void server.stop();
  const code = await gone;
  const tookMs = performance.now() - from;
  running = undefined;
  await load.over();
  load.end();
  return { load, code, tookMs };
}

describe('[S-20] A server that is stopped under load', () => {
  it(
    'answers what it has begun, tells its screens, ends well and goes on where it was',
    async () => {
      const { load, code, tookMs } = await round(false);
      expect(code).toBe(0);
      expect(tookMs).toBeLessThan(LONGEST_STOP_MS);

      const ledger = await readLedger(directory);
      expect(ledger.verified).toBe(true);
      expect(lost(load.sent, ledger)).toEqual([]);
      expect(untrue(load.shown, ledger)).toEqual([]);
      // Who sent a command that took effect was told so; nobody was told that the disk had failed.
      const untold = load.sent.filter(
        ({ member, message, ack }) =>
          ledger.commands.has(`${member.actorId} ${message.id}`) && ack?.ok !== true,
      );
      expect(untold.map(({ message, ack }) => [message.command.type, ack])).toEqual([]);
      const refusals = new Set(load.sent.flatMap(({ ack }) => (ack?.ok === false ? [ack.code] : [])));
      expect([...refusals].filter((each) => ['storage-unavailable', 'internal'].includes(each))).toEqual([]);
      // The stop came into the work, not after it.
      expect(
        load.sent.some(({ ack }) => ack === undefined || (!ack.ok && ack.code === 'shutting-down')),
      ).toBe(true);
      for (const byes of load.byes) expect(byes).toEqual([{ retryMs: expect.any(Number) as number }]);
      expect(load.byes[0]?.[0]?.retryMs).toBeGreaterThan(0);
      // Nothing is left for the next start to fold.
      expect(ledger.snapshotSeq).toBe(ledger.seq);

      const { server, url, cast } = await ServerProcess.start(directory, false);
      running = server;
      const after = new Load(url, cast);
      const { counts, visits } = await after.look();
      const { state } = ledger;
      expect(counts.issued).toBe(state.counts.issued);
      const versions = Object.keys(state.present).map((id) => [id, state.visits[id]?.version]);
      expect(
        Object.fromEntries(Object.values(visits).map(({ visitId, version }) => [visitId, version])),
      ).toEqual(Object.fromEntries(versions));
      for (const sent of load.sent.filter(({ ack }) => ack?.ok === true).slice(-5))
        expect(await after.again(sent)).toEqual(sent.ack);
      expect(await server.stop()).toBe(0);
      running = undefined;
      after.end();

      // So short a stop is no outage [T-1], and what is due fires once [T-3].
      const { events, verified } = await readLedger(directory);
      expect(verified).toBe(true);
      const since = events.slice(ledger.events.length);
      expect(since.filter(({ actorId }) => actorId !== 'system')).toEqual([]);
      expect(events.filter(({ type }) => type === 'ServiceInterrupted' || type === 'ClockStepped')).toEqual(
        [],
      );
      const given = events.filter(({ type }) => type === 'VisitIssued').map(({ commandId }) => commandId);
      expect(new Set(given).size).toBe(given.length);
    },
    ROUND_MS,
  );

  it(
    'is found out when it acknowledges before it writes',
    async () => {
      const { load } = await round(true);
      expect(lost(load.sent, await readLedger(directory)).length).toBeGreaterThan(0);
    },
    ROUND_MS,
  );
});
