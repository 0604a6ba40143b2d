import type { WallClock } from './database.js';
import type { Devices } from './devices.js';
import type { Identity } from './identity.js';
import { watches } from './policy.js';
import type { Sessions } from './sessions.js';
import { DEVICE_PREFIX, SESSION_PREFIX } from './tokens.js';
import type { TicketTokens } from './tokens.js';

/** Revocations made elsewhere are known within this time. */
const REFRESH_MS = 4_000;
const LONGEST_TOKEN = 200;

/** Where a visit of a running day is; undefined once its day is over. */
export type FindVisit = (visitId: string) => { branchId: string } | undefined;

/** Recognises whatever token is shown at a door: a session's, a screen's or a ticket's. */
export class Whois {
  #timer: NodeJS.Timeout | undefined;
  #refreshed: number;

  constructor(
    private readonly sessions: Sessions,
    private readonly devices: Devices,
    private readonly tickets: TicketTokens,
    private readonly findVisit: FindVisit,
    private readonly wall: WallClock,
  ) {
    this.#refreshed = wall();
  }

  async identify(token: string): Promise<Identity | undefined> {
    if (token.length > LONGEST_TOKEN) return undefined;
    if (token.startsWith(SESSION_PREFIX)) return this.sessions.identify(token);
    if (token.startsWith(DEVICE_PREFIX)) return this.devices.identify(token);
    return this.#ticket(token);
  }

  /** Whether what was recognised earlier is still good; asked at every command. `used`: it is being used now. */
  alive(identity: Identity, used: boolean): boolean {
    switch (identity.kind) {
      case 'staff':
        return this.sessions.alive(identity, used);
      case 'device':
        return this.devices.alive(identity);
      case 'ticket':
        return identity.actor.visitId !== undefined && this.findVisit(identity.actor.visitId) !== undefined;
    }
  }

  /** Begins to look for revocations made by other processes; `after` runs after each look. */
  start(after: () => Promise<void>): void {
    const look = () => this.refresh().then(after);
    // A look that failed is repeated by the next.
    this.#timer = setInterval(() => void look().catch(() => undefined), REFRESH_MS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** One look. A failed one is repeated by the next, which then looks further back. */
  async refresh(): Promise<void> {
    const now = this.wall();
    try {
      await this.sessions.refresh(this.#refreshed - REFRESH_MS);
      await this.devices.refresh(this.#refreshed - REFRESH_MS);
      this.#refreshed = now;
    } catch {
      // The database is away: commands are refused by the store anyhow, and the next look catches up.
    }
  }

  #ticket(token: string): Identity | undefined {
    const visitId = this.tickets.visitOf(token);
    const found = visitId === undefined ? undefined : this.findVisit(visitId);
    if (visitId === undefined || found === undefined) return undefined;
    return {
      kind: 'ticket',
      credential: `ticket:${visitId}`,
      branchId: found.branchId,
      audiences: watches('phone'),
      actor: { id: visitId, role: 'phone', name: '', skills: [], session: visitId, visitId },
    };
  }
}
