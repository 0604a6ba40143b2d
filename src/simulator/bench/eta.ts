import { performance } from 'node:perf_hooks';
import { Calibration } from '../../forecast/ahead/calibration.js';
import { publishedModel } from '../../forecast/ahead/published.js';
import { waitsAhead } from '../../forecast/ahead/waits.js';
import type { BranchModel } from '../../forecast/ahead/branchModel.js';
import { dayFactor } from '../../forecast/staffing.js';
import { arrivalsOf, type Customer } from '../../model/arrivals.js';
import type { BranchSetup } from '../../protocol/settings.js';
import { modelBranch, standing } from '../branch.js';
import { CompactHall } from '../compactHall.js';
import type { Told } from '../hall.js';
import { Day } from '../play.js';
import type { Expected } from '../elasticity.js';
import { expected } from './policies.js';

const MINUTE = 60_000;
const MIDNIGHT = Date.UTC(2026, 2, 1, 16);
const RUNS = 100;

/** One prediction and what became of it, minutes. */
export interface Estimate {
  told: { low: number; middle: number; high: number };
  queueLength: number;
  lastToEnter: number;
  seen: number;
}

/** How the world differs from what the forecast expects of it. */
export interface World {
  name: string;
  services: number;
  arrivals: number;
}

/** A hall in which everybody who has to wait is given one estimate, when the ticket is taken. */
class EstimatedHall extends CompactHall {
  readonly estimates: Estimate[] = [];
  readonly milliseconds: number[] = [];
  readonly #open = new Map<number, { at: number; raw: { p50: number }; estimate: Omit<Estimate, 'seen'> }>();
  #lastWait = 0;
  #come = 0;

  constructor(
    setup: BranchSetup,
    told: Told,
    readonly model: BranchModel,
    readonly usual: Expected,
    readonly calibration: Calibration,
    readonly wanted: (who: Customer) => boolean,
    readonly seed: number,
  ) {
    super(setup, told);
  }

  override arrive(customer: number, who: Customer, due: number, at: number): void {
    super.arrive(customer, who, due, at);
    this.#come += 1;
    const visit = this.visits[customer];
    if (visit?.stage !== 'waiting' || !this.wanted(who)) return;
    const from = performance.now();
    const waits = waitsAhead(this.lobby, this.#today(at), at, RUNS, this.seed + customer * RUNS);
    this.milliseconds.push(performance.now() - from);
    const raw = waits.find((wait) => wait.visit === visit);
    if (!raw) return;
    const open = this.lobby.counters.filter((counter) => counter.open).length;
    this.#open.set(customer, {
      at,
      raw,
      estimate: {
        told: this.calibration.adjust(raw),
        queueLength: (this.lobby.waiting.length * this.model.usual) / open,
        lastToEnter: this.#lastWait,
      },
    });
  }

  /** The branch's profile, corrected by who has come today [P-12]. */
  #today(at: number): BranchModel {
    const { model } = this;
    const busy = dayFactor(this.#come, this.usual.until((at - MIDNIGHT) / MINUTE));
    return { ...model, rate: (then) => busy * model.rate(then), peak: busy * model.peak };
  }

  override start(customer: number, at: number): void {
    super.start(customer, at);
    const visit = this.visits[customer];
    if (visit) this.#lastWait = (at - visit.place) / MINUTE;
    const made = this.#open.get(customer);
    if (!made) return;
    const seen = (at - made.at) / MINUTE;
    this.calibration.learn(made.raw, made.estimate.told, seen);
    this.estimates.push({ ...made.estimate, seen });
  }
}

/** Days of mode d at load 1.0 and 6 % specials, in a world that may differ from the forecast's. */
export function estimatesIn(
  world: World,
  seed: number,
  days: number,
): { estimates: Estimate[]; ms: number[] } {
  const branch = modelBranch();
  const ids = branch.services.map(({ id }) => id);
  const calibration = new Calibration();
  const estimates: Estimate[] = [];
  const ms: number[] = [];
  for (let day = 0; day < days; day += 1) {
    const weekday = 1 + (day % 5);
    const usual = expected(weekday, { load: 1, specialShare: 0.06 });
    const { rate } = usual;
    const peak = Math.max(...Array.from({ length: 24 }, (_, hour) => rate(60 * hour)));
    const model = publishedModel(ids, (at) => rate((at - MIDNIGHT) / MINUTE), peak);
    const customers = arrivalsOf(seed + day, weekday, { load: world.arrivals, specialShare: 0.06 }).map(
      (customer) => ({ ...customer, serviceMinutes: customer.serviceMinutes * world.services }),
    );
    let hall: EstimatedHall | undefined;
    new Day(
      customers,
      MIDNIGHT,
      (told) =>
        (hall = new EstimatedHall(
          branch,
          told,
          model,
          usual,
          calibration,
          (who) => !who.special && !who.leaves,
          seed + day,
        )),
      { from: standing },
    ).play();
    estimates.push(...(hall?.estimates ?? []));
    ms.push(...(hall?.milliseconds ?? []));
  }
  return { estimates, ms };
}
