import type { Rejection } from '../protocol/codes.js';
import type { StaffingChange } from '../protocol/commands.js';
import { isOpen } from './capability.js';
import { named, setupOf } from './lookup.js';
import { reject } from './reject.js';
import type { LobbyState } from './state.js';

/** Why a manager's "what if" is no question: nothing would change, or it names what the branch does not have. */
export function changeProblem(
  state: LobbyState,
  { counterId, to, serviceIds }: StaffingChange,
): Rejection | undefined {
  if (state.phase !== 'open') return reject('day-not-open');
  const counter = named(state.counters, counterId);
  if (!counter) return reject('unknown-counter');
  if (to === 'open' && isOpen(counter)) return reject('counter-open');
  if (to === 'closed' && !isOpen(counter)) return reject('counter-closed');
  const known = new Set(setupOf(state).services.map(({ id }) => id));
  return to === 'services' && !serviceIds?.every((id) => known.has(id))
    ? reject('unknown-service')
    : undefined;
}
