import { isOpen, takersOf } from './capability.js';
import { counters, waitingVisits } from './lookup.js';
import type { Counter, LobbyState } from './state.js';

/**
 * [L7] what stands against taking this counter out of normal service: it would leave no counter for
 * normals, or none for a waiting service. Undefined: nothing does. `closingTime` is true once tickets
 * have ended, when an empty lobby may be left by its last counter.
 */
export function withoutCounter(
  state: LobbyState,
  counter: Counter,
  closingTime: boolean,
): { code: 'last-counter' } | { code: 'last-counter-for-service'; serviceId: string } | undefined {
  if (!isOpen(counter)) return undefined;
  const others = [...counters(state)].filter((other) => other.id !== counter.id && isOpen(other));
  const empty = Object.keys(state.present).length === 0;
  if (others.length === 0) return closingTime && empty ? undefined : { code: 'last-counter' };
  if (!counter.hold && others.every((other) => other.hold)) return { code: 'last-counter' };
  for (const visit of waitingVisits(state)) {
    const serviceId = visit.services[0];
    const [taker, ...more] = takersOf(state, visit);
    if (serviceId !== undefined && taker?.id === counter.id && more.length === 0)
      return { code: 'last-counter-for-service', serviceId };
  }
  return undefined;
}
