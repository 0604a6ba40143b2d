import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { rowsInto } from '../../../src/commands/benchRows.js';
import { seedFrom } from '../../../src/commands/benchSeed.js';
import { arrivalsOf, type Customer } from '../../../src/model/arrivals.js';
import { overseeCell } from '../../../src/simulator/bench/overseen.js';
import { figuresOf } from '../../../src/simulator/bench/report.js';
import { plotOf } from '../../../src/simulator/bench/plot.js';
import { runCell } from '../../../src/simulator/bench/run.js';
import { theoryVerdicts } from '../../../src/simulator/bench/theory.js';
import { modelBranch, standing } from '../../../src/simulator/branch.js';
import type { LobbyEvent } from '../../../src/lobby/events.js';
import type { Input } from '../../../src/lobby/input.js';
import type { LobbyState } from '../../../src/lobby/state.js';
import { CoreHall } from '../../../src/simulator/coreHall.js';
import type { Told } from '../../../src/simulator/hall.js';
import { Overseer } from '../../../src/simulator/overseer.js';
import { Day } from '../../../src/simulator/play.js';
import { WatchedHall } from '../../../src/simulator/watched.js';
import { MIDNIGHT } from '../../support/lobby.js';

const NINE = MIDNIGHT + 9 * 3_600_000;
const cell = { load: 1.1, specialShare: 0.1 };

const watched = (customers: readonly Customer[]): WatchedHall =>
  new WatchedHall(modelBranch(), { called: () => undefined, held: () => undefined }, customers);

/** What the overseer is told of a small morning: three come for cash, one window opens and is free again. */
function overseen(
  tell: (overseer: Overseer, input: Input, events: readonly LobbyEvent[], state: LobbyState) => void,
): Overseer {
  const branch = modelBranch({ careAfter: 10, careReminder: 5 });
  const overseer = new Overseer(branch);
  const hall = new CoreHall(
    branch,
    { called: () => undefined, held: () => undefined },
    MIDNIGHT,
    NINE,
    [],
    (input, events, state) => tell(overseer, input, events, state),
  );
  const [who] = arrivalsOf(1, 1).filter(
    ({ serviceId, special, tier }) => serviceId === 'cash' && !special && !tier,
  );
  if (!who) throw new Error('nobody comes for cash');
  for (const customer of [0, 1, 2]) hall.arrive(customer, who, NINE, NINE + 10 + customer);
  hall.open(0, NINE + 20);
  hall.start(0, NINE + 30);
  overseer.checkEnd(hall.state);
  return overseer;
}

