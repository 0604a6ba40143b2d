import type { Identity } from '../identity/identity.js';
import { permits } from '../identity/policy.js';
import type { TicketTokens } from '../identity/tokens.js';
import type { Whois } from '../identity/whois.js';
import type { Rejection } from '../protocol/codes.js';
import type {
  Accepted,
  Ack,
  Command,
  CommandMessage,
  CommandType,
  TicketIssued,
} from '../protocol/commands.js';
import type { HelpPlace, Role } from '../protocol/vocabulary.js';
import type { Lobbies } from '../runtime/lobbies.js';
import type { CommandLimits } from './limits.js';
import { parseCommand, refuse } from './parse.js';

/** Where a role may say that help is wanted; a role that isn't named may say any place. */
const placesOfHelp: Partial<Record<Role, readonly HelpPlace[]>> = {
  kiosk: ['kiosk', 'button'],
  phone: ['phone'],
  teller: ['teller'],
};

/** Commands whose result is a ticket. */
const givesTicket: ReadonlySet<CommandType> = new Set<CommandType>([
  'IssueTicket',
  'CheckIn',
  'FlagNewVisit',
]);

/** The one way in for commands, whatever brought them. Every outcome is an answer; nothing is thrown. */
export class CommandDoor {
  constructor(
    private readonly lobbies: Lobbies,
    private readonly whois: Whois,
    private readonly limits: CommandLimits,
    private readonly tickets: TicketTokens,
  ) {}

  /** @param branchId the branch the message is for; another one than the sender's does not exist for it */
  async handle(identity: Identity, branchId: string, payload: unknown): Promise<Ack> {
    if (!this.limits.take(identity)) return refuse('too-many');
    if (!this.whois.alive(identity, true)) return refuse('not-signed-in');
    if (identity.branchId !== branchId || !this.lobbies.has(branchId)) return refuse('unknown-branch');

    const parsed = parseCommand(payload);
    if (!parsed.ok) return parsed;
    const { command } = parsed.message;
    if (!permits(identity.actor.role, command.type, identity.branchId, branchId)) return refuse('forbidden');
    const foreign = notOwn(identity, command);
    if (foreign !== undefined) return foreign;

    const message = { ...parsed.message, command: ofOwnVisit(identity, command) };
    const ack = await this.lobbies.execute(branchId, { ...message, actor: identity.actor });
    return ack.ok ? forRole(identity, this.#withTicketToken(message, ack)) : ack;
  }

  /** Counts a message that is no command against the sender's limit. */
  allow(identity: Identity): boolean {
    return this.limits.take(identity);
  }

  #withTicketToken({ command }: CommandMessage, ack: Accepted): Accepted {
    if (!givesTicket.has(command.type)) return ack;
    const issued = ack.result as TicketIssued;
    return { ...ack, result: { ...issued, token: this.tickets.tokenOf(issued.visitId) } };
  }
}

/** [L14] the log's seq would tell the public when something happened that they may not see. */
const forRole = ({ kind }: Identity, ack: Accepted): Accepted =>
  kind === 'staff' ? ack : { ...ack, seq: 0 };

/** A phone acts on its own visit only; others' do not exist for it. A kiosk does not know who is a VIP [S-2]. */
function notOwn({ actor }: Identity, command: Command): Rejection | undefined {
  if (actor.visitId !== undefined && 'visitId' in command && command.visitId !== actor.visitId)
    return refuse('unknown-visit');
  if (command.type === 'RequestHelp' && placesOfHelp[actor.role]?.includes(command.place) === false)
    return refuse('forbidden');
  if (actor.role === 'kiosk' && command.type === 'IssueTicket' && (command.tier ?? 0) > 0)
    return refuse('forbidden');
  return undefined;
}

/** A phone that asks for help asks for its own visit. */
const ofOwnVisit = ({ actor }: Identity, command: Command): Command =>
  command.type === 'RequestHelp' && actor.visitId !== undefined
    ? { ...command, visitId: actor.visitId }
    : command;
