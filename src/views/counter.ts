import type { CounterView, SignStatus } from '../protocol/views.js';
import type { Counter, LobbyState, Visit } from '../lobby/state.js';
import { labelIn, nameIn, onTheBeat, setupFor, staffCommon } from './common.js';
import type { StaffContext } from './context.js';
import { offered } from './public-facts.js';

/** The small screen above the counter that `context.key` names; L14's other named exception. */
export function counterView(state: LobbyState, context: StaffContext): CounterView {
  const counterId = context.key ?? '';
  const setup = setupFor(state, context);
  const counter = state.counters[counterId];
  const configured = setup?.counters.find((each) => each.id === counterId);
  const visit = counter?.visitId === undefined ? undefined : state.visits[counter.visitId];
  const aloud = visit && isAloud(visit) ? visit : undefined;
  return {
    ...staffCommon(state, onTheBeat(context)),
    counterId,
    label: labelIn(setup, counterId),
    status: counter ? signStatus(counter, visit) : 'closed',
    standing: configured?.standing ?? false,
    ...(aloud && { ticket: aloud.ticket, ...(counter?.hold && { loveWindow: true }) }),
    ...(counter?.servedAt !== undefined && { servedAt: counter.servedAt }),
    zone: nameIn(setup?.zones ?? [], configured?.zone),
    services: (counter ? offered(state, counter) : []).map((id) => nameIn(setup?.services ?? [], id)),
  };
}

/** At the counter as anybody is: who was fetched there quietly and then declined is an ordinary customer [E-13]. */
const isAloud = ({ stage, flag }: Visit): boolean =>
  (stage.status === 'called' || stage.status === 'serving') && !(stage.quiet && flag);

/**
 * The number called to a counter or served there stays on its sign, also when the counter is then kept for
 * somebody: the board sent that customer here [W-30]. A visit in service is shown through a pause put on later.
 */
function signStatus(counter: Counter, visit: Visit | undefined): SignStatus {
  if (!counter.teller) return 'closed';
  if (visit && isAloud(visit)) return visit.stage.status === 'called' ? 'called' : 'serving';
  if (counter.hold || visit?.stage.status === 'called' || visit?.stage.status === 'serving')
    return 'loveWindow';
  return counter.pause || counter.faulty ? 'paused' : 'free';
}
