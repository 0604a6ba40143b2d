import { canServe, isOpen, openFor } from './capability.js';
import { counters, waitingVisits } from './lookup.js';
import { protectedFor } from './next.js';
import type { Counter, LobbyState } from './state.js';

export type Obstacle = 'noneFits' | 'allHeld' | 'bounds';

/** [L7] whether one more hold may begin: held < max(1, ⌊open/3⌋), and one stays for normals of two or more. */
export function mayHoldOneMore(state: LobbyState): boolean {
  let open = 0;
  let openHeld = 0;
  let held = 0;
  for (const counter of counters(state)) {
    if (counter.hold) held += 1;
    if (!isOpen(counter)) continue;
    open += 1;
    if (counter.hold) openHeld += 1;
  }
  if (held >= Math.max(1, Math.floor(open / 3))) return false;
  return open < 2 || open - openHeld - 1 >= 1;
}

/** [L7] between two holds of one counter a protected normal is called there first. */
export function owesNormalNow(state: LobbyState, counter: Counter, at: number): boolean {
  return counter.owesNormal === true && protectedFor(state, counter, at).length > 0;
}

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
    if (serviceId !== undefined && canServe(state, counter, visit) && openFor(state, visit).length === 1)
      return { code: 'last-counter-for-service', serviceId };
  }
  return undefined;
}
