import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { mersenne } from 'pure-rand/generator/mersenne';

/** Chance that a seed repeats: the same calls in the same order give the same day. */
export interface Chance {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** True with probability `share` (0 … 1). */
  happens(share: number): boolean;
  /** Normal with mean 0 and deviation 1 (Box and Muller 1958). */
  normal(): number;
  /** Exponential with this mean. */
  exponential(mean: number): number;
  /** Lognormal with this mean and coefficient of variation, both of the variable itself. */
  lognormal(mean: number, cv: number): number;
  /** Number of events of a Poisson process that expects `mean` of them. */
  poisson(mean: number): number;
  /** Uniform in [from, to). */
  between(from: number, to: number): number;
  /** One of a list that isn't empty. */
  oneOf<T>(list: readonly [T, ...T[]]): T;
}

/** @param seed a whole number; only its lowest 32 bits count */
export function chanceOf(seed: number): Chance {
  // Neighbouring seeds must give unlike days; this generator spreads its seed over its whole state.
  const generator = mersenne(seed | 0);
  const uniform = (): number => uniformFloat64(generator);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const exponential = (mean: number): number => -mean * Math.log(1 - uniform());
  return {
    uniform,
    normal,
    exponential,
    happens: (share) => uniform() < share,
    lognormal(mean, cv) {
      const variance = Math.log(1 + cv * cv);
      return mean * Math.exp(Math.sqrt(variance) * normal() - variance / 2);
    },
    poisson(mean) {
      let count = -1;
      for (let passed = 0; passed <= mean; count += 1) passed += exponential(1);
      return count;
    },
    between: (from, to) => from + uniform() * (to - from),
    oneOf: (list) => list[Math.floor(uniform() * list.length)] ?? list[0],
  };
}
