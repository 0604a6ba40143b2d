import type { Entry } from '../../src/history/entry.js';
import { Reckoning, type SeenVisit } from './reckoning.js';
import { tell } from './telling.js';

const MINUTE = 60_000;
const classOf = (visit: SeenVisit): string =>
  visit.flag ? 'special' : visit.tier > 0 ? 'vip' : visit.booked ? 'appointment' : 'normal';

/**
 * A day's report once more, with pencil and paper: from the events and the lobby as `Reckoning` tells it, without a
 * line of `src/lobby` or `src/history`. Overtakes are weighed anew and not read from the log.
 */
export function recount(entries: readonly Entry[]) {
  const seen = new Reckoning();
  const waits: Record<string, number[]> = { special: [], vip: [], appointment: [], normal: [] };
  const unserved: Record<string, string> = {};
  const overtaken: Record<string, number> = { special: 0, vip: 0, appointment: 0, normal: 0 };
  const waited = new Set<string>();
  const signedOn = new Map<string, number>();
  const heldSince = new Map<string, number>();
  let [staffMinutes, heldMinutes, longestRun, episodes] = [0, 0, 0, 0];
  const begun = (visit: SeenVisit): string => `${visit.id} since ${String(visit.since)}`;
  for (const entry of entries) {
    const { event, at, actorId, commandId } = entry;
    // eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check -- what no figure depends on is told below
    switch (event.type) {
      case 'VisitCalled':
        if (!seen.isExempt(event) && !seen.visit(event.visitId).flag)
          for (const id of seen.overtakenBy(event))
            if (!seen.visit(id).flag) overtaken[classOf(seen.visit(id))]! += 1;
        longestRun = Math.max(longestRun, event.vipRun);
        break;
      case 'ServiceStarted': {
        const visit = seen.visit(event.visitId);
        if (waited.has(begun(visit))) break;
        waited.add(begun(visit));
        waits[classOf(visit)]!.push(Math.max(0, at - visit.since) / MINUTE);
        break;
      }
      case 'VisitEnded': {
        const visit = seen.visit(event.visitId);
        if (event.how !== 'served' && !waited.has(begun(visit)))
          unserved[`${actorId} ${commandId} ${visit.id}`] = classOf(visit);
        break;
      }
      case 'Undone':
        delete unserved[`${actorId} ${event.commandId} ${event.visitId}`];
        break;
      case 'TellerSignedOn':
        if (event.tookOverFrom === undefined) signedOn.set(event.counterId, at);
        break;
      case 'TellerSignedOff':
        staffMinutes += (at - signedOn.get(event.counterId)!) / MINUTE;
        signedOn.delete(event.counterId);
        break;
      case 'LoveWindowConfirmed':
        episodes += 1;
        break;
      case 'CounterHeld':
        heldSince.set(event.counterId, at);
        break;
      case 'CounterReleased':
        heldMinutes += (at - heldSince.get(event.counterId)!) / MINUTE;
        heldSince.delete(event.counterId);
        break;
      default:
    }
    tell(seen, structuredClone(event), entry);
  }
  const end = entries.at(-1)!.at;
  for (const since of signedOn.values()) staffMinutes += (end - since) / MINUTE;
  for (const since of heldSince.values()) heldMinutes += (end - since) / MINUTE;
  const inClass = (name: string): number => Object.values(unserved).filter((each) => each === name).length;
  return {
    waits,
    unserved: {
      special: inClass('special'),
      vip: inClass('vip'),
      appointment: inClass('appointment'),
      normal: inClass('normal'),
    },
    overtaken,
    longestRun,
    episodes,
    staffMinutes,
    heldMinutes,
  };
}
