import type { CommandResults, Command, Question } from '../protocol/commands.js';
import type { Rejection } from '../protocol/codes.js';
import type { BranchSetup } from '../protocol/settings.js';
import type { PrinterFault, Role } from '../protocol/vocabulary.js';
import type { LobbyEvent } from './events.js';
import type { Appointment } from './state.js';
import type { LocalDay } from './wall-clock.js';

/** Who acts, as the session says; never taken from a payload. */
export interface Actor {
  /** Staff id, device id, visit id of a phone, or 'system'. */
  id: string;
  role: Role;
  name: string;
  /** Capabilities a teller brings to a counter. */
  skills: string[];
  /** For the audit of RevealNeeds. */
  session: string;
  /** Counter a rating pad or sign stands at. */
  counterId?: string;
  /** Visit a phone belongs to. */
  visitId?: string;
}

/** What the server itself has learnt, and no client may say. */
export type ServerCommand = {
  type: 'RecordPrinter';
  screen: { id: string; name: string };
  /** Absent: the kiosk's printer works, or it has none any more. */
  trouble?: PrinterFault;
};

/** Commands the runtime adds to those of clients. */
export type CoreCommand =
  | Exclude<Command, { type: 'OpenDay' } | Question>
  | ({ type: 'BeginDay'; day: string; setup: BranchSetup; appointments: Appointment[] } & LocalDay)
  | ServerCommand
  /** A deadline named by `nextDeadline` has come. */
  | { type: 'PassTime' }
  | { type: 'RecordOutage'; from: number; to: number }
  | { type: 'RecordClockStep'; byMs: number };

export interface Input {
  command: CoreCommand;
  /** Command id, unique per stream and actor [L12]. */
  id: string;
  /** Branch time, UTC ms, later than any earlier input's. */
  at: number;
  actor: Actor;
  /** Business date the sender saw; the system's own commands have none. */
  day?: string;
  /** Chance as data: at least 16 hex digits, fresh per command. */
  seed: string;
}

export type AnyResult = CommandResults[keyof CommandResults] | Record<never, never>;

export type Decision = { ok: true; events: LobbyEvent[]; result: AnyResult } | Rejection;
