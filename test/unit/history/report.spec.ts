import fc from 'fast-check';
import { figuresOf } from '../../../src/history/figures.js';
import { reportOf } from '../../../src/history/report.js';
import { waitsOf } from '../../../src/history/waits.js';
import type { Entry } from '../../../src/history/entry.js';
import { visitClasses } from '../../../src/protocol/lookingBack.js';
import { kiosk, LobbyDay, manager, setupWith, tellerAt } from '../../support/lobby.js';
import { entriesOf } from '../../support/entries.js';
import { randomCommand, steps } from '../../support/randomDay.js';
import { recount } from '../../support/recount.js';

const figures = (day: LobbyDay) => figuresOf(entriesOf(day.log));

/** As the log reads when the day's key is gone. */
const erased = (entries: readonly Entry[]): Entry[] =>
  entries.map((entry) => {
    const { event } = entry;
    if (event.type === 'PriorityFlagged' || event.type === 'NeedsAmended')
      return { ...entry, event: { ...event, needs: 'erased' } };
    return event.type === 'SpecialistCalled'
      ? { ...entry, event: { ...event, capabilities: 'erased' } }
      : entry;
  });

describe('a report', () => {
  it('[H-1–H-3, H-5] has the figures that an independent count of the log has, with the key or without', () => {
    fc.assert(
      fc.property(fc.array(steps, { minLength: 60, maxLength: 240 }), (moves) => {
        const day = new LobbyDay().open(setupWith({ autoCall: moves.length % 2 === 0, vipCap: 2 }));
        day.signOn('w1', 'w2', 'w3', 'w4', 'w5');
        for (const step of moves) randomCommand(day, step);
        const entries = entriesOf(day.log);
        const own = figuresOf(entries);
        const count = recount(entries);
        for (const name of visitClasses) {
          expect({ name, waits: own.classes[name].waits }).toEqual({ name, waits: count.waits[name] });
          expect({ name, unserved: own.classes[name].unserved }).toEqual({
            name,
            unserved: count.unserved[name],
          });
          expect({ name, times: own.classes[name].overtakes.times }).toEqual({
            name,
            times: count.overtaken[name],
          });
        }
        expect(own.vips.longestRun).toBe(count.longestRun);
        expect(own.loveWindow.episodes).toBe(count.episodes);
        expect(own.loveWindow.heldMinutes).toBeCloseTo(count.heldMinutes, 6);
        expect(own.staffMinutes).toBeCloseTo(count.staffMinutes, 6);
        expect(figuresOf(erased(entries))).toEqual(own);
      }),
      { numRuns: 30 },
    );
  });

  it('[H-2] counts one wait of a customer who was parked, none before a booked time, and none that was undone', () => {
    const day = new LobbyDay().open().signOn('w1');
    const parked = day.issue();
    day.minutes(4).serveNext('w1');
    day.do({ type: 'ParkVisit', ...day.on(parked) }, tellerAt('w1'));
    day.minutes(5).do({ type: 'ResumeParked', ...day.on(parked) }, tellerAt('w1'));
    day.start('w1');
    day.finish('w1');
    const gone = day.issue();
    day.do({ type: 'CancelVisit', ...day.on(gone) }, manager, 'cancel');
    day.do({ type: 'Undo', commandId: 'cancel' }, manager);
    day.do(
      { type: 'BookAppointment', code: 'K1', at: day.now + 30 * 60_000, serviceIds: ['personal'] },
      manager,
    );
    day.do({ type: 'CheckIn', code: 'K1' }, kiosk);
    day.minutes(2).serveNext('w1');
    day.finish('w1');
    day.serveNext('w1');
    const { classes } = figures(day);
    expect(classes.normal.waits.map((wait) => Math.round(wait))).toEqual([4, 2]);
    expect(classes.normal.unserved).toBe(0);
    expect(classes.appointment.waits).toEqual([0]);
  });

  it('[H-3] tells the longest run of VIPs and the calls beyond the cap that held then', () => {
    const day = new LobbyDay().open(setupWith({ mode: 'strictPriority', vipCap: 2 })).signOn('w1');
    day.issue();
    for (let n = 0; n < 4; n += 1) day.issue('cash', 1);
    for (let n = 0; n < 4; n += 1) {
      day.serveNext('w1');
      day.finish('w1');
    }
    expect(figures(day).vips).toEqual({ longestRun: 4, cap: 2, beyondCap: 2 });
    expect(figures(day).classes).toMatchObject({
      normal: { overtakes: { times: 4, most: 4, protected: 0, overtook: 0 } },
      vip: { overtakes: { overtook: 4 } },
    });
  });

  it('[H-4] tells by role what was decided otherwise, and not what was taken back', () => {
    const day = new LobbyDay().open().signOn('w1', 'w2');
    const [first, second, third] = [day.issue(), day.issue(), day.issue()];
    day.do({ type: 'CallVisit', ...day.on(second), reason: 'personal' }, tellerAt('w1'));
    day.start('w1');
    day.do({ type: 'MoveVisit', ...day.on(third), placement: 'front', reason: 'personal' });
    day.serveNext('w2');
    day.do({ type: 'ParkVisit', ...day.on(third) }, tellerAt('w2'), 'park');
    day.do({ type: 'Undo', commandId: 'park' }, tellerAt('w2'));
    day.do(
      { type: 'TransferVisit', ...day.on(third), serviceId: 'personal', placement: 'place' },
      tellerAt('w2'),
    );
    day.flag(first).confirm(first);
    day.do({ type: 'CancelVisit', ...day.on(first) });
    day.do({ type: 'ManageCounter', counterId: 'w1', to: 'paused', reason: 'break', override: 'safety' });
    expect(reportOf(figures(day)).otherwise).toEqual({
      calledByNumber: { teller: 1 },
      moved: { lobbyManager: 1 },
      transferred: { teller: 1 },
      lastWindow: { lobbyManager: 1 },
    });
  });

  it('[H-5] leaves out what only the night ended: a hold, and a teller after the latest customer', () => {
    const day = new LobbyDay().open().signOn('w1', 'w2', 'w3');
    const visit = day.issue();
    day.minutes(10).serveNext('w1');
    day.flag(day.issue());
    day.minutes(20).finish('w1');
    const flagged = day.issue();
    const { id: episodeId, counterId = '' } = day.flag(flagged).confirm(flagged);
    for (const type of ['AcknowledgeAlert', 'MarkOnTheWay', 'MarkArrived'] as const)
      day.do({ type, episodeId }, type === 'AcknowledgeAlert' ? tellerAt(counterId) : manager);
    day.minutes(7).issue();
    const before = figures(day);
    expect(before.over).toBe(false);
    expect(before.loveWindow.heldMinutes).toBeCloseTo(7, 1);
    day.minutes(20 * 60);
    const { over, staffMinutes, loveWindow } = figures(day);
    expect(over).toBe(true);
    expect(day.visit(visit.id).stage).toMatchObject({ how: 'served' });
    expect(staffMinutes).toBeCloseTo(30, 1);
    expect(loveWindow).toMatchObject({ heldMinutes: 0 });
  });

  it('[H-2] counts a wait of exactly 15 minutes as long', () => {
    expect(waitsOf([14.99, 15, 15.01, 3])).toMatchObject({ from15: 0.5, longest: 15.01 });
  });

  it('[H-3, H-6] has no overtakes of a customer with priority, neither own nor as the rest of a sum', () => {
    const day = new LobbyDay().open().signOn('w1');
    day.issue();
    day.flag(day.issue());
    // Flagged and not yet confirmed: called first by the policy, and not by a love window.
    day.serveNext('w1');
    const { classes } = figures(day);
    expect(day.log.some(({ event }) => event.type === 'VisitCalled' && event.overtook.length === 1)).toBe(
      true,
    );
    for (const name of visitClasses)
      expect(classes[name].overtakes).toEqual({ times: 0, most: 0, protected: 0, overtook: 0 });
  });
});

