import type { BoardView } from '../protocol/views.js';
import { keyed, noticesOf, publicCommon } from './common.js';
import type { PublicContext } from './context.js';
import type { PublicFacts } from './public-facts.js';

const ROWS = 8;

/** [L14] A TV in the lobby, or in the room that `context.key` names: only there the room's lines appear. */
export function boardView(facts: PublicFacts, context: PublicContext): BoardView {
  const { published, key } = context;
  const seen = new Set(facts.zones.filter((zone) => !zone.room || zone.id === key).map((zone) => zone.id));
  const served = servedZones(facts);
  return {
    ...publicCommon(facts, context),
    calls: facts.calls
      .filter((call) => seen.has(call.zone))
      .slice(0, ROWS)
      .map((call) => ({
        ticket: call.ticket,
        counter: call.counter,
        zone: call.zone,
        at: call.at,
        round: call.round,
        ...(call.now === 'calling' && { calling: true as const }),
        ...(call.now === 'missed' && { missed: true as const }),
      })),
    zones: keyed(
      facts.zones.filter((zone) => seen.has(zone.id)),
      (zone) => zone.id,
      (zone, order) => {
        const minutes = published?.zones[zone.id];
        return {
          name: zone.name,
          order,
          waiting: facts.waiting.filter((visit) => visit.zone === zone.id).length,
          ...(!served.has(zone.id) && { unserved: true as const }),
          ...(minutes && { minutes }),
        };
      },
    ),
    counters: keyed(
      facts.counters.filter((counter) => seen.has(counter.zone)),
      (counter) => counter.id,
      (counter, order) => ({ label: counter.label, order, zone: counter.zone, status: counter.status }),
    ),
    ...(published?.priorityNotice && { priorityNotice: true }),
    notices: noticesOf(facts.notices),
  };
}

/** Lines for which somebody is there now: an open counter takes one of their services [SPEC W-51]. */
function servedZones({ counters, services }: PublicFacts): Set<string> {
  const taken = new Set(
    counters.filter(({ status }) => status === 'open').flatMap((counter) => counter.services),
  );
  return new Set(services.filter(({ id }) => taken.has(id)).map(({ zone }) => zone));
}
