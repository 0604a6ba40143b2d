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

/** A line before equal servers, first come first served: the recursion of Kiefer and Wolfowitz (1955). */
class Line {
  readonly #free: number[];

  constructor(servers: number) {
    this.#free = Array.from({ length: servers }, () => 0);
  }

  /** Minutes that the next customer waits. */
  wait(at: number, minutes: number): number {
    let soonest = 0;
    for (let i = 1; i < this.#free.length; i += 1)
      if ((this.#free[i] ?? 0) < (this.#free[soonest] ?? 0)) soonest = i;
    const start = Math.max(at, this.#free[soonest] ?? 0);
    this.#free[soonest] = start + minutes;
    return start - at;
  }
}

/** Mean wait of such a line over many customers of its own. */
function lineWait({ servers, load }: Queue, seed: number, customers: number): number {
  const chance = chanceOf(seed);
  const line = new Line(servers);
  const from = Math.ceil(customers * WARM_UP);
  let at = 0;
  let waited = 0;
  for (let i = 0; i < customers; i += 1) {
    at += chance.exponential(1 / (servers * load));
    const wait = line.wait(at, chance.exponential(1));
    if (i >= from) waited += wait;
  }
  return waited / (customers - from);
}

/** Sum and number of some waits. */
class Waits {
  #sum = 0;
  #count = 0;

  add(wait: number): void {
    this.#sum += wait;
    this.#count += 1;
  }

  get mean(): number {
    return this.#sum / this.#count;
  }
}

/**
 * T10: the engine against theory, `customers` in ten runs for each queue. Queues this busy forget so slowly that a
 * million customers still err by several per cent. So the engine's mean is corrected by a control variate: a plain
 * line serves the same customers, and `many` others to learn what its mean would be in the long run. A ratio
 * estimator (Cochran 1977, "Sampling Techniques", ch. 6).
 */
export function theoryVerdicts(customers: number, many: number, seedBase: number): Verdict[] {
  return queues.flatMap((queue, q) => {
    const branch = branchOf(queue);
    const serviceId = branch.services[0]?.id ?? '';
    const [low, high, same] = [new Waits(), new Waits(), new Waits()];
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
      const line = new Line(queue.servers);
      for (const [i, { at, serviceMinutes, tier }] of people.entries()) {
        const wait = line.wait(at, serviceMinutes);
        if (i < count * WARM_UP) continue;
        same.add(wait);
        const { startedAt = NaN, arrivedAt = NaN } = rows[i] ?? {};
        (tier > 0 ? high : low).add(startedAt - arrivedAt);
      }
    }
    const long = lineWait(queue, seedBase + RUNS * queues.length + q, many);
    const near = (what: string, engine: number, theory: number): Verdict => {
      const value = (engine * long) / same.mean;
      return {
        target: 'T10',
        what,
        figure: `${value.toFixed(3)} min (the engine ${engine.toFixed(3)}, where a plain line has ${same.mean.toFixed(3)}, in the long run ${long.toFixed(3)})`,
        bound: `${theory.toFixed(3)} min ± 3 %`,
        met: Math.abs(value / theory - 1) <= 0.03,
      };
    };
    if (queue.highShare === undefined)
      return [near(queue.name, low.mean, erlangWait(queue.servers, queue.load))];
    const theory = kleinrockWaits(queue.load, queue.highShare);
    return [
      near(`${queue.name}: low`, low.mean, theory.low),
      near(`${queue.name}: high`, high.mean, theory.high),
    ];
  });
}
