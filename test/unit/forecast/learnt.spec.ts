import { minutesAtCounter } from '../../../src/forecast/ahead/minutes.js';
import { costToOthers } from '../../../src/forecast/cost.js';
import { linesSnapshot } from '../../../src/forecast/compact/linesSnapshot.js';
import { lobbyOf } from '../../../src/forecast/compact/snapshot.js';
import { stateSnapshot } from '../../../src/forecast/compact/stateSnapshot.js';
import { simpleForecast } from '../../../src/forecast/simple.js';
import { nextAt } from '../../../src/lobby/choice/next.js';
import type { Occurrence } from '../../../src/lobby/events.js';
import { evolve } from '../../../src/lobby/evolve.js';
import { counterOf, settingsOf } from '../../../src/lobby/lookup.js';
import { expectedRemaining } from '../../../src/lobby/remaining.js';
import { emptyState } from '../../../src/lobby/state.js';
import type { BranchSetup, DaySettings } from '../../../src/protocol/settings.js';
import { publicFacts } from '../../../src/views/public-facts.js';
import { LobbyDay, manager, setupWith } from '../../support/lobby.js';

const silent = { called: () => undefined, held: () => undefined };
const learnt = { mean: 14, cv: 0.5, services: 900 };

/** A branch whose cash customers take 14 minutes, not the 3.6 that were set. */
const slowCash = (settings: Partial<DaySettings> = {}): BranchSetup => {
  const setup = setupWith(settings);
  return {
    ...setup,
    services: setup.services.map((service) => (service.id === 'cash' ? { ...service, learnt } : service)),
  };
};

/** A cash customer at window 1 since four minutes, and one who waits. */
function busy(setup: BranchSetup): LobbyDay {
  const day = new LobbyDay().open(setup).signOn('w1');
  day.issue('cash');
  day.serveNext('w1');
  day.minutes(4).issue('cash');
  return day;
}

const remaining = ({ state, now }: LobbyDay): number =>
  expectedRemaining(state, counterOf(state, 'w1'), now) ?? NaN;

it('[P-23] estimates go by what is learnt, where the branch wants it, and at once when it changes its mind', () => {
  const [set, own] = [busy(setupWith()), busy(slowCash())];
  expect(remaining(set)).toBeLessThan(3);
  expect(remaining(own)).toBeGreaterThan(8);
  const told = (day: LobbyDay) => {
    const scene = { branchId: 'main', state: day.state, at: day.now, lines: publicFacts(day.state) };
    return [
      simpleForecast.lines(scene).services['cash']?.low,
      Object.values(simpleForecast.visits(scene))[0]?.low,
    ];
  };
  for (const [i, minutes] of told(own).entries()) expect(minutes).toBeGreaterThan(told(set)[i]! + 3);
  own.do({ type: 'ChangeSettings', settings: { learntTimes: false } }, { ...manager, role: 'branchManager' });
  expect(remaining(own)).toBeCloseTo(remaining(set), 1);
  expect(told(own)).toEqual(told(set));
  expect(remaining(busy(slowCash({ learntTimes: false })))).toBeCloseTo(remaining(set), 6);
});

it('[P-23] what a plan costs, and the work that advice and roster reckon with, go by what is learnt', () => {
  const cost = (setup: BranchSetup) => {
    const day = busy(setup);
    const flagged = day.issue('cash');
    day.flag(flagged);
    return costToOthers(day.state, { visitId: flagged.id, counterId: 'w1' }, day.now)?.minutes ?? NaN;
  };
  expect(cost(slowCash()) - cost(setupWith())).toBeGreaterThan(8);
  const minutes = ({ services, settings }: BranchSetup) =>
    minutesAtCounter(
      services,
      services.map(({ id }) => (id === 'cash' ? 1 : 0)),
      settings,
    );
  expect(minutes(slowCash()) - minutes(setupWith())).toBeCloseTo(14 - 3.6, 6);
  expect(minutes(slowCash({ learntTimes: false }))).toBe(minutes(setupWith()));
});

it('[P-23] whom to call goes by what was set, live and in forward runs of either kind', () => {
  const calls = (setup: BranchSetup) => {
    const day = new LobbyDay().open(setup).signOn('w1');
    day.issue('personalComplex');
    day.minutes(2).issue('cash');
    day.minutes(5);
    // Seven minutes of a long service weigh less than five of a short one, and more than of one of 14 minutes.
    const floors = [
      lobbyOf(stateSnapshot(day.state), silent),
      lobbyOf(linesSnapshot(publicFacts(day.state), settingsOf(day.state), day.now), silent),
    ];
    const inRuns = floors.map((floor) => {
      const { picked } = nextAt(floor, floor.counters[0]!, day.now);
      return floor.services[picked?.visit.service ?? -1]?.id;
    });
    return [day.visit(day.callNext('w1')).services[0], ...inRuns];
  };
  expect(calls(setupWith())).toEqual(['cash', 'cash', 'cash']);
  expect(calls(slowCash())).toEqual(['cash', 'cash', 'cash']);
  const { services } = lobbyOf(stateSnapshot(busy(slowCash()).state), silent);
  expect(services.find(({ id }) => id === 'cash')).toMatchObject({ mean: 14, cv: 0.5, setMean: 3.6 });
});

it('[P-23, L13] a log from before there was anything to learn folds, and goes by what was set', () => {
  const day = busy(setupWith());
  const old = structuredClone(day.log).map((occurrence): Occurrence => {
    if (occurrence.event.type === 'DayOpened') delete occurrence.event.setup.settings.learntTimes;
    return occurrence;
  });
  const state = emptyState('main');
  for (const occurrence of old) evolve(state, occurrence);
  expect(state.setup?.settings).not.toHaveProperty('learntTimes');
  expect(expectedRemaining(state, counterOf(state, 'w1'), day.now)).toBe(remaining(day));
});
