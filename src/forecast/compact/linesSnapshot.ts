import { ticketOf } from '../../lobby/ticket.js';
import type { DaySettings } from '../../protocol/settings.js';
import type { PublicLines } from '../port.js';
import type { CounterSnapshot, LobbySnapshot, VisitSnapshot } from './snapshot.js';
import { serviceSnapshot } from './stateSnapshot.js';

/**
 * The lobby as the public sees it [L14]: everybody is an ordinary customer, and a counter that looks free although
 * somebody waits whom it serves is taken to have just begun with the first of them, for something is done there.
 * A called visit is taken to have begun at its call.
 *
 * @param settings the branch's, as they stand for everybody to read
 * @param at the public beat, UTC ms
 */
export function linesSnapshot(lines: PublicLines, settings: DaySettings, at: number): LobbySnapshot {
  const index = new Map(lines.services.map(({ id }, i) => [id, i]));
  const indexOf = (service: string): number => index.get(service) ?? -1;
  const counters = lines.counters.map(({ id, status, services }): CounterSnapshot => ({
    id,
    vip: false,
    standing: false,
    skills: services.length,
    services: services.length,
    rare: 0,
    takes: lines.services.map((service) => services.includes(service.id)),
    open: status === 'open',
    held: false,
    owesNormal: false,
    turn: 0,
    freeSince: 0,
  }));
  const visits: VisitSnapshot[] = [];
  const add = (
    id: string,
    service: number,
    since: number,
    there?: { counter: number; from: number },
  ): void => {
    visits.push({
      id,
      ticket: ticketOf('A', visits.length + 1),
      tier: 0,
      appointment: false,
      services: [service],
      stage: there ? 'serving' : 'waiting',
      ...(there && { counter: there.counter, startedAt: there.from }),
      place: since,
      since,
      overtaken: 0,
      needs: 0,
    });
  };
  for (const [counter, { status, services, call }] of lines.counters.entries()) {
    if (call) add(call.visitId, indexOf(call.service), call.at, { counter, from: call.at });
    const first = lines.waiting.find(({ service, place }) => place <= at && services.includes(service));
    if (!call && status === 'open' && first) add('', indexOf(first.service), at, { counter, from: at });
  }
  for (const { visitId, service, place } of lines.waiting) add(visitId, indexOf(service), place);
  return {
    settings,
    vipRun: 0,
    services: lines.services.map(serviceSnapshot),
    counters,
    visits,
    running: [],
  };
}
