import type { KioskView } from '../protocol/views.js';
import { instantOf } from '../lobby/wall-clock.js';
import { keyed, noticesOf, publicCommon } from './common.js';
import type { PublicContext } from './context.js';
import type { PublicFacts, PublicService } from './public-facts.js';

type Closed = NonNullable<KioskView['services'][string]['closed']>;

/**
 * [L14] Services of a room are offered by a kiosk inside it only. Hours are told on the beat; between a
 * closing hour and its beat the core refuses the ticket.
 */
export function kioskView(facts: PublicFacts, context: PublicContext): KioskView {
  const { published, key } = context;
  const common = publicCommon(facts, context);
  const seen = new Set(facts.zones.filter((zone) => !zone.room || zone.id === key).map((zone) => zone.id));
  // [W-23] A pause is short; what a hold or a closing keeps from a counter is not public.
  const staffed = new Set(
    facts.counters.flatMap((counter) => (counter.status === 'closed' ? [] : counter.services)),
  );
  const services = keyed(
    facts.services.filter((service) => seen.has(service.zone)),
    (service) => service.id,
    (service, order) => {
      const minutes = published?.services[service.id];
      const closed = common.phase === 'open' ? closedNow(facts, service, published?.at) : 'tickets';
      return {
        name: service.name,
        order,
        class: service.class,
        documents: service.documents,
        waiting: facts.waiting.filter((visit) => visit.service === service.id).length,
        ...(minutes && { minutes }),
        ...(closed && { closed }),
        ...(!closed && !staffed.has(service.id) && { unstaffed: true as const }),
      };
    },
  );
  return {
    ...common,
    services,
    issuing: common.phase === 'open',
    notices: noticesOf(facts.notices.filter(({ kind }) => kind !== 'slide')),
  };
}

function closedNow(facts: PublicFacts, service: PublicService, at: number | undefined): Closed | undefined {
  const { from, to } = service.hours;
  if (at !== undefined && (at < instantOf(facts, from) || at >= instantOf(facts, to))) return 'hours';
  return service.full ? 'cap' : undefined;
}