describe('The benchmark', () => {
  it('[P-13, L1–L11] holds every day to the rules as it is played', () => {
    for (let seed = 1; seed <= 6; seed += 1) {
      const customers = arrivalsOf(seed, 1 + (seed % 5), { load: 1.2, specialShare: 0.15 });
      let hall: WatchedHall | undefined;
      const { rows } = new Day(
        customers,
        MIDNIGHT,
        (told) => (hall = new WatchedHall(modelBranch(), told, customers)),
        { from: standing },
      ).play();
      hall?.checkEnd();
      expect(rows.some(({ held }) => held)).toBe(true);
    }
  });

  it('[P-13, L8, L10] knows that a protected flagged visit gives its turn to one alike that was flagged sooner', () => {
    // A day of the model on which it happens: two ask for cash support, and the later ticket was flagged first.
    const customers = arrivalsOf(1_333_687_268, 3, { load: 1, specialShare: 0.1 });
    const make = (told: Told) => new WatchedHall(modelBranch(), told, customers);
    const { rows } = new Day(customers, MIDNIGHT, make, { from: standing }).play();
    expect(rows).toHaveLength(customers.length);
  });

  it('[P-13] sees a broken rule', () => {
    const cash = arrivalsOf(1, 1).filter(({ serviceId, special }) => serviceId === 'cash' && !special);
    const [first, second] = cash;
    if (!first || !second) throw new Error('nobody comes for cash');

    const idle = watched(cash);
    idle.arrive(0, first, NINE, NINE);
    const [counter] = idle.lobby.counters;
    if (!counter) throw new Error('the branch has no counter');
    counter.open = true;
    expect(() => idle.nextMoment(NINE)).toThrow('[L9]');
    expect(() => {
      idle.checkEnd();
    }).toThrow('[L1]');

    const twice = watched(cash);
    twice.open(0, NINE);
    twice.arrive(0, first, NINE + 1, NINE + 1);
    const [busy] = twice.lobby.counters;
    if (busy) busy.busy = false;
    expect(() => {
      twice.arrive(1, second, NINE + 2, NINE + 2);
    }).toThrow('[L2]');

    const unfit = watched([
      { ...first, special: { needs: ['lowCounter', 'seat'], seenAfter: 1, asks: false } },
    ]);
    unfit.open(0, NINE);
    expect(() => {
      unfit.arrive(0, first, NINE + 1, NINE + 1);
    }).toThrow('[L3]');

    const held = watched(cash);
    held.open(0, NINE);
    held.open(1, NINE + 1);
    held.arriveFlagged(0, first, NINE + 2);
    held.arriveFlagged(1, second, NINE + 3);
    held.arriveFlagged(2, first, NINE + 4);
    held.confirm(2, NINE + 5);
    const kept = held.lobby.counters.find((each) => each.held);
    if (!kept) throw new Error('no counter is held');
    held.arrive(3, second, NINE + 6, NINE + 6);
    const order = kept.visit?.order ?? -1;
    held.start(order, NINE + 7);
    kept.held = false;
    expect(() => {
      held.finish(order, NINE + 8);
    }).toThrow('[L4]');
  });

  it('[P-13, L12–L16] holds days on the core to what a day without a server can break', () => {
    const seen = overseeCell(cell, 5, 1);
    expect(seen.days).toBe(5);
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0);
  });

  it('[P-13] sees a broken rule on the core', () => {
    const asItIs = overseen((overseer, input, events, state) => overseer.see(input, events, state));
    expect(asItIs.seen).toMatchObject({ choices: 1, repeats: 1 });
    const doctored = (change: (event: LobbyEvent, state: LobbyState) => LobbyEvent[]) => (): Overseer =>
      overseen((overseer, input, events, state) =>
        overseer.see(
          input,
          events.flatMap((event) => change(structuredClone(event), state)),
          state,
        ),
      );
    expect(() =>
      overseen((overseer, input, events, state) => {
        const { command } = input;
        // As if a visit kept its version when it changes.
        const kept = 'version' in command ? { ...command, version: command.version + 1 } : command;
        overseer.see({ ...input, command: kept }, events, state);
      }),
    ).toThrow('[L12]');
    expect(doctored((event) => (event.type === 'ServiceStarted' ? [] : [event]))).toThrow('[L13]');
    expect(() =>
      overseen((overseer, input, events, state) => {
        const late = events.some((event) => event.type === 'VisitIssued' && event.ticket.endsWith('3'))
          ? 11 * 60_000
          : 0;
        overseer.see({ ...input, at: input.at + late }, events, state);
      }),
    ).toThrow('[L15]');
    expect(
      doctored((event, state) =>
        event.type === 'VisitCalled' ? [{ ...event, visitId: Object.keys(state.visits)[1] ?? '' }] : [event],
      ),
    ).toThrow('[L16]');
    expect(
      doctored((event) =>
        event.type === 'DayOpened'
          ? [{ ...event, setup: modelBranch({ careAfter: 10, careReminder: 5, vipCap: 9 }) }]
          : [event],
      ),
    ).toThrow('[L16]');
  });

  it('[P-13] writes rows that give every figure again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rows-'));
    const { onDay, done } = rowsInto(folder, cell);
    const figures = figuresOf(runCell(cell, 77, 3, onDay));
    await done();
    const table = (name: string): Record<string, string>[] => {
      const [head = '', ...lines] = gunzipSync(readFileSync(join(folder, name)))
        .toString()
        .trim()
        .split('\n');
      return lines.map((line) =>
        Object.fromEntries(head.split(',').map((column, i) => [column, line.split(',')[i] ?? ''])),
      );
    };
    expect(readdirSync(folder)).toHaveLength(2);
    const visits = table('load-1.1-special-0.1.csv.gz');
    const days = table('load-1.1-special-0.1-days.csv.gz');
    rmSync(folder, { recursive: true });
    const mean = (values: readonly number[]): number =>
      values.reduce((sum, value) => sum + value, 0) / values.length;
    const p95 = (values: readonly number[]): number =>
      values.toSorted((a, b) => a - b)[Math.ceil(0.95 * values.length) - 1] ?? NaN;
    for (const policy of ['a', 'cReactive', 'eLean'] as const) {
      const waits = (segment: string): number[] =>
        visits
          .filter((row) => row['policy'] === policy && row['segment'] === segment && row['started'] !== '')
          .map((row) => Number(row['started']) - Number(row['arrived']));
      const perDay = (column: string): number =>
        mean(days.filter((row) => row['policy'] === policy).map((row) => Number(row[column])));
      const shown = figures[policy];
      expect(mean(waits('normal'))).toBeCloseTo(shown.normalMean, 2);
      expect(p95(waits('normal'))).toBeCloseTo(shown.normalP95, 2);
      expect(mean(waits('special'))).toBeCloseTo(shown.specialMean, 2);
      expect(p95(waits('special'))).toBeCloseTo(shown.specialP95, 2);
      expect(waits('normal').filter((wait) => wait > 15).length / waits('normal').length).toBeCloseTo(
        shown.over15,
        2,
      );
      expect(perDay('heldIdle')).toBeCloseTo(shown.heldIdle, 2);
      expect(perDay('elasticMinutes')).toBeCloseTo(shown.elasticMinutes, 2);
      expect(perDay('openings')).toBeCloseTo(shown.openings, 2);
    }
  });

  it('[P-14] derives a seed from a hash, and refuses what is none', () => {
    expect(seedFrom('000000ff12')).toBe(255);
    expect(seedFrom('8000000112')).toBe(1);
    expect(seedFrom('FFFFFFFF')).toBe(2 ** 31 - 1);
    expect(() => seedFrom('12ab')).toThrow('eight hex digits');
    expect(() => seedFrom('main-branch')).toThrow('eight hex digits');
  });

  it('serves a plain line as the recursion of queueing theory does', () => {
    const lines = theoryVerdicts(10_000, 1000, 5).filter(({ what }) => what.startsWith('M/M/'));
    expect(lines).toHaveLength(3);
    for (const { figure } of lines) {
      const [, engine, line] = /engine ([\d.]+), where a plain line has ([\d.]+)/.exec(figure) ?? [];
      expect(Number(engine) / Number(line)).toBeCloseTo(1, 2);
    }
  });

  it('draws a mark for each policy, cell and measure', () => {
    const figures = figuresOf(runCell(cell, 3, 2));
    const plot = plotOf({ cells: [{ cell, verdicts: [], figures }] });
    expect(plot.match(/<circle class="dot busy"/g)).toHaveLength(1 + 8 * 3);
    expect(plot).not.toContain('NaN');
  });
});
