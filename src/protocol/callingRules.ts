import { inRange, overflowRange, quickRange, ratioRange, waitRuleRange } from './settingRanges.js';
import type { SettingRange } from './settingRanges.js';
import type { DaySettings, WaitRule } from './settings.js';
import type { SetupFault } from './setupFault.js';
import { callingClasses } from './vocabulary.js';

/** What the rules of calling may name. */
export type Things = Readonly<Record<'zones' | 'services' | 'counters', readonly { id: string }[]>>;

/** The faults of one list: nothing twice, nothing that the branch does not have, every number in its range. */
function faultsOf<R>(
  field: string,
  rows: readonly R[],
  key: (row: R) => string,
  isKnown: (row: R) => boolean,
  figure: (row: R) => number,
  range: SettingRange,
): SetupFault[] {
  if (new Set(rows.map(key)).size < rows.length) return [{ field, reason: 'repeated' }];
  if (!rows.every(isKnown)) return [{ field, reason: 'unknown' }];
  const { min, max } = range;
  return rows.every((row) => inRange(figure(row), range)) ? [] : [{ field, reason: 'range', min, max }];
}

/** What is wrong with a branch's own rules of calling [P-25–P-28]. */
export function callingFaults(settings: DaySettings, { zones, services, counters }: Things): SetupFault[] {
  const { mode, ratio = [], waitRules = [], overflows = [], quickCounters = [] } = settings;
  const has = (things: readonly { id: string }[], id: string): boolean =>
    things.some((thing) => thing.id === id);
  const knows = ({ of, id }: WaitRule): boolean => {
    switch (of) {
      case 'service':
        return has(services, id);
      case 'zone':
        return has(zones, id);
      case 'class':
        return callingClasses.some((each) => each === id);
    }
  };
  return [
    ...(mode === 'classRatio' && ratio.length === 0
      ? [{ field: 'ratio', reason: 'needed' as const }]
      : faultsOf(
          'ratio',
          ratio,
          ({ of }) => of,
          () => true,
          ({ calls }) => calls,
          ratioRange,
        )),
    ...faultsOf(
      'waitRules',
      waitRules,
      ({ of, id }) => `${of} ${id}`,
      knows,
      ({ minutes }) => minutes,
      waitRuleRange,
    ),
    ...faultsOf(
      'overflows',
      overflows,
      ({ counterId, serviceId }) => `${counterId} ${serviceId}`,
      ({ counterId, serviceId }) => has(counters, counterId) && has(services, serviceId),
      ({ seconds }) => seconds,
      overflowRange,
    ),
    ...faultsOf(
      'quickCounters',
      quickCounters,
      ({ counterId }) => counterId,
      ({ counterId }) => has(counters, counterId),
      ({ minutes }) => minutes,
      quickRange,
    ),
  ];
}
