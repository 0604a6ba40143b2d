import type { MinutesRange } from '../protocol/views.js';
import type { PublicLines, Waits } from './port.js';
import { rangeOf } from './range.js';
import { add, noWork, shareOf, type ServiceTime, type Work } from './work.js';

/** Somebody's line: a service, or all services of a zone together. */
interface Line {
  /** Open counters that take a service of it. */
  counters: ReadonlySet<string>;
  /** One of its counters has nobody who was called aloud. */
  idle: boolean;
  /** A service of it; several average. Undefined where one of them has no basis. */
  time: ServiceTime | undefined;
  ahead: Work;
}

/**
 * Waits from public facts only [L14], by the queue-length predictor: with n services ahead and c open
 * counters all at work, W ≈ (Σ m ahead + m) / c; nobody ahead and a counter idle, W ≈ 0. Source: Whitt
 * (1999), "Predicting queueing delays", Management Science 45(6), the predictor QL, with service means by
 * kind in place of one mean. A visit that several counters could serve counts at each by its share; P50 to
 * P90 by a gamma of that mean and variance (range.ts). A service without a time among those that matter,
 * or no open counter: no estimate.
 */
export function linesForecast(lines: PublicLines): Waits {
  const open = lines.counters.filter((counter) => counter.status === 'open');
  const takers = new Map(
    lines.services.map((service) => [
      service.id,
      new Set(open.filter((counter) => counter.services.includes(service.id)).map((counter) => counter.id)),
    ]),
  );
  const idle = new Set(open.filter((counter) => !counter.call).map((counter) => counter.id));
  const times = new Map(lines.services.map((service) => [service.id, service.time]));
  const line = (serviceIds: readonly string[]): Line => {
    const counters = new Set(serviceIds.flatMap((id) => [...(takers.get(id) ?? [])]));
    const served = serviceIds.filter((id) => (takers.get(id)?.size ?? 0) > 0);
    return {
      counters,
      idle: [...counters].some((counter) => idle.has(counter)),
      time: average(served.map((id) => times.get(id))),
      ahead: noWork(),
    };
  };
  const services = new Map(lines.services.map((service) => [service.id, line([service.id])]));
  const zones = new Map(
    lines.zones.map((zone) => [
      zone.id,
      line(lines.services.filter((service) => service.zone === zone.id).map((service) => service.id)),
    ]),
  );
  const visits: Waits['visits'] = {};
  for (const { visitId, service } of lines.waiting) {
    const own = services.get(service);
    const range = own && waitIn(own);
    if (range) visits[visitId] = range;
    const mine = takers.get(service) ?? new Set<string>();
    for (const each of services.values()) add(each.ahead, times.get(service), shareOf(mine, each.counters));
    for (const each of zones.values()) add(each.ahead, times.get(service), shareOf(mine, each.counters));
  }
  return { zones: ranges(zones), services: ranges(services), visits };
}

function average(times: readonly (ServiceTime | undefined)[]): ServiceTime | undefined {
  const known = times.filter((time) => time !== undefined);
  if (known.length === 0 || known.length < times.length) return undefined;
  const mean = known.reduce((sum, time) => sum + time.mean, 0) / known.length;
  const cv = known.reduce((sum, time) => sum + time.cv, 0) / known.length;
  return { mean, cv };
}

function waitIn({ counters, idle, time, ahead }: Line): MinutesRange | undefined {
  if (counters.size === 0 || !time || ahead.unknown) return undefined;
  const atOnce = idle && ahead.visits === 0;
  const mean = atOnce ? 0 : ahead.mean + time.mean;
  const variance = atOnce ? 0 : ahead.variance + (time.cv * time.mean) ** 2;
  return rangeOf(mean / counters.size, variance / counters.size ** 2);
}

function ranges(lines: ReadonlyMap<string, Line>): Record<string, MinutesRange> {
  const found: Record<string, MinutesRange> = {};
  for (const [id, line] of lines) {
    const range = waitIn(line);
    if (range) found[id] = range;
  }
  return found;
}
