import { arrivalsOf, type Customer } from '../../model/arrivals.js';
import type { BranchSetup } from '../../protocol/settings.js';
import { modelBranch } from '../branch.js';
import { CompactHall } from '../compactHall.js';
import type { Hall, Told } from '../hall.js';
import { Day, usualHabits, type Played } from '../play.js';
import { WatchedHall } from '../watched.js';
import { addDay, noFigures, type CellFigures } from './figures.js';
import { policies, type Policy, type PolicyId } from './policies.js';

/** A load against the published day, and the share of customers who need support. */
export interface Cell {
  load: number;
  specialShare: number;
}

export const cells: readonly Cell[] = [1, 1.1].flatMap((load) =>
  [0.03, 0.06, 0.1].map((specialShare) => ({ load, specialShare })),
);

export type CellResult = Record<PolicyId, CellFigures>;

/** What is kept of each visit, for whoever wants to reckon anew. */
export type OnDay = (policy: Policy, day: number, customers: readonly Customer[], played: Played) => void;

/** Monday 2026-03-02, 00:00 in Shanghai; the policies know minutes, not dates. */
export const MIDNIGHT = Date.UTC(2026, 2, 1, 16);

/** One day of a policy, held to the rules as it is played [P-13]; by hand staff do as they please. */
function playDay(
  policy: Policy,
  branch: BranchSetup,
  customers: readonly Customer[],
  { weekday, cell }: { weekday: number; cell: Cell },
): Played {
  let watched: WatchedHall | undefined;
  const hall = (told: Told): Hall =>
    typeof policy.special === 'object'
      ? new CompactHall(branch, told)
      : (watched = new WatchedHall(branch, told, customers));
  const habits = { ...usualHabits, special: policy.special };
  const played = new Day(customers, MIDNIGHT, hall, policy.staffing(weekday, cell), habits).play();
  watched?.checkEnd();
  return played;
}

/**
 * Days are Monday to Friday in turn; day `i` of seed base `s` is drawn from seed s + i, alike for every policy.
 *
 * @param only policies to play; the others keep empty figures
 */
export function runCell(
  cell: Cell,
  seedBase: number,
  days: number,
  onDay?: OnDay,
  only: readonly PolicyId[] = policies.map(({ id }) => id),
): CellResult {
  const branches = new Map(policies.map((policy) => [policy.id, modelBranch(policy.settings)]));
  const result = Object.fromEntries(policies.map(({ id }) => [id, noFigures()])) as CellResult;
  for (let day = 0; day < days; day += 1) {
    const weekday = 1 + (day % 5);
    const customers = arrivalsOf(seedBase + day, weekday, cell);
    for (const policy of policies) {
      if (!only.includes(policy.id)) continue;
      const played = playDay(policy, branches.get(policy.id) ?? modelBranch(policy.settings), customers, {
        weekday,
        cell,
      });
      addDay(result[policy.id], customers, played);
      onDay?.(policy, day, customers, played);
    }
  }
  return result;
}
