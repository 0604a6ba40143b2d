import type { Audience, ViewOf } from '../../../src/protocol/views.js';
import type { BranchSetup, DaySettings } from '../../../src/protocol/settings.js';
import { linesForecast } from '../../../src/forecast/lines.js';
import { publicEstimates, type PublicEstimates } from '../../../src/views/published.js';
import type { LobbyState } from '../../../src/lobby/state.js';
import { viewFor } from '../../../src/views/view.js';
import { type LobbyDay, setupWith } from '../../support/lobby.js';

/** Views of a day, with the estimates of its latest beat. */
export class Seen {
  published?: PublicEstimates;

  constructor(readonly day: LobbyDay) {}

  /** The public beat. */
  beat(): this {
    this.published = publicEstimates(this.day.state, this.day.now, linesForecast);
    return this;
  }

  view<A extends Audience>(audience: A, key?: string): ViewOf[A] {
    return seen(this.day.state, audience, this.day.now, key, this.published);
  }
}

export const seen = <A extends Audience>(
  state: LobbyState,
  audience: A,
  now: number,
  key: string | undefined,
  published: PublicEstimates | undefined,
): ViewOf[A] =>
  viewFor(audience, state, {
    now,
    demo: false,
    ...(key !== undefined && { key }),
    ...(published && { published }),
  });

/** The template's branch with a room: its zone `vip`, a service and the counter `w5` in it. */
export function branchWithRoom(
  settings: Partial<DaySettings> = {},
  counterIds?: readonly string[],
): BranchSetup {
  const setup = setupWith(settings, counterIds);
  const wealth = setup.services.find((service) => service.id === 'personal');
  if (!wealth) throw new Error('the template has lost its service "personal"');
  return {
    ...setup,
    zones: [...setup.zones, { id: 'vip', name: { zh: '贵宾室', en: 'Private room' }, room: true }],
    services: [
      ...setup.services,
      { ...wealth, id: 'wealth', prefix: 'P', zone: 'vip', name: { zh: '财富管理', en: 'Private banking' } },
    ],
    counters: setup.counters.map((counter) =>
      counter.id === 'w5' ? { ...counter, zone: 'vip', services: [...counter.services, 'wealth'] } : counter,
    ),
  };
}