describe('[H-6] of customers with priority and of love windows a report', () => {
  const serve = (day: LobbyDay, times: number): void => {
    for (let n = 0; n < times; n += 1) {
      const visit = day.issue();
      const counterId = day.flag(visit, ['seat']).confirm(visit).counterId ?? '';
      day.do({ type: 'MarkOnTheWay', episodeId: day.episode(visit.id).id });
      day.callNext(counterId);
      day.start(counterId);
      day.finish(counterId);
    }
  };
  const decline = (day: LobbyDay): void => {
    const visit = day.issue();
    day.flag(visit).confirm(visit);
    day.do({ type: 'DeclinePriority', ...day.on(visit) });
  };
  const over = (play: (day: LobbyDay) => void) => {
    const day = new LobbyDay().open().signOn('w1', 'w2', 'w3');
    play(day);
    day.do({ type: 'CloseDay', endRemaining: true });
    return reportOf(figures(day));
  };

  it('tells nothing while the day runs', () => {
    const day = new LobbyDay().open().signOn('w1', 'w2', 'w3');
    const nothing = { classes: { special: 'withheld' }, loveWindow: 'withheld' };
    expect(reportOf(figures(day))).toMatchObject(nothing);
    serve(day, 6);
    expect(reportOf(figures(day))).toMatchObject(nothing);
  });

  it('tells afterwards that there were none, nothing of four, and of five what is no single one’s', () => {
    expect(over(() => undefined)).toMatchObject({
      classes: { special: { waits: null, unserved: 0 } },
      loveWindow: { episodes: 0 },
    });
    expect(
      over((day) => {
        serve(day, 4);
      }),
    ).toMatchObject({ classes: { special: 'withheld' }, loveWindow: 'withheld' });
    const five = over((day) => {
      serve(day, 5);
    });
    expect(five).toMatchObject({
      classes: {
        special: {
          waits: { count: 5, p50: 'withheld', p90: 'withheld', longest: 'withheld', from15: 0 },
          unserved: 0,
          overtakes: null,
        },
      },
      loveWindow: { episodes: 5, served: 5, notServed: 0, swaps: 0 },
    });
    expect(JSON.stringify(five)).not.toContain('seat');
  });

  it('does not tell that twenty were served when the twenty-first was not', () => {
    const { loveWindow } = over((day) => {
      serve(day, 20);
      decline(day);
    });
    expect(loveWindow).toMatchObject({ episodes: 21, served: 'withheld', notServed: 'withheld' });
  });

  const small = fc.integer({ min: 0, max: 9 });
  // Quarters, whose sums are exact.
  const minutes = fc.integer({ min: 0, max: 240 }).map((quarters) => quarters / 4);
  const sums = fc.record({
    over: fc.boolean(),
    waits: fc.array(minutes, { maxLength: 12 }),
    several: fc.nat({ max: 2 }),
    unserved: small,
    loveWindow: fc.record({
      holds: small,
      heldMinutes: minutes,
      idleMinutes: minutes,
      servingMinutes: minutes,
      served: small,
      notServed: small,
      swaps: small,
      swapsRefused: small,
      unanswered: small,
    }),
  });
  type Sums = typeof sums extends fc.Arbitrary<infer T> ? T : never;
  const quiet = figures(new LobbyDay().open());
  const shown = ({ over: isOver, waits, several, unserved, loveWindow }: Sums) =>
    reportOf({
      ...quiet,
      over: isOver,
      classes: {
        ...quiet.classes,
        special: {
          ...quiet.classes.special,
          waits,
          // Some had two services and waited twice.
          served: Math.max(Math.min(1, waits.length), waits.length - several),
          unserved,
        },
      },
      loveWindow: { ...loveWindow, episodes: loveWindow.served + loveWindow.notServed },
    });
  const isSmall = (count: number): boolean => count > 0 && count < 5;

  it('says the same whatever a number of one to four is, and whoever of them waited how long', () => {
    fc.assert(
      fc.property(sums, fc.integer({ min: 1, max: 4 }), (day, other) => {
        const report = shown(day);
        const { loveWindow } = day;
        if (!day.over) {
          expect(
            shown({ ...day, waits: [1], unserved: other, loveWindow: { ...loveWindow, served: other } }),
          ).toEqual(report);
          return;
        }
        for (const name of ['swaps', 'swapsRefused', 'unanswered'] as const)
          if (isSmall(loveWindow[name]))
            expect(shown({ ...day, loveWindow: { ...loveWindow, [name]: other } })).toEqual(report);
        // One of a whole: what it gains another loses.
        for (const [one, rest] of [
          ['served', 'notServed'],
          ['notServed', 'served'],
        ] as const) {
          const changed = loveWindow[rest] + loveWindow[one] - other;
          if (isSmall(loveWindow[one]) && changed > 0 && isSmall(changed) === isSmall(loveWindow[rest]))
            expect(shown({ ...day, loveWindow: { ...loveWindow, [one]: other, [rest]: changed } })).toEqual(
              report,
            );
        }
        if (isSmall(day.unserved)) expect(shown({ ...day, unserved: other })).toEqual(report);
        // Two customers' waits nearer to each other, or farther apart: the mean is the same.
        const [a, b, ...rest] = day.waits;
        if (a !== undefined && b !== undefined && a < 15 && b < 15) {
          const apart = Math.min(a, 14.75 - b) / 2;
          expect(shown({ ...day, waits: [a - apart, b + apart, ...rest] })).toEqual(report);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('tells no count of one to four, and nothing of so few', () => {
    fc.assert(
      fc.property(sums, (day) => {
        const { classes, loveWindow } = shown(day);
        const special = classes.special;
        const told = special === 'withheld' ? [] : [special.waits?.count ?? 0, special.unserved];
        if (loveWindow !== 'withheld') {
          const { episodes, served, notServed, swaps, swapsRefused, unanswered } = loveWindow;
          told.push(episodes, served, notServed, swaps, swapsRefused, unanswered);
          if (isSmall(day.loveWindow.holds)) expect(loveWindow.heldMinutes).toBe('withheld');
          if (isSmall(day.loveWindow.served)) expect(loveWindow.servingMinutes).toBe('withheld');
        }
        expect(told.filter((count) => count !== 'withheld' && isSmall(count))).toEqual([]);
        if (special === 'withheld' || special.waits === null) return;
        expect(day.waits.length - day.several).toBeGreaterThanOrEqual(5);
        const { p50, p90, longest } = special.waits;
        expect([p50, p90, longest]).toEqual(['withheld', 'withheld', 'withheld']);
        // A mean told to a tenth fits every number of customers.
        expect(special.waits.mean * 10).toBeCloseTo(Math.round(special.waits.mean * 10), 9);
        const long = day.waits.filter((wait) => wait >= 15).length;
        if (isSmall(long) || isSmall(day.waits.length - long)) expect(special.waits.from15).toBe('withheld');
      }),
      { numRuns: 500 },
    );
  });
});
