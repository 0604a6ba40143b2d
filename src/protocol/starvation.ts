import type { Acceptance, BranchSetup, DaySettings, RatioStep, Service } from './settings.js';
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

/** Whether the mode calls those of the protected band before all others [P-2]: nobody waits for ever there. */
export const keepsBand = ({ mode, protectedBand }: DaySettings): boolean =>
  mode === 'recommended' || (mode === 'classRatio' && protectedBand !== false);

/** Everything in the settings by which somebody could be starved [P-24]. */
export function hazardsOf(branch: Configured): Hazard[] {
  const { mode, ratio = [], waitRules = [] } = branch.settings;
  const band = keepsBand(branch.settings);
  return [
    ...(mode === 'strictPriority' ? [{ kind: 'strictPriority' as const }] : []),
    ...(mode === 'classRatio' && !band ? leftOut(ratio).map((id) => ({ kind: 'ratio' as const, id })) : []),
    ...(band ? [] : waitRules.map(({ of, id }) => ({ kind: 'waitRule' as const, id: `${of}.${id}` }))),
    ...leftOver(branch).map((id) => ({ kind: 'leftOver' as const, id })),
  ];
}

/** A rule has the counter help with the service late, or only beside what is quicker [P-27, P-28]. */
export const leavesToOthers = (
  { overflows = [], quickCounters = [] }: Pick<DaySettings, 'overflows' | 'quickCounters'>,
  counterId: string,
  { id, time }: Pick<Service, 'id' | 'time'>,
): boolean =>
  overflows.some((each) => each.counterId === counterId && each.serviceId === id) ||
  quickCounters.some(
    (each) => each.counterId === counterId && (time === undefined || time.mean > each.minutes),
  );

/**
 * Services that every counter which takes them leaves to others: to help late, or because they are not quick. Elastic
 * counters, and those that lack what the service asks for, may never be there; they count where there is no other.
 */
function leftOver({ settings, services, counters }: Configured): string[] {
  return services.flatMap((service) => {
    const set = counters.filter(({ services: taken }) => taken.includes(service.id));
    const sure = set.filter(
      ({ elastic, equipment }) =>
        !elastic && service.capabilities.every((capability) => equipment.includes(capability)),
    );
    const takers = sure.length > 0 ? sure : set;
    return takers.length > 0 && takers.every(({ id }) => leavesToOthers(settings, id, service))
      ? [service.id]
      : [];
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

/** What is left of a branch's acceptance: it is gone with what it names. */
export function standingAcceptance(branch: Configured): Acceptance | undefined {
  const { acceptance } = branch.settings;
  const of = hazardsOf(branch)
    .map(hazardKey)
    .filter((key) => acceptance?.of.includes(key));
  return acceptance && of.length > 0 ? { ...acceptance, of } : undefined;
}

/** The settings without what could starve somebody, and without its acceptance: for a branch that begins as a copy. */
export function harmless(branch: Configured): DaySettings {
  const settings = { ...branch.settings };
  delete settings.acceptance;
  const kinds = new Set(hazardsOf(branch).map(({ kind }) => kind));
  if (kinds.delete('leftOver')) {
    delete settings.overflows;
    delete settings.quickCounters;
  }
  return kinds.size > 0 ? { ...settings, mode: 'recommended' } : settings;
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
  const given = standingAcceptance(branch);
  if (given === undefined) return undefined;
  const { of, reason } = given;
  const repeats = before?.reason === reason && of.every((key) => before.of.includes(key));
  return repeats ? { ...before, of } : { of, reason, by, at };
}
