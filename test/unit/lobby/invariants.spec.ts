import fc from 'fast-check';
import { evolve } from '../../../src/lobby/evolve.js';
import { emptyState, type LobbyState } from '../../../src/lobby/state.js';
import { sealedFields } from '../../../src/lobby/events.js';
import type { DaySettings, RatioStep } from '../../../src/protocol/settings.js';
import { callingModes } from '../../../src/protocol/vocabulary.js';
import { LobbyDay, setupWith, tellerAt } from '../../support/lobby.js';
import { Witness } from '../../support/invariants.js';
import { randomCommand, steps, type Step } from '../../support/randomDay.js';

/** A day whose every event the witness sees. */
function witnessed(): { day: LobbyDay; witness: Witness } {
  const day = new LobbyDay();
  const witness = new Witness();
  let seen = 0;
  day.onEvents = () => {
    witness.see(day.log.slice(seen));
    seen = day.log.length;
  };
  return { day, witness };
}

const ratios: RatioStep[][] = [
  [
    { of: 'vip2', calls: 2 },
    { of: 'vip1', calls: 1 },
    { of: 'rest', calls: 2 },
  ],
  [
    { of: 'normal', calls: 1 },
    { of: 'special', calls: 1 },
  ],
  [{ of: 'appointment', calls: 3 }],
];

const rules: Partial<DaySettings>[] = [
  {},
  {
    waitRules: [
      { of: 'class', id: 'vip1', minutes: 2 },
      { of: 'service', id: 'personal', minutes: 1 },
    ],
    overflows: [
      { counterId: 'w1', serviceId: 'cash', seconds: 45 },
      { counterId: 'w2', serviceId: 'personal', seconds: 200 },
    ],
  },
  {
    waitRules: [{ of: 'zone', id: 'cash', minutes: 3 }],
    quickCounters: [{ counterId: 'w1', minutes: 4, others: 'ifNoneWaits' }],
  },
  {
    overflows: [{ counterId: 'w4', serviceId: 'cash', seconds: 90 }],
    quickCounters: [
      { counterId: 'w2', minutes: 5, others: 'never' },
      { counterId: 'w4', minutes: 3.6, others: 'ifNoneWaits' },
    ],
  },
  { waitRules: [{ of: 'class', id: 'normal', minutes: 0 }] },
];

function runDay(plan: { seed: Step[]; autoCall: boolean; mode: number; open: number }): LobbyDay {
  const { day, witness } = witnessed();
  const mode = callingModes[plan.mode % callingModes.length] ?? 'recommended';
  day.open(
    setupWith({
      autoCall: plan.autoCall,
      mode,
      ratio: ratios[plan.mode % ratios.length] ?? [],
      ...(plan.open === 5 && { protectedBand: false }),
      ...rules[plan.mode % rules.length],
      overtakesToProtect: 1 + (plan.open % 3),
      minutesToProtect: 12,
    }),
  );
  day.signOn(...['w1', 'w2', 'w4', 'w6', 'w3', 'w7', 'w5'].slice(0, plan.open));
  for (const step of plan.seed) {
    randomCommand(day, step);
    // Whatever fell due while the command was given runs, as it does on the server.
    day.seconds(0);
    witness.idle(day.now);
  }
  return day;
}

const anyDay = fc.record({
  seed: fc.array(steps, { maxLength: 160, size: 'max' }),
  autoCall: fc.boolean(),
  mode: fc.nat(59),
  open: fc.integer({ min: 2, max: 7 }),
});
const runs = Number(process.env.LW_PROPERTY_RUNS ?? 45);

/** The state with what the fold may not know blanked out. */
function withoutNeeds(state: LobbyState): LobbyState {
  const copy = structuredClone(state);
  const blank = (visit: LobbyState['visits'][string]): void => {
    if (visit.flag) visit.flag.needs = 'erased';
    if (visit.specialists.length > 0) visit.specialists = 'erased';
  };
  for (const visit of Object.values(copy.visits)) blank(visit);
  for (const slot of Object.values(copy.undo)) blank(slot.visitBefore);
  return copy;
}

