import type { Customer } from '../../model/arrivals.js';
import { chanceOf } from '../../model/chance.js';
import type { BranchSetup } from '../../protocol/settings.js';
import { modelBranch } from '../branch.js';
import { CompactHall } from '../compactHall.js';
import { Day, usualHabits } from '../play.js';
import type { Verdict } from './targets.js';

/** A queue with a known answer: exponential arrivals and services of mean 1 min, nobody walks. */
interface Queue {
  name: string;
  servers: number;
  load: number;
  /** Two classes, the second with this share and slopes 1 : ½. */
  highShare?: number;
}

const queues: readonly Queue[] = [
  { name: 'M/M/1, ρ 0.8', servers: 1, load: 0.8 },
  { name: 'M/M/4, ρ 0.85', servers: 4, load: 0.85 },
  { name: 'M/M/6, ρ 0.9', servers: 6, load: 0.9 },
  { name: 'Kleinrock, ρ 0.8, 30 % high', servers: 1, load: 0.8, highShare: 0.3 },
];

/** Erlang C: mean wait in minutes of M/M/c with μ = 1. Source: Cooper (1981), "Introduction to Queueing Theory", ch. 3. */
export function erlangWait(servers: number, load: number): number {
  const offered = servers * load;
  let blocked = 1;
  for (let k = 1; k <= servers; k += 1) blocked = (offered * blocked) / (k + offered * blocked);
  const waits = blocked / (1 - load * (1 - blocked));
  return waits / (servers * (1 - load));
}

/**
 * Mean waits of two classes whose priority grows with slopes 1 and 2 in M/M/1: Kleinrock (1964), "A delay dependent
 * queue discipline", Naval Research Logistics Quarterly 11.
 */
export function kleinrockWaits(load: number, highShare: number): { low: number; high: number } {
  const together = load / (1 - load);
  const low = together / (1 - load * highShare * (1 - 1 / 2));
  return { low, high: together - load * (1 - highShare) * low * (1 - 1 / 2) };
}

/** The queue as a branch: one service that every counter does, and nothing of the policy but its slopes. */
function branchOf({ servers, highShare }: Queue): BranchSetup {
  const branch = modelBranch({
    mode: highShare === undefined ? 'strictFifo' : 'recommended',
    slopes: { normal: 1, vip: 0.5, appointment: 1, special: 1 },
    overtakesToProtect: Infinity,
    minutesToProtect: Infinity,
    vipCap: Infinity,
  });
  const [service] = branch.services;
  const [counter] = branch.counters;
  if (!service || !counter) throw new Error('the model branch has no counter');
  return {
    ...branch,
    services: [service],
    counters: Array.from({ length: servers }, (_, i) => ({
      ...counter,
      id: `w${String(i + 1)}`,
      services: [service.id],
    })),
  };
}

function customersOf(
  { servers, load, highShare }: Queue,
  serviceId: string,
  seed: number,
  count: number,
): Customer[] {
  const chance = chanceOf(seed);
  let at = OPENS;
  return Array.from({ length: count }, () => {
    at += chance.exponential(1 / (servers * load));
    return {
      at,
      serviceId,
      tier: highShare !== undefined && chance.happens(highShare) ? 1 : 0,
      serviceMinutes: chance.exponential(1),
      walkMinutes: 0,
    };
  });
}

/** Minutes after midnight at which the simulated branch opens. */
const OPENS = 8 * 60;
const RUNS = 10;
/** Left out at the beginning of each run, while the queue fills. */
const WARM_UP = 0.02;

/** T10: the engine against theory, `customers` in ten runs for each queue. */
export function theoryVerdicts(customers: number, seedBase: number): Verdict[] {
  return queues.flatMap((queue, q) => {
    const branch = branchOf(queue);
    const serviceId = branch.services[0]?.id ?? '';
    const sums = { low: 0, lows: 0, high: 0, highs: 0 };
    for (let run = 0; run < RUNS; run += 1) {
      const count = Math.ceil(customers / RUNS);
      const people = customersOf(queue, serviceId, seedBase + RUNS * q + run, count);
      const { rows } = new Day(
        people,
        Date.UTC(2026, 0, 1),
        (told) => new CompactHall(branch, told),
        { from: branch.counters.map((_, i) => i) },
        usualHabits,
      ).play();
      for (let i = Math.ceil(count * WARM_UP); i < count; i += 1) {
        const { startedAt = 0, arrivedAt = 0 } = rows[i] ?? {};
        if (people[i]?.tier === 1) {
          sums.high += startedAt - arrivedAt;
          sums.highs += 1;
        } else {
          sums.low += startedAt - arrivedAt;
          sums.lows += 1;
        }
      }
    }
    const near = (what: string, value: number, theory: number): Verdict => ({
      target: 'T10',
      what,
      figure: `${value.toFixed(3)} min`,
      bound: `${theory.toFixed(3)} min ± 3 %`,
      met: Math.abs(value / theory - 1) <= 0.03,
    });
    if (queue.highShare === undefined)
      return [near(queue.name, sums.low / sums.lows, erlangWait(queue.servers, queue.load))];
    const theory = kleinrockWaits(queue.load, queue.highShare);
    return [
      near(`${queue.name}: low`, sums.low / sums.lows, theory.low),
      near(`${queue.name}: high`, sums.high / sums.highs, theory.high),
    ];
  });
}
