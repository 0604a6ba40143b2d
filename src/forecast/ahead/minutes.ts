import { expectedTime } from '../../lobby/service-time.js';
import type { DaySettings, Service } from '../../protocol/settings.js';
import { publishedBranch } from './published.js';

/**
 * Mean minutes that a customer takes a counter, by what is asked for, walk included.
 *
 * @param each how often a customer asks for each of the services, by index
 * @param settings what is expected of a service [P-23], and the minutes of one without a model
 */
export const minutesAtCounter = (
  services: readonly Pick<Service, 'time' | 'learnt'>[],
  each: readonly number[],
  settings: Pick<DaySettings, 'learntTimes' | 'referenceMinutes'>,
): number =>
  services.reduce(
    (sum, service, i) =>
      sum + (each[i] ?? 0) * (expectedTime(service, settings)?.mean ?? settings.referenceMinutes),
    publishedBranch.walk.mean,
  );