/** What random days seldom meet, so that the witness sees it each time. */
describe('Days made for', () => {
  const open = (overtakesToProtect: number, ...counters: string[]): LobbyDay =>
    witnessed()
      .day.open(setupWith({ overtakesToProtect }))
      .signOn(...counters);
  const serve = (day: LobbyDay, counterId: string): string => {
    const id = day.serveNext(counterId);
    day.finish(counterId);
    return id;
  };

  it('[L8] overtaking: protected for this service, not for the next', () => {
    const day = open(1, 'w1', 'w4');
    const { visitId } = day.do({ type: 'IssueTicket', serviceIds: ['cash', 'personal'] }) as {
      visitId: string;
    };
    day.issue('cash', 3);
    day.minutes(1);
    serve(day, 'w1');
    day.issue('cash', 3);
    day.minutes(1);
    expect(serve(day, 'w4')).toBe(visitId);
    serve(day, 'w4');
    serve(day, 'w4');
  });

  it('[L10] flags: in their own order', () => {
    const day = open(10, 'w1');
    const [a, b] = [day.issue(), day.issue()];
    day.flag(b).flag(a).minutes(2);
    expect([serve(day, 'w1'), serve(day, 'w1')]).toEqual([b.id, a.id]);
  });

  it('[P-3] VIPs: two in a row', () => {
    const day = open(10, 'w1');
    for (const tier of [1, 1, 1, 1, 0, 0] as const) day.issue('cash', tier);
    day.minutes(1);
    for (let calls = 0; calls < 6; calls += 1) serve(day, 'w1');
  });

  it('[P-4] a scarce counter: long services go elsewhere', () => {
    const day = open(10, 'w1', 'w4');
    const elder = day.issue();
    day.flag(elder, ['lowCounter']);
    day.serveNext('w4');
    day.do({ type: 'ParkVisit', ...day.on(elder) }, tellerAt('w4'));
    day.issue('personalComplex');
    day.try({ type: 'CallNext' }, tellerAt('w4'));
  });
});

describe('Random days', () => {
  it('[L1–L11, L15, L16] hold on every event, in every mode', () => {
    fc.assert(
      fc.property(anyDay, (plan) => {
        runDay(plan);
      }),
      { numRuns: runs, endOnFailure: true },
    );
  });

  it('[L13] the same log gives the same state, with and without the day key', () => {
    fc.assert(
      fc.property(anyDay, (plan) => {
        const day = runDay(plan);
        expect(day.refold()).toEqual(JSON.parse(JSON.stringify(day.state)));
        const erased = emptyState('main');
        for (const occurrence of day.log) {
          const event = structuredClone(occurrence.event) as Record<string, unknown> &
            typeof occurrence.event;
          const field = sealedFields[event.type];
          if (field) event[field as 'type'] = 'erased' as never;
          evolve(erased, { ...occurrence, event });
        }
        expect(withoutNeeds(erased)).toEqual(withoutNeeds(day.state));
      }),
      { numRuns: Math.ceil(runs / 3), endOnFailure: true },
    );
  });

  it('[R-3] a finish asks for a rating, its undo takes the question back, a rating answers it; nothing else touches it', () => {
    const touched = new Set<string>();
    const ratings = (state: LobbyState): string =>
      JSON.stringify(Object.values(state.counters).map(({ rating }) => rating ?? null));
    fc.assert(
      fc.property(anyDay, (plan) => {
        const state = emptyState('main');
        for (const occurrence of runDay(plan).log) {
          const before = ratings(state);
          evolve(state, occurrence);
          const { type } = occurrence.event;
          if (type !== 'DayOpened' && ratings(state) !== before) touched.add(type);
        }
      }),
      { numRuns: Math.ceil(runs / 3), endOnFailure: true },
    );
    expect(touched).toContain('ServiceFinished');
    for (const type of touched)
      expect(['ServiceFinished', 'Undone', 'ServiceRated', 'ServiceInterrupted']).toContain(type);
  });

  it('[L6] every episode ends, whatever happened before, once the day is left alone', () => {
    fc.assert(
      fc.property(anyDay, (plan) => {
        const day = runDay(plan);
        day.minutes(24 * 60);
        expect(day.state.phase).toBe('closed');
        expect(Object.values(day.state.episodes).filter((episode) => !episode.ended)).toEqual([]);
      }),
      { numRuns: Math.ceil(runs / 3), endOnFailure: true },
    );
  });
});
