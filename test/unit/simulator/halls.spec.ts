/**
 * `SIMULATED_DAYS=1000 npm test -- test/unit/simulator/halls.spec.ts` compares as many days as the design asks for;
 * without it a short cut of the same.
 */
import type { Occurrence } from '../../../src/lobby/events.js';
import { forecastLimits } from '../../../src/forecast/staffing.js';
import { arrivalsOf, type Customer } from '../../../src/model/arrivals.js';
import { chanceOf } from '../../../src/model/chance.js';
import type {
  BranchSetup,
  DaySettings,
  Overflow,
  QuickCounter,
  RatioStep,
  WaitRule,
} from '../../../src/protocol/settings.js';
import { expected } from '../../../src/simulator/bench/policies.js';
import { modelBranch } from '../../../src/simulator/branch.js';
import { CompactHall } from '../../../src/simulator/compactHall.js';
import { CoreHall } from '../../../src/simulator/coreHall.js';
import { advised, fixedHours, withoutElastic } from '../../../src/simulator/elasticity.js';
import { Day, type Row } from '../../../src/simulator/play.js';
import type { Staffing } from '../../../src/simulator/staff.js';
import { Witness } from '../../support/invariants.js';
import { MIDNIGHT } from '../../support/lobby.js';

const MINUTE = 60_000;
const days = Number(process.env['SIMULATED_DAYS'] ?? 8);

/** Days on which the two once differed: at 21 a held counter was closed under who was escorted there. */
const foundOnce = [21];

interface RandomDay {
  branch: BranchSetup;
  customers: Customer[];
  staffing: Staffing;
}

/** Calling rules that a branch may have, every third day the class ratio. */
function rulesOf(seed: number): Partial<DaySettings> {
  const chance = chanceOf(1_000_000 + seed);
  return {
    ...(seed % 3 === 0 && { mode: 'classRatio' }),
    ratio: chance.oneOf<RatioStep[]>([
      [
        { of: 'special', calls: 2 },
        { of: 'vip1', calls: 1 },
        { of: 'rest', calls: 3 },
      ],
      [
        { of: 'normal', calls: 2 },
        { of: 'vip1', calls: 1 },
      ],
    ]),
    protectedBand: chance.oneOf([true, true, false]),
    waitRules: chance.oneOf<WaitRule[]>([
      [],
      [{ of: 'service', id: 'personal', minutes: 4 }],
      [
        { of: 'class', id: 'appointment', minutes: 1 },
        { of: 'zone', id: 'cash', minutes: 6 },
      ],
    ]),
    overflows: chance.oneOf<Overflow[]>([
      [],
      ['w1', 'w4', 'w5'].map((counterId) => ({ counterId, serviceId: 'cash', seconds: 30 })),
      [
        { counterId: 'w2', serviceId: 'personal', seconds: 240 },
        { counterId: 'w6', serviceId: 'personalComplex', seconds: 90 },
      ],
    ]),
    quickCounters: chance.oneOf<QuickCounter[]>([
      [],
      [{ counterId: 'w1', minutes: 4, others: 'never' }],
      [
        { counterId: 'w2', minutes: 4, others: 'ifNoneWaits' },
        { counterId: 'w3', minutes: 6, others: 'never' },
      ],
    ]),
  };
}

/** A day with a crowd, settings and staff of its own. */
function randomDay(seed: number): RandomDay {
  const chance = chanceOf(seed);
  const weekday = 1 + (seed % 5);
  const load = chance.between(0.8, 1.25);
  const branch = modelBranch({
    mode: chance.oneOf(['recommended', 'recommended', 'recommended', 'strictFifo', 'strictPriority']),
    vipCap: chance.oneOf([1, 2, 4]),
    overtakesToProtect: chance.oneOf([1, 3, 10]),
    minutesToProtect: chance.oneOf([10, 20, 30]),
    walkMinutes: chance.between(0.5, 4),
    swapWalk: chance.between(0.2, 2),
    swapGain: chance.oneOf([0, 0.5, 2]),
    ...(!foundOnce.includes(seed) && rulesOf(seed)),
  });
  const crowd = { load, specialShare: chance.between(0, 0.25) };
  return {
    branch,
    customers: arrivalsOf(seed, weekday, crowd),
    staffing: chance.oneOf([withoutElastic, fixedHours(), advised(forecastLimits, expected(weekday, crowd))]),
  };
}

function onCore({ branch, customers, staffing }: RandomDay): { rows: Row[]; log: Occurrence[] } {
  let log: Occurrence[] = [];
  const bookings = customers.flatMap(({ booked, at, serviceId }, customer) =>
    booked === undefined ? [] : [{ customer, at: MIDNIGHT + Math.round(at * MINUTE), serviceId }],
  );
  const { rows } = new Day(
    customers,
    MIDNIGHT,
    (told) => {
      const hall = new CoreHall(branch, told, MIDNIGHT, MIDNIGHT + 6 * 60 * MINUTE, bookings);
      log = hall.log;
      return hall;
    },
    staffing,
  ).play();
  return { rows, log };
}

const onCompact = ({ branch, customers, staffing }: RandomDay): Row[] =>
  new Day(customers, MIDNIGHT, (told) => new CompactHall(branch, told), staffing).play().rows.map((row) => {
    // Only the compact hall counts it.
    delete row.passed;
    return row;
  });

/** The log as the witness reads it: the events of one command at a time. */
function* commands(log: readonly Occurrence[]): Generator<Occurrence[]> {
  let command: Occurrence[] = [];
  for (const occurrence of log) {
    if (command[0] && command[0].commandId !== occurrence.commandId) {
      yield command;
      command = [];
    }
    command.push(occurrence);
  }
  yield command;
}

describe('A simulated day', () => {
  it('[P-9] makes the same calls at the same instants on the compact lobby as on the core', () => {
    let held = 0;
    for (const seed of [...foundOnce, ...Array.from({ length: days }, (_, i) => i + 1)]) {
      const day = randomDay(seed);
      const { rows } = onCore(day);
      expect(onCompact(day)).toEqual(rows);
      held += rows.filter((row) => row.held).length;
    }
    // Days without love windows would prove little.
    expect(held).toBeGreaterThan(10 * days);
  });

  it('[P-9, L1–L11] keeps the rules at every event', () => {
    for (let seed = 1; seed <= Math.ceil(days / 4); seed += 1) {
      const witness = new Witness();
      for (const command of commands(onCore(randomDay(seed)).log)) witness.see(command);
    }
  });
});
