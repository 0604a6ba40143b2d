import * as fc from 'fast-check';
import { linesForecast } from '../../../src/forecast/lines.js';
import type { PublicLines } from '../../../src/forecast/port.js';

const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));

const cash = { id: 'cash', zone: 'cash', class: 'immediate' as const, time: { mean: 4, cv: 0 } };
const loan = { id: 'loan', zone: 'loans', class: 'complex' as const, time: { mean: 30, cv: 0 } };
const counter = (
  id: string,
  services: string[],
  busy = true,
  status: 'open' | 'paused' | 'closed' = 'open',
) => ({
  id,
  services,
  status,
  ...(busy && { call: { visitId: `at ${id}`, service: services[0] ?? '', at: 0 } }),
});
const waiting = (...services: string[]) =>
  services.map((service, i) => ({ visitId: `v${String(i)}`, service, place: i }));

const lines = (part: Partial<PublicLines>): PublicLines => ({
  zones: [{ id: 'cash' }, { id: 'loans' }],
  services: [cash, loan],
  counters: [],
  waiting: [],
  ...part,
});

describe('The wait that the public is told', () => {
  it('is (Σ m ahead + m) / c when all counters are at work', () => {
    const found = linesForecast(
      lines({
        counters: [counter('w1', ['cash']), counter('w2', ['cash'])],
        waiting: waiting('cash', 'cash', 'cash'),
      }),
    );
    // one service of 4 min at two counters: 2 min; each visit ahead adds 2
    expect(found.visits).toEqual({
      v0: { low: 2, high: 3 },
      v1: { low: 4, high: 5 },
      v2: { low: 6, high: 7 },
    });
    expect(found.services['cash']).toEqual({ low: 8, high: 9 });
    expect(found.zones['cash']).toEqual({ low: 8, high: 9 });
  });

  it('is never told as 0 min', () => {
    const found = linesForecast(lines({ counters: [counter('w1', ['cash'], false)] }));
    expect(found.services['cash']).toEqual({ low: 1, high: 2 });
  });

  it('widens with the spread of the service times', () => {
    const wide = { ...cash, time: { mean: 4, cv: 1 } };
    const all = { counters: [counter('w1', ['cash'])], waiting: waiting('cash') };
    const narrow = linesForecast(lines(all)).services['cash'];
    const spread = linesForecast(lines({ ...all, services: [wide, loan] })).services['cash'];
    expect(narrow).toEqual({ low: 8, high: 9 });
    // gamma with mean 8, variance 32: exactly 6.71 and 15.56, by the cube root 6.74 and 15.49
    expect(spread).toEqual({ low: 7, high: 15 });
  });

  it('counts a visit at each counter that could serve it by its share', () => {
    const found = linesForecast(
      lines({
        counters: [counter('w1', ['cash', 'loan']), counter('w2', ['loan'])],
        waiting: waiting('loan'),
      }),
    );
    // half of the loan (15 min) stands before the cash service at w1, and its own 4 min
    expect(found.services['cash']?.low).toBeGreaterThanOrEqual(13);
    expect(found.services['cash']?.low).toBeLessThanOrEqual(19);
  });

  it('is not told without an open counter or without a basis', () => {
    const none = linesForecast(
      lines({
        counters: [counter('w1', ['cash'], false, 'paused'), counter('w2', ['cash'], false, 'closed')],
      }),
    );
    expect(none).toEqual({ zones: {}, services: {}, visits: {} });
    const unknown = { id: loan.id, zone: loan.zone, class: loan.class };
    const found = linesForecast(
      lines({
        services: [cash, unknown],
        counters: [counter('w1', ['cash', 'loan'])],
        waiting: waiting('loan', 'cash'),
      }),
    );
    // an unknown service stands before everybody at w1
    expect(found).toEqual({ zones: {}, services: {}, visits: {} });
  });

  it('is not upset by what nobody open could serve', () => {
    const found = linesForecast(
      lines({ counters: [counter('w1', ['cash'])], waiting: waiting('loan', 'cash') }),
    );
    expect(found.visits).toEqual({ v1: { low: 4, high: 5 } });
  });

  it(`is always 1 ≤ low < high in whole minutes (SEED=${String(seed)})`, () => {
    const ids = ['a', 'b', 'c'];
    const arbitrary = fc.record({
      times: fc.array(
        fc.option(
          fc.record({
            mean: fc.double({ min: 0, max: 90, noNaN: true }),
            cv: fc.double({ min: 0, max: 3, noNaN: true }),
          }),
        ),
        { minLength: 3, maxLength: 3 },
      ),
      counters: fc.array(fc.record({ services: fc.subarray(ids), busy: fc.boolean(), open: fc.boolean() }), {
        maxLength: 6,
      }),
      waiting: fc.array(fc.constantFrom(...ids), { maxLength: 200 }),
    });
    fc.assert(
      fc.property(arbitrary, ({ times, counters, waiting: queue }) => {
        const found = linesForecast({
          zones: [{ id: 'z' }],
          services: ids.map((id, i) => {
            const time = times[i];
            return { id, zone: 'z', class: 'immediate', ...(time && { time }) };
          }),
          counters: counters.map(({ services, busy, open }, i) =>
            counter(`w${String(i)}`, services, busy, open ? 'open' : 'closed'),
          ),
          waiting: waiting(...queue),
        });
        const ranges = [found.zones, found.services, found.visits].flatMap((part) => Object.values(part));
        for (const { low, high } of ranges) {
          expect(Number.isInteger(low) && Number.isInteger(high)).toBe(true);
          expect(low).toBeGreaterThanOrEqual(1);
          expect(high).toBeGreaterThan(low);
        }
      }),
      { seed },
    );
  });

  it('grows with the line', () => {
    const cash = { id: 'cash', zone: 'cash', class: 'immediate' as const, time: { mean: 3.6, cv: 0.6 } };
    const queue = waiting(...Array.from({ length: 50 }, () => 'cash'));
    const { visits } = linesForecast(
      lines({
        services: [cash],
        counters: [counter('w1', ['cash']), counter('w2', ['cash'])],
        waiting: queue,
      }),
    );
    const found = queue.map(({ visitId }) => visits[visitId]?.low ?? Number.NaN);
    expect(found).toEqual([...found].sort((a, b) => a - b));
    expect(found.at(-1)).toBe(90);
  });
});
