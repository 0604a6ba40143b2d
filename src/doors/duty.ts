import { randomUUID } from 'node:crypto';
import type { Sessions } from '../identity/sessions.js';
import type { Lobbies } from '../runtime/lobbies.js';
import { systemActor } from '../runtime/system.js';

/**
 * Takes managers off duty who have no session any more (signed out, idle too long, disabled): help requests
 * must not wait for somebody who has gone home. What fails is tried again at the next look.
 */
export async function endForgottenDuty(lobbies: Lobbies, sessions: Sessions): Promise<void> {
  const onDuty = lobbies.branchIds().flatMap((branchId) => {
    const { state, alive } = lobbies.shown(branchId);
    const staffIds = alive && state.phase === 'open' ? Object.keys(state.managers) : [];
    return staffIds.map((staffId) => ({ branchId, staffId }));
  });
  if (onDuty.length === 0) return;
  const here = await sessions.signedIn(onDuty.map(({ staffId }) => staffId));
  const gone = onDuty.filter(({ staffId }) => !here.has(staffId));
  await Promise.all(
    gone.map(({ branchId, staffId }) =>
      lobbies.execute(branchId, {
        id: `off-duty-${randomUUID()}`,
        command: { type: 'EndDuty', staffId },
        actor: systemActor,
      }),
    ),
  );
}
