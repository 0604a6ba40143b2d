import type { Rejection } from '../protocol/codes.js';
import type { BranchSetup, DaySettings } from '../protocol/settings.js';
import { reject } from './reject.js';

/** Allowed range of each number in the day's settings, in the unit that settings.ts gives it. */
const ranges: Record<
  Exclude<keyof DaySettings, 'mode' | 'autoCall' | 'slopes' | 'earlyAppointments'>,
  readonly [min: number, max: number]
> = {
  referenceMinutes: [0.5, 120],
  overtakesToProtect: [1, 1000],
  minutesToProtect: [1, 240],
  vipCap: [1, 100],
  careAfter: [1, 240],
  careReminder: [1, 120],
  waitLimit: [1, 240],
  vipResponse: [1, 240],
  absentReturn: [1, 480],
  appointmentLate: [0, 240],
  pauseLimit: [1, 480],
  notFoundIdle: [1, 60],
  notFoundOnTheWay: [1, 60],
  acknowledgeWithin: [5, 600],
  recallGap: [1, 600],
  undoWithin: [1, 60],
  swapRefusal: [1, 120],
  ratingFor: [5, 300],
  calls: [1, 20],
  callsBeforeNoShow: [1, 20],
  swapGain: [0, 60],
  swapWalk: [0, 60],
  walkMinutes: [0, 30],
  lastTicket: [0, 24 * 60],
  closesItself: [0, 12 * 60],
};

const bad = (field: string, min: number, max: number): Rejection =>
  reject('bad-settings', { field, min, max });
const inside = (value: number, min: number, max: number): boolean =>
  Number.isFinite(value) && value >= min && value <= max;

/** The first setting out of its range; undefined when all are sound. */
export function settingsProblem(settings: DaySettings): Rejection | undefined {
  for (const [field, [min, max]] of Object.entries(ranges) as [
    keyof typeof ranges,
    readonly [number, number],
  ][])
    if (!inside(settings[field], min, max)) return bad(field, min, max);
  for (const [field, slope] of Object.entries(settings.slopes))
    if (!inside(slope, 0.1, 240)) return bad(`slopes.${field}`, 0.1, 240);
  if (settings.callsBeforeNoShow > settings.calls) return bad('callsBeforeNoShow', 1, settings.calls);
  return undefined;
}

const distinct = (ids: readonly string[]): boolean => new Set(ids).size === ids.length;

/** A setup that a day could not be run with: broken references, repeated ids, settings out of range. */
export function setupProblem(setup: BranchSetup): Rejection | undefined {
  const zones = setup.zones.map((zone) => zone.id);
  const services = setup.services.map((service) => service.id);
  const broken = (field: string): Rejection => reject('bad-settings', { field });
  if (!distinct(zones) || zones.length === 0) return broken('zones');
  if (!distinct(services) || services.length === 0) return broken('services');
  if (!distinct(setup.counters.map((counter) => counter.id)) || setup.counters.length === 0)
    return broken('counters');
  for (const service of setup.services) {
    if (!/^[A-Z]$/.test(service.prefix)) return broken(`services.${service.id}.prefix`);
    if (!zones.includes(service.zone)) return broken(`services.${service.id}.zone`);
    if (service.hours.from >= service.hours.to) return broken(`services.${service.id}.hours`);
    if (!Number.isInteger(service.cap) || service.cap < 0) return broken(`services.${service.id}.cap`);
    if (service.time && !(inside(service.time.mean, 0.1, 480) && inside(service.time.cv, 0, 5)))
      return broken(`services.${service.id}.time`);
  }
  for (const counter of setup.counters) {
    if (!zones.includes(counter.zone)) return broken(`counters.${counter.id}.zone`);
    if (!counter.services.every((id) => services.includes(id)))
      return broken(`counters.${counter.id}.services`);
  }
  return settingsProblem(setup.settings);
}
