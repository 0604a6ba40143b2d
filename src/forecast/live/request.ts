import { branchModelOf, type Expectation } from '../ahead/expectation.js';
import type { WaitEnd } from '../ahead/future.js';
import { lookAhead, type Spread } from '../ahead/waits.js';
import { lobbyOf, type LobbySnapshot } from '../compact/snapshot.js';

/** A look ahead as plain data, for another thread. */
export interface AheadRequest {
  expectation: Expectation;
  /** Branch time, UTC ms. */
  at: number;
  runs: number;
  seed: number;
  /** Services by index, for each zone. */
  zones: number[][];
  waitEnd: WaitEnd;
  /** Lobbies to be compared, on the same futures. */
  variants: Variant[];
}

export interface Variant {
  lobby: LobbySnapshot;
  /** Id of a waiting, flagged visit whose love window is confirmed at once. */
  confirm?: string;
}

/** One variant's figures; whoever has no estimate is absent. */
export interface AheadAnswer {
  /** Futures that the figures rest on. */
  runs: number;
  visits: Record<string, Spread>;
  zones: (Spread | undefined)[];
  services: (Spread | undefined)[];
}

/** Works a request out: takes milliseconds per hundred runs, so the live server asks a thread for it. */
export function answerTo({
  expectation,
  at,
  runs,
  seed,
  zones,
  waitEnd,
  variants,
}: AheadRequest): AheadAnswer[] {
  const model = branchModelOf(expectation);
  return variants.map(({ lobby: snapshot, confirm }) => {
    const lobby = lobbyOf(snapshot, { called: () => undefined, held: () => undefined });
    const flagged = lobby.waiting.find(({ visitId }) => visitId === confirm);
    if (flagged) lobby.confirm(flagged, at);
    const { visits, ...others } = lookAhead(lobby, model, at + 1, runs, seed, zones, waitEnd);
    return {
      ...others,
      runs,
      visits: Object.fromEntries(
        visits.map(({ visit, p10, p50, p90, mean }) => [visit.visitId, { p10, p50, p90, mean }]),
      ),
    };
  });
}
