import type { Decision, Input } from '../lobby/input.js';
import type { Occurrence } from '../lobby/events.js';
import type { LobbyState } from '../lobby/state.js';
import type { Question, ResultOf } from '../protocol/commands.js';
import type { Rejection } from '../protocol/codes.js';

export type Found = { ok: true; result: ResultOf<Question['type']> } | Rejection;

/** The pure functions that a runner drives; the tests of the runtime give it smaller ones. */
export interface Core {
  emptyState(branchId: string): LobbyState;
  /** Advances `state` by the events it returns; a rejection leaves it untouched, an exception is a bug. */
  decide(state: LobbyState, input: Input): Decision;
  evolve(state: LobbyState, occurrence: Occurrence): void;
  /** Next instant (UTC ms) at which time alone changes something; at or before `now` means due already. */
  nextDeadline(state: LobbyState, now: number): number | null;
  /** Reads all it needs of the state at once; what takes longer than memory comes later. Changes nothing. */
  answer(state: LobbyState, question: Question, at: number): Found | Promise<Found>;
}
