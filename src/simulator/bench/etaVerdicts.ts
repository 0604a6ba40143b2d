import { estimatesIn, type Estimate, type World } from './eta.js';
import { mean, quantile, share } from './figures.js';
import type { Verdict } from './targets.js';

const worlds: readonly World[] = [
  { name: 'as modelled', services: 1, arrivals: 1 },
  { name: 'services 20 % slower', services: 1.2, arrivals: 1 },
  { name: '25 % more customers', services: 1, arrivals: 1.25 },
  { name: '25 % fewer customers', services: 1, arrivals: 0.75 },
];

const missBy = (estimates: readonly Estimate[], of: (estimate: Estimate) => number): number =>
  mean(estimates.map((estimate) => Math.abs(of(estimate) - estimate.seen)));
const middle = ({ told }: Estimate): number => told.middle;

const minutes = (value: number): string => `${value.toFixed(2)} min`;
const percent = (part: number): string => `${(100 * part).toFixed(1)} %`;

const within = (what: string, value: number, low: number, high: number): Verdict => ({
  target: 'T9',
  what,
  figure: percent(value),
  bound: `${percent(low)} … ${percent(high)}`,
  met: value >= low && value <= high,
});

const inInterval = (estimates: readonly Estimate[]): number =>
  share(
    estimates.map(({ told, seen }) => (seen >= told.low && seen <= told.high ? 1 : 0)),
    (hit) => hit === 1,
  );
const belowHigh = (estimates: readonly Estimate[]): number =>
  share(
    estimates.map(({ told, seen }) => (seen <= told.high ? 1 : 0)),
    (hit) => hit === 1,
  );

/** By thirds of what was predicted, so that an interval right on average is not wrong for every length. */
function thirds(estimates: readonly Estimate[]): Estimate[][] {
  const sorted = [...estimates].sort((a, b) => middle(a) - middle(b));
  const size = Math.ceil(sorted.length / 3);
  return [0, 1, 2].map((third) => sorted.slice(third * size, (third + 1) * size));
}

function worldVerdicts(world: World, estimates: readonly Estimate[]): Verdict[] {
  const own = missBy(estimates, middle);
  const below = (name: string, of: (estimate: Estimate) => number): Verdict => {
    const change = own / missBy(estimates, of) - 1;
    return {
      target: 'T9',
      what: `${world.name}: MAE against ${name}`,
      figure: percent(change),
      bound: '≤ −25.0 %',
      met: change <= -0.25,
    };
  };
  return [
    below('the queue-length predictor', ({ queueLength }) => queueLength),
    below('the last to enter service', ({ lastToEnter }) => lastToEnter),
  ];
}

/** T9, and the forecast's part of T11: `days` simulated days in each world, day i from seed + i. */
export function etaVerdicts(seed: number, days: number): Verdict[] {
  return worlds.flatMap((world, w) => {
    const { estimates, ms } = estimatesIn(world, seed, days);
    if (w > 0) return worldVerdicts(world, estimates);
    const long = estimates.filter(({ seen }) => seen > 5);
    const own = missBy(estimates, middle);
    const p95 = quantile(ms, 0.95);
    return [
      {
        target: 'T9',
        what: 'visits with an estimate',
        figure: String(estimates.length),
        bound: '≥ 1800',
        met: estimates.length >= 1800,
      },
      { target: 'T9', what: 'MAE', figure: minutes(own), bound: '≤ 2.20 min', met: own <= 2.2 },
      {
        target: 'T9',
        what: 'MAE of waits over 5 min',
        figure: minutes(missBy(long, middle)),
        bound: 'reported',
        met: true,
      },
      ...worldVerdicts(world, estimates),
      within('80 % interval covers', inInterval(estimates), 0.77, 0.83),
      within('P90 covers', belowHigh(estimates), 0.88, 0.92),
      ...thirds(estimates).flatMap((third, i) => [
        within(`80 % interval, ${String(i + 1)}. third of the predictions`, inInterval(third), 0.77, 0.83),
        within(`P90, ${String(i + 1)}. third of the predictions`, belowHigh(third), 0.88, 0.92),
      ]),
      {
        target: 'T11',
        what: 'whole-lobby forecast, 100 runs, p95',
        figure: `${p95.toFixed(1)} ms`,
        bound: '≤ 25 ms',
        met: p95 <= 25,
      },
    ];
  });
}
