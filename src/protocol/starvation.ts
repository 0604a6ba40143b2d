import type { Acceptance, BranchSetup, RatioStep, Service } from './settings.js';
import { callingClasses } from './vocabulary.js';
import type { RatioPart } from './vocabulary.js';

/** What the check reads of a branch; the administration page asks it while the settings are being typed. */
export type Configured = Pick<BranchSetup, 'settings' | 'services' | 'counters'>;

/** A way in which the calling of a branch could keep somebody waiting without end. */
export interface Hazard {
  kind: 'strictPriority' | 'ratio' | 'waitRule' | 'leftOver';
  /** The class, service, … that it is about. */
  id?: string;
}

/** How an acceptance names a hazard. */
export const hazardKey = ({ kind, id }: Hazard): string => (id === undefined ? kind : `${kind}.${id}`);

/** Everything in the settings by which somebody could be starved [P-24]. */
export function hazardsOf(branch: Configured): Hazard[] {
  const { mode, ratio = [], waitRules = [] } = branch.settings;
  return [
    ...(mode === 'strictPriority' ? [{ kind: 'strictPriority' as const }] : []),
    ...(mode === 'classRatio' ? leftOut(ratio).map((id) => ({ kind: 'ratio' as const, id })) : []),
    ...waitRules
      .filter(({ minutes }) => minutes < SHORTEST_WAIT)
      .map(({ of, id }) => ({ kind: 'waitRule' as const, id: `${of}.${id}` })),
    ...leftOver(branch).map((id) => ({ kind: 'leftOver' as const, id })),
  ];
}

/** Minutes; a rule for less than that always applies while somebody waits. */
const SHORTEST_WAIT = 1;

/** Services that every counter which takes them leaves to others: to help late, or because they are not quick. */
function leftOver({ settings, services, counters }: Configured): string[] {
  const { overflows = [], quickCounters = [] } = settings;
  const leaves = (counterId: string, { id, time }: Service): boolean =>
    overflows.some((each) => each.counterId === counterId && each.serviceId === id) ||
    quickCounters.some(
      (each) => each.counterId === counterId && (time === undefined || time.mean > each.minutes),
    );
  return services.flatMap((service) => {
    const takers = counters.filter(({ services: taken }) => taken.includes(service.id));
    return takers.length > 0 && takers.every(({ id }) => leaves(id, service)) ? [service.id] : [];
  });
}

/** Classes that a ratio has no turn for. */
function leftOut(ratio: readonly RatioStep[]): RatioPart[] {
  const named = ratio.map(({ of }) => of);
  return named.includes('rest') ? [] : callingClasses.filter((each) => !named.includes(each));
}

/** Those that nobody has accepted with a reason. */
export function unaccepted(branch: Configured): Hazard[] {
  const accepted = branch.settings.acceptance?.of ?? [];
  return hazardsOf(branch).filter((hazard) => !accepted.includes(hazardKey(hazard)));
}

/**
 * Those for which a change is refused. What stood there without acceptance before, as in a branch that is older than
 * this check, is warned about only: all else of it can still be changed.
 */
export function refusedHazards(after: Configured, before: Configured | undefined): Hazard[] {
  const stood = before === undefined ? [] : unaccepted(before).map(hazardKey);
  return unaccepted(after).filter((hazard) => !stood.includes(hazardKey(hazard)));
}

/**
 * The acceptance as it is kept: only for what needs one; one that says the same as before keeps its name and time.
 *
 * @param by name of who changes the settings @param at UTC ms
 */
export function signedAcceptance(
  branch: Configured,
  before: Acceptance | undefined,
  by: string,
  at: number,
): Acceptance | undefined {
  const given = branch.settings.acceptance;
  const of = hazardsOf(branch)
    .map(hazardKey)
    .filter((key) => given?.of.includes(key));
  if (given === undefined || of.length === 0) return undefined;
  const repeats = before?.reason === given.reason && of.every((key) => before.of.includes(key));
  return repeats ? { ...before, of } : { of, reason: given.reason, by, at };
}
