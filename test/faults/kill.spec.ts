import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lost, readLedger, untrue } from './ledger.js';
import { Load } from './load.js';
import type { Sent, Shown } from './load.js';
import { ServerProcess } from './process.js';

/** `npm run test:faults` asks for twenty. */
const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? 3);
const ROUND_MS = 60_000;

let directory: string;
let running: ServerProcess | undefined;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'lw-kill-'))));
afterEach(async () => {
  await running?.kill();
  rmSync(directory, { recursive: true, force: true });
});

/** Commands whose sender doesn't know whether they took effect, and accepted tickets over all rounds. */
interface Past {
  shown?: Shown;
  open: Sent[];
  tickets: Set<string>;
}

/** Starts the server, works it hard and kills it in the middle of it. */
async function round(past: Past, hasty: boolean): Promise<Load> {
  const { server, url, cast } = await ServerProcess.start(directory, hasty);
  running = server;
  const load = new Load(url, cast, past.shown);
  past.shown = load.shown;
  for (const sent of past.open) sent.ack = await load.again(sent);
  await load.begin();
  // The moment is anywhere in the work: between two answers, in a commit, in a broadcast.
  await load.until(60 + Math.floor(Math.random() * 240));
  await new Promise((later) => setTimeout(later, Math.random() * 20));
  await server.kill();
  running = undefined;
  load.end();
  // Sockets tell of the death in their own turn; what is still unanswered then will never be.
  await new Promise(setImmediate);
  return load;
}

const isTicket = ({ message, ack }: Sent): boolean =>
  message.command.type === 'IssueTicket' && ack?.ok === true;

describe('A server that is killed under load', () => {
  it(
    `loses nothing it acknowledged and showed nothing that is not in its log, ${ROUNDS} times`,
    async () => {
      const past: Past = { open: [], tickets: new Set() };
      let acknowledged = 0;
      for (let i = 0; i < ROUNDS; i += 1) {
        const load = await round(past, false);
        for (const sent of [...past.open, ...load.sent])
          if (isTicket(sent)) past.tickets.add(sent.message.id);
        const ledger = await readLedger(directory);
        expect(ledger.verified).toBe(true);
        expect(lost([...past.open, ...load.sent], ledger)).toEqual([]);
        expect(untrue(load.shown, ledger)).toEqual([]);
        acknowledged += load.acknowledged;
        past.open = load.sent.filter(({ ack }) => ack === undefined);
        // A repeat gets the first answer, whichever life of the server gave it [L12].
        const repeats = load.sent.filter(({ ack }) => ack?.ok === true).slice(-5);
        const { server, url, cast } = await ServerProcess.start(directory, false);
        running = server;
        const after = new Load(url, cast);
        for (const sent of repeats) expect(await after.again(sent)).toEqual(sent.ack);
        after.end();
        await server.kill();
      }
      // Every ticket was asked for by one command and given once, however often it was asked.
      const { events } = await readLedger(directory);
      const given = events.filter(({ type }) => type === 'VisitIssued').map(({ commandId }) => commandId);
      expect(new Set(given).size).toBe(given.length);
      const unanswered = new Set(past.open.map(({ message }) => message.id));
      expect(given.filter((id) => !past.tickets.has(id) && !unanswered.has(id))).toEqual([]);
      expect(given.length).toBeGreaterThanOrEqual(past.tickets.size);
      expect(acknowledged).toBeGreaterThanOrEqual(ROUNDS * 60);
    },
    ROUNDS * ROUND_MS,
  );

  it(
    'is found out when it acknowledges before it writes',
    async () => {
      const past: Past = { open: [], tickets: new Set() };
      const load = await round(past, true);
      const ledger = await readLedger(directory);
      expect(lost(load.sent, ledger).length).toBeGreaterThan(0);
      expect(untrue(load.shown, ledger).length).toBeGreaterThan(0);
    },
    ROUND_MS,
  );
});
