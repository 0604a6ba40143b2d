/** At most this share may wait longer than this many minutes. */
export interface WaitGoal {
  share: number;
  minutes: number;
}

/**
 * Probability that a customer finds all of `counters` busy in M/M/c/c. Source: Erlang (1917); the recursion
 * B(0) = 1, B(k) = a·B(k−1) / (k + a·B(k−1)) has no factorials or powers and so neither overflows nor cancels
 * (Cooper 1981, "Introduction to Queueing Theory", 2nd ed., ch. 3.3).
 *
 * @param counters whole, from 0 on
 * @param load offered load in erlangs: customers a minute × minutes each, from 0 on
 */
export function erlangB(counters: number, load: number): number {
  let blocked = 1;
  for (let k = 1; k <= counters; k += 1) blocked = (load * blocked) / (k + load * blocked);
  return blocked;
}

/** Probability that a customer has to wait in M/M/c: C = B / (1 − ρ(1 − B)), ρ = load / counters; 1 in overload. */
export function erlangC(counters: number, load: number): number {
  if (load >= counters) return load > 0 ? 1 : 0;
  const blocked = erlangB(counters, load);
  return blocked / (1 - (load / counters) * (1 - blocked));
}

/**
 * Share of customers who wait longer than `minutes` in M/M/c, in the order of arrival: C·exp(−(c − a)·minutes / m).
 *
 * @param minutesEach mean service time, above 0
 */
export const waitsLonger = (counters: number, load: number, minutesEach: number, minutes: number): number =>
  load >= counters && load > 0
    ? 1
    : erlangC(counters, load) * Math.exp((-(counters - load) * minutes) / minutesEach);

/** The fewest counters that keep the goal, at least one. It falls with every counter, so the first that does is it. */
export function fewestCounters(load: number, minutesEach: number, { share, minutes }: WaitGoal): number {
  let counters = Math.max(1, Math.floor(load));
  while (waitsLonger(counters, load, minutesEach, minutes) > share) counters += 1;
  return counters;
}
