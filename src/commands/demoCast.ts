import type { Cast } from '../demo/players.js';
import type { DemoServer } from './demoServer.js';

/** Commands a second that a demo's screens may send: a fast day does in a second what a branch does in a minute. */
const fast = { perSecond: 200, burst: 400 };
export const demoRates = { staff: fast, device: fast, ticket: { perSecond: 10, burst: 20 } };

/** The screens of a demo at which its players sit down. */
export function castOf({ people, screens }: Pick<DemoServer, 'people' | 'screens'>): Cast {
  const tokensOf = (kind: 'kiosk' | 'rating'): string[] =>
    screens.screens.filter((screen) => screen.kind === kind).map(({ url }) => url.split('#token=')[1] ?? '');
  return {
    manager: people.find(({ role }) => role === 'lobbyManager')?.token ?? '',
    kiosk: tokensOf('kiosk')[0] ?? '',
    tellers: people.flatMap(({ counterId, token }) =>
      counterId === undefined ? [] : [{ counterId, token }],
    ),
    pads: tokensOf('rating'),
  };
}
