import { branchTemplate } from '../lobby/template.js';
import type { BranchSetup, DaySettings } from '../protocol/settings.js';

/**
 * Settings under which nothing of a day asks staff for anything: tasks would only add instants at which time
 * passes. Calls are automatic, as a simulated teller would press the key at once.
 */
export const undisturbed = {
  autoCall: true,
  careAfter: 240,
  careReminder: 120,
  waitLimit: 240,
  vipResponse: 240,
  pauseLimit: 480,
  absentReturn: 480,
  acknowledgeWithin: 600,
  lastTicket: 24 * 60,
  closesItself: 12 * 60,
} as const satisfies Partial<DaySettings>;

/** The published model's branch: eight counters, of which the last two are elastic. */
export function modelBranch(settings: Partial<DaySettings> = {}): BranchSetup {
  return {
    ...branchTemplate,
    services: branchTemplate.services.map((service) => ({ ...service, hours: { from: 0, to: 24 * 60 } })),
    settings: { ...branchTemplate.settings, ...undisturbed, ...settings },
  };
}

/** Counters that are open all day, by index. */
export const standing = branchTemplate.counters.flatMap(({ elastic }, i) => (elastic ? [] : [i]));
/** Counters that are opened when needed, in the order in which they are asked for. */
export const elastic = branchTemplate.counters.flatMap((counter, i) => (counter.elastic ? [i] : []));
