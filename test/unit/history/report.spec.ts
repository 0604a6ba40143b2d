import fc from 'fast-check';
import { figuresOf } from '../../../src/history/figures.js';
import { reportOf } from '../../../src/history/report.js';
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
          expect({ name, times: own.classes[name].overtaken.times }).toEqual({
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
      normal: { overtaken: { times: 4, most: 4, protected: 0 } },
      vip: { overtook: 4 },
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
      holdCancelled: { lobbyManager: 1 },
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

  it('[H-6] withholds what is told of fewer than five customers, and what would give it away', () => {
    const day = new LobbyDay().open().signOn('w1', 'w2', 'w3');
    const serve = (times: number): void => {
      for (let n = 0; n < times; n += 1) {
        const visit = day.issue();
        const counterId = day.flag(visit, ['seat']).confirm(visit).counterId ?? '';
        day.do({ type: 'MarkOnTheWay', episodeId: day.episode(visit.id).id });
        day.callNext(counterId);
        day.start(counterId);
        day.finish(counterId);
      }
    };
    const report = () => reportOf(figures(day));
    expect(report()).toMatchObject({
      classes: { special: { waits: null, unserved: 0 } },
      loveWindow: { episodes: 0 },
    });
    serve(4);
    expect(report()).toMatchObject({ classes: { special: 'few' }, loveWindow: 'few' });
    serve(1);
    expect(report()).toMatchObject({
      classes: { special: { waits: { count: 5 } } },
      loveWindow: { episodes: 5, ended: { served: 5 } },
    });
    serve(2);
    const declined = day.issue();
    day.flag(declined).confirm(declined);
    day.do({ type: 'DeclinePriority', ...day.on(declined) });
    // Seven of eight would say that the eighth declined.
    expect(report()).toMatchObject({
      loveWindow: { episodes: 8, ended: { served: 'few', declined: 'few' } },
    });
    expect(JSON.stringify(report())).not.toContain('seat');
  });
});
