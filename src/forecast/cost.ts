import type { LoveWindowPlan } from '../protocol/commands.js';
import { canServe, isOpen } from '../lobby/capability.js';
import { counterOf, counters, presentService, settingsOf, visitOf } from '../lobby/lookup.js';
import { servableBy } from '../lobby/next.js';
import { expectedRemaining } from '../lobby/remaining.js';
import { expectedTime } from '../lobby/service-time.js';
import type { LobbyState } from '../lobby/state.js';
import type { Cost } from './port.js';

/**
 * What a love-window plan costs the others: those waiting without a flag whom its counter could serve. The
 * counter is lost to them for its idle wait for the walk, max(0, walk − R), and the visit's expected
 * service; shared by the open, unheld counters that serve any of them, each waits lost/counters minutes
 * more. A fluid figure (one lost server-minute delays the line by 1/c), to one decimal. Undefined without a
 * counter in the plan or without a model for what runs there or for the visit's service.
 *
 * @param at branch time of the preview, UTC ms
 */
export function costToOthers(state: LobbyState, plan: LoveWindowPlan, at: number): Cost | undefined {
  if (plan.counterId === undefined) return undefined;
  const counter = counterOf(state, plan.counterId);
  const visit = visitOf(state, plan.visitId);
  const others = servableBy(state, counter).filter((other) => other.id !== visit.id && !other.flag);
  if (others.length === 0) return { others: 0, minutes: 0 };
  const remaining = expectedRemaining(state, counter, at);
  const mean = expectedTime(presentService(state, visit), settingsOf(state))?.mean;
  if (remaining === undefined || mean === undefined) return undefined;
  const sharing = [...counters(state)].filter(
    (each) => isOpen(each) && !each.hold && others.some((other) => canServe(state, each, other)),
  ).length;
  if (sharing === 0) return undefined;
  const lost = Math.max(0, settingsOf(state).walkMinutes - remaining) + mean;
  return { others: others.length, minutes: Math.round((lost / sharing) * 10) / 10 };
}
