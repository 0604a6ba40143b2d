import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../../boot.js';
import type { RunningServer } from '../../boot.js';
import { LiveForecast } from '../../forecast/live/liveForecast.js';
import type { Scene } from '../../forecast/port.js';
import type { StaffRole } from '../../identity/identity.js';
import { branchTemplate } from '../../lobby/template.js';
import { businessDay } from '../../runtime/business-day.js';
import { DemoClock } from '../../runtime/demo-clock.js';
import { newLogger } from '../logging.js';
import { Meter, type Figures } from './meter.js';

/** Tokens of those who are to sit in one branch. */
export interface BranchCast {
  manager: string;
  board: string;
  tellers: { counterId: string; token: string }[];
}

export type FromServer =
  { ready: { url: string; branches: BranchCast[] } } | { switched: boolean } | { figures: Figures };
/** `on` and `off` switch the forward runs, `measure` begins a span and `figures` ends it. */
export type ToServer = 'on' | 'off' | 'measure' | 'figures' | 'end';

/** The published day brings as many customers until then as the lobbies of the benchmark are given. */
const TWENTY_TO_TEN = (9 * 60 + 40) * 60_000;
const unlimited = { perSecond: 1e9, burst: 1e9 };

/** A forecast that can be kept from looking ahead: counts and means stand in then, as where a thread cannot be had. */
class Switched extends LiveForecast {
  on = false;

  override prepare(scene: Scene, audience: { public: boolean; staff: boolean }): void {
    if (this.on) super.prepare(scene, audience);
  }
}

/** A production server of many branches, alone in its process, which says what its parent asks it. */
export async function serveForBench(branches: number): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'love-window-bench-'));
  const meter = new Meter();
  let forecast: Switched | undefined;
  const { midnight } = businessDay(Date.now(), branchTemplate.timeZone);
  const server = await startServer({
    dataDir,
    port: 0,
    logger: newLogger('warn'),
    clock: new DemoClock(midnight + TWENTY_TO_TEN, 1),
    // Everybody who acts here is one program.
    rates: { staff: unlimited, device: unlimited, ticket: unlimited },
    forecast: (ask) => (forecast = new Switched(ask, (about, basis) => meter.told(about, basis))),
  });
  const tell = (message: FromServer): void => void process.send?.(message);
  const end = (): void => {
    server
      .close()
      .catch((error: unknown) => console.error(error))
      .finally(() => {
        rmSync(dataDir, { recursive: true, force: true });
        process.exit();
      });
  };
  const turn = async (on: boolean): Promise<void> => {
    if (forecast) forecast.on = on;
    await server.forecastSettled();
    tell({ switched: on });
  };
  process.on('message', (wanted: ToServer) => {
    switch (wanted) {
      case 'on':
      case 'off':
        void turn(wanted === 'on');
        break;
      case 'measure':
        meter.begin();
        break;
      case 'figures':
        tell({ figures: meter.figures() });
        break;
      case 'end':
        end();
        break;
    }
  });
  // Without a parent nobody would ever end it.
  process.once('disconnect', end);
  const cast: BranchCast[] = [];
  for (let i = 1; i <= branches; i += 1) cast.push(await furnish(server, `b${String(i)}`));
  tell({ ready: { url: server.url, branches: cast } });
}

/** The model branch, with whoever works there all day. */
async function furnish(server: RunningServer, branchId: string): Promise<BranchCast> {
  const setup = { ...branchTemplate, id: branchId };
  await server.branches.save(setup, 'bench');
  await server.serve(branchId);
  const hire = async (name: string, role: StaffRole): Promise<string> => {
    const id = `${branchId}-${name}`;
    const member = await server.staff.add({ id, login: id, name, role, branchId });
    return (await server.sessions.open(member)).token;
  };
  const tellers: BranchCast['tellers'] = [];
  for (const { id: counterId, elastic } of setup.counters)
    if (!elastic) tellers.push({ counterId, token: await hire(counterId, 'teller') });
  const { token: board } = await server.devices.enrol({ kind: 'board', branchId, label: 'board' });
  return { manager: await hire('manager', 'lobbyManager'), board, tellers };
}
