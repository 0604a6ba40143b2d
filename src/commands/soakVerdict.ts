/** One look at the server: minutes since measuring began, and its memory in MB after a forced collection. */
export interface Sample {
  minute: number;
  rss: number;
  heap: number;
}

export interface Verdict {
  ok: boolean;
  /** Mean resident memory of the last third over that of the middle third. */
  growth: number;
  middleMb: number;
  lastMb: number;
  errors: number;
  problems: string[];
}

/** The demo soak's bound. */
export const MOST_GROWTH = 1.05;
const FEWEST_SAMPLES = 6;

const mean = (samples: readonly Sample[]): number =>
  samples.reduce((sum, { rss }) => sum + rss, 0) / samples.length;
const round = (value: number, digits: number): number => Number(value.toFixed(digits));

/** @param errors lines of the server's log at error or above */
export function verdictOf(samples: readonly Sample[], errors: number): Verdict {
  const third = Math.floor(samples.length / 3);
  const middle = mean(samples.slice(third, 2 * third));
  const last = mean(samples.slice(2 * third));
  const growth = last / middle;
  const problems = [
    ...(samples.length < FEWEST_SAMPLES ? [`only ${samples.length} samples`] : []),
    ...(growth <= MOST_GROWTH ? [] : [`memory grew ${growth.toFixed(3)}-fold`]),
    ...(errors === 0 ? [] : [`${errors} errors in the log`]),
  ];
  return {
    ok: problems.length === 0,
    growth: round(growth, 4),
    middleMb: round(middle, 1),
    lastMb: round(last, 1),
    errors,
    problems,
  };
}
