import { randomUUID } from 'node:crypto';
import type { RunningServer } from '../boot.js';
import type { Actor } from '../lobby/input.js';
import type { TicketIssued } from '../protocol/commands.js';

const actor: Actor = { id: 'demo', role: 'kiosk', name: '', skills: [], session: '' };

/**
 * A ticket for whoever looks at the demo, and the same one until it has ended [W-80].
 * @returns where its page is; undefined while no ticket can be taken
 */
export function demoTicket(server: RunningServer, branchId: string): () => Promise<string | undefined> {
  let taken: string | undefined;
  let looking: Promise<void> | undefined;
  const take = async (): Promise<string | undefined> => {
    const { state } = server.lobbies.shown(branchId);
    // The first service that gives a ticket: one may be full, or out of its hours.
    for (const { id } of state.phase === 'open' ? (state.setup?.services ?? []) : []) {
      const answer = await server.lobbies.execute(branchId, {
        id: randomUUID(),
        day: state.day,
        command: { type: 'IssueTicket', serviceIds: [id] },
        actor,
      });
      if (answer.ok) return (answer.result as TicketIssued).visitId;
    }
    return undefined;
  };
  const look = async (): Promise<void> => {
    const { state } = server.lobbies.shown(branchId);
    if (taken === undefined || !(taken in state.present)) taken = await take();
  };
  return async () => {
    // Who asks while a ticket is being taken waits for that one.
    looking ??= look().finally(() => {
      looking = undefined;
    });
    await looking;
    return taken && `/ticket/#token=${taken}.${server.tickets.tokenOf(taken)}`;
  };
}
