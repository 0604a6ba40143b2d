import type { Service } from '../../protocol/settings.js';
import { publishedBranch } from './published.js';

/**
 * Mean minutes that a customer takes a counter, by what is asked for, walk included.
 *
 * @param each how often a customer asks for each of the services, by index
 * @param reference minutes of a service without a model
 */
export const minutesAtCounter = (
  services: readonly Pick<Service, 'time'>[],
  each: readonly number[],
  reference: number,
): number =>
  services.reduce(
    (sum, { time }, i) => sum + (each[i] ?? 0) * (time?.mean ?? reference),
    publishedBranch.walk.mean,
  );
