import * as fc from 'fast-check';
import { lobbyOf } from '../../../src/forecast/compact/snapshot.js';
import { stateSnapshot } from '../../../src/forecast/compact/stateSnapshot.js';
import { fitting, holdFor } from '../../../src/lobby/choice/hold.js';
import type { Candidate, Floor, Post } from '../../../src/lobby/choice/floor.js';
import { idleIn, nextAt } from '../../../src/lobby/choice/next.js';
import { floorOf } from '../../../src/lobby/floor-of.js';
import type { BranchSetup } from '../../../src/protocol/settings.js';
import { LobbyDay, setupWith } from '../../support/lobby.js';
import { randomCommand, steps } from '../../support/randomDay.js';

const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const DAYS = 25;
const silent = { called: () => undefined, held: () => undefined };

/** Every choice that a lobby offers at an instant, by ids. */
function choices<C extends Post, V extends Candidate>(floor: Floor<C, V>, at: number): unknown {
  return {
    idle: [...idleIn(floor)].map(({ id }) => id),
    next: floor.counters.map((counter) => {
      const { picked } = nextAt(floor, counter, at);
      return [counter.id, picked?.visit.visitId, picked?.rule];
    }),
    remaining: floor.counters.map((counter) => floor.remaining(counter, at)),
    holds: floor.waiting
      .filter(({ flaggedAt }) => flaggedAt !== undefined)
      .map((visit) => {
        const held = holdFor(floor, visit, at);
        return [
          visit.visitId,
          fitting(floor, visit).map(({ id }) => id),
          'counter' in held ? [held.counter.id, held.minutes] : held.obstacle,
        ];
      }),
  };
}

/** What is expected of a service is not what calling goes by [P-23]. */
const learnt = (setup: BranchSetup): BranchSetup => ({
  ...setup,
  services: setup.services.map((service, i) =>
    i % 2 === 0 ? { ...service, learnt: { mean: 3 + 4 * i, cv: 0.7, services: 300 } } : service,
  ),
});

it(`[P-9, P-23] a snapshot of any lobby offers the choices of the lobby itself (SEED=${String(seed)})`, () => {
  let [holds, calls, specialists] = [0, 0, 0];
  fc.assert(
    fc.property(fc.array(steps, { minLength: 60, maxLength: 140 }), (script) => {
      const day = new LobbyDay().open(learnt(setupWith({ autoCall: false }))).signOn('w1', 'w2', 'w4', 'w6');
      for (const step of script) {
        randomCommand(day, step);
        if (day.state.phase !== 'open') return;
        const at = day.now + 1;
        const live = choices(floorOf(day.state), at);
        const snapshot = structuredClone(stateSnapshot(day.state));
        expect(choices(lobbyOf(snapshot, silent), at)).toEqual(live);
        holds += snapshot.counters.filter(({ held }) => held).length;
        calls += snapshot.visits.filter(({ stage }) => stage === 'called').length;
        specialists += snapshot.visits.filter(({ fits }) => fits).length;
      }
    }),
    { seed, numRuns: DAYS },
  );
  // Days on which nothing special happened would prove nothing.
  expect(Math.min(holds, calls)).toBeGreaterThan(50);
  expect(specialists).toBeGreaterThan(0);
});
