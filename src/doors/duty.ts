import type { Sessions } from '../identity/sessions.js';
import type { Lobbies } from '../runtime/lobbies.js';
import { systemActor } from '../runtime/system.js';

/** Looks once at a time: while the disk hangs, looks must not pile up. */
export function dutyWatch(lobbies: Lobbies, sessions: Pick<Sessions, 'signedIn'>): () => Promise<void> {
  let looking: Promise<void> | undefined;
  return () =>
    (looking ??= endForgottenDuty(lobbies, sessions).finally(() => {
      looking = undefined;
    }));
}

/**
 * Takes managers off duty who have no session any more (signed out, idle too long, disabled): help requests
 * must not wait for somebody who has gone home. What fails is tried again at the next look.
 */
async function endForgottenDuty(lobbies: Lobbies, sessions: Pick<Sessions, 'signedIn'>): Promise<void> {
  const onDuty = lobbies.branchIds().flatMap((branchId) => {
    const { state, alive, seq } = lobbies.shown(branchId);
    const staffIds = alive && state.phase === 'open' ? Object.keys(state.managers) : [];
    return staffIds.map((staffId) => ({ branchId, staffId, seq }));
  });
  if (onDuty.length === 0) return;
  const here = await sessions.signedIn(onDuty.map(({ staffId }) => staffId));
  const gone = onDuty.filter(({ staffId }) => !here.has(staffId));
  await Promise.all(
    gone.map(({ branchId, staffId, seq }) =>
      lobbies.execute(branchId, {
        // The same look at the same lobby is the same command [L12].
        id: `off-duty-${staffId}-${seq}`,
        command: { type: 'EndDuty', staffId },
        actor: systemActor,
      }),
    ),
  );
}
