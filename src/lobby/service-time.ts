import type { DaySettings, Service } from '../protocol/settings.js';

/**
 * What estimates expect of a service: as the branch's own days have it, where it wants that and they say something,
 * else as it was set. Whom to call goes by what was set alone [P-23].
 */
export const expectedTime = (
  service: Pick<Service, 'time' | 'learnt'>,
  { learntTimes }: Pick<DaySettings, 'learntTimes'>,
): Service['time'] => (learntTimes === false ? undefined : service.learnt) ?? service.time;
