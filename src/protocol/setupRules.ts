import { callingFaults } from './callingRules.js';
import type { Things } from './callingRules.js';
import type { SetupFault } from './setupFault.js';
import { inRange, settingRanges, slopeRange } from './settingRanges.js';
import type { NumberSetting } from './settingRanges.js';
import type { BranchSetup, CounterSetup, DaySettings, Service, Zone } from './settings.js';
import { bindingNeeds, capabilityFor } from './vocabulary.js';
import type { BindingNeed, Text } from './vocabulary.js';

const MINUTES_OF_DAY = 24 * 60;
const serviceRanges = {
  cap: { min: 0, max: 9999, unit: 'times' },
  mean: { min: 0.1, max: 480, unit: 'minutes' },
  cv: { min: 0, max: 5, unit: 'minutes' },
} as const;

const named = ({ zh, en }: Text): boolean => zh.trim() !== '' || en.trim() !== '';
const repeats = (things: readonly { id: string }[]): boolean =>
  new Set(things.map(({ id }) => id)).size !== things.length;

/** Every fault of the setup, in the order in which the page shows its fields; none: a day can be run with it. */
export function setupFaults(setup: BranchSetup): SetupFault[] {
  const { zones, services, counters } = setup;
  const faults: SetupFault[] = [];
  if (!named(setup.name)) faults.push({ field: 'name', reason: 'needed' });
  for (const [field, things] of [
    ['zones', zones],
    ['services', services],
    ['counters', counters],
  ] as const) {
    if (things.length === 0) faults.push({ field, reason: 'needed' });
    else if (repeats(things)) faults.push({ field, reason: 'repeated' });
  }
  for (const zone of zones)
    if (!named(zone.name)) faults.push({ field: `zones.${zone.id}.name`, reason: 'needed' });
  for (const service of services) faults.push(...serviceFaults(service, setup));
  for (const counter of counters) faults.push(...counterFaults(counter, zones, services));
  return [
    ...faults,
    ...settingsFaults(setup.settings, setup).map((fault) => ({ ...fault, field: `settings.${fault.field}` })),
  ];
}

function serviceFaults(service: Service, { zones, services }: BranchSetup): SetupFault[] {
  const faults: SetupFault[] = [];
  const at = (field: string, reason: SetupFault['reason'], range?: { min: number; max: number }): void => {
    faults.push({
      field: `services.${service.id}.${field}`,
      reason,
      ...(range && { min: range.min, max: range.max }),
    });
  };
  if (!named(service.name)) at('name', 'needed');
  if (!/^[A-Z]$/.test(service.prefix)) at('prefix', 'prefix');
  else if (services.some(({ id, prefix }) => id !== service.id && prefix === service.prefix))
    at('prefix', 'prefixTaken');
  if (!zones.some(({ id }) => id === service.zone)) at('zone', 'unknown');
  const { from, to } = service.hours;
  const within = [from, to].every(
    (minute) => Number.isInteger(minute) && minute >= 0 && minute <= MINUTES_OF_DAY,
  );
  if (!within || from >= to) at('hours', 'hours');
  if (!inRange(service.cap, serviceRanges.cap)) at('cap', 'range', serviceRanges.cap);
  if (service.time && !inRange(service.time.mean, serviceRanges.mean))
    at('time', 'range', serviceRanges.mean);
  else if (service.time && !inRange(service.time.cv, serviceRanges.cv)) at('time', 'range', serviceRanges.cv);
  return faults;
}

function counterFaults(counter: CounterSetup, zones: Zone[], services: Service[]): SetupFault[] {
  const faults: SetupFault[] = [];
  const at = (field: string, reason: SetupFault['reason']): void => {
    faults.push({ field: `counters.${counter.id}.${field}`, reason });
  };
  if (!named(counter.label)) at('label', 'needed');
  if (!zones.some(({ id }) => id === counter.zone)) at('zone', 'unknown');
  if (!counter.services.every((id) => services.some((service) => service.id === id)))
    at('services', 'unknown');
  return faults;
}

/** Settings out of their range, as the paths of their fields. */
export function settingsFaults(settings: DaySettings, branch: Things): SetupFault[] {
  const faults: SetupFault[] = [];
  for (const [field, range] of Object.entries(settingRanges) as [
    NumberSetting,
    (typeof settingRanges)[NumberSetting],
  ][])
    if (!inRange(settings[field], range))
      faults.push({ field, reason: 'range', min: range.min, max: range.max });
  for (const [field, slope] of Object.entries(settings.slopes))
    if (!inRange(slope, slopeRange))
      faults.push({ field: `slopes.${field}`, reason: 'range', min: slopeRange.min, max: slopeRange.max });
  if (settings.callsBeforeNoShow > settings.calls)
    faults.push({ field: 'callsBeforeNoShow', reason: 'range', min: 1, max: settings.calls });
  return [...faults, ...callingFaults(settings, branch)];
}

/** What a branch can be run with and would soon regret [S-9]. */
export type SetupWarning =
  | { kind: 'needUncovered'; need: BindingNeed }
  | { kind: 'serviceNowhere'; serviceId: string }
  | { kind: 'counterIdle'; counterId: string };

/** @param skills what the branch's tellers bring to whatever counter they sit at */
export function setupWarnings(
  { services, counters }: BranchSetup,
  skills: readonly string[],
): SetupWarning[] {
  const brought = new Set(skills);
  const has = (counter: CounterSetup, capability: string): boolean =>
    counter.equipment.includes(capability) || brought.has(capability);
  const able = (counter: CounterSetup, service: Service): boolean =>
    counter.services.includes(service.id) &&
    service.capabilities.every((capability) => has(counter, capability));
  return [
    ...bindingNeeds
      .filter((need) => !counters.some((counter) => has(counter, capabilityFor[need])))
      .map((need) => ({ kind: 'needUncovered' as const, need })),
    ...services
      .filter((service) => !counters.some((counter) => able(counter, service)))
      .map(({ id }) => ({ kind: 'serviceNowhere' as const, serviceId: id })),
    ...counters
      .filter((counter) => counter.services.length === 0)
      .map(({ id }) => ({ kind: 'counterIdle' as const, counterId: id })),
  ];
}
