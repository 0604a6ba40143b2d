import type { Decision, Input } from '../lobby/input.js';
import type { Occurrence } from '../lobby/events.js';
import type { LobbyState } from '../lobby/state.js';
import type { LoveWindowPlan } from '../protocol/commands.js';
import type { Rejection } from '../protocol/codes.js';

/** The pure functions that a runner drives; the tests of the runtime give it smaller ones. */
export interface Core {
  emptyState(branchId: string): LobbyState;
  /** Advances `state` by the events it returns; a rejection leaves it untouched, an exception is a bug. */
  decide(state: LobbyState, input: Input): Decision;
  evolve(state: LobbyState, occurrence: Occurrence): void;
  /** Next instant (UTC ms) at which time alone changes something; at or before `now` means due already. */
  nextDeadline(state: LobbyState, now: number): number | null;
  /** Answers PreviewLoveWindow; changes nothing. */
  preview(state: LobbyState, visitId: string, at: number): { ok: true; result: LoveWindowPlan } | Rejection;
}
