import fc from 'fast-check';
import { pastDayOf, arrivalEvents } from '../../../src/history/pastDay.js';
import { kiosk, LobbyDay, manager, MIDNIGHT, setupWith } from '../../support/lobby.js';
import { randomCommand, steps } from '../../support/randomDay.js';

const HALF_HOUR = 1_800_000;
const told = (day: LobbyDay) =>
  pastDayOf(day.log.filter(({ event }) => (arrivalEvents as string[]).includes(event.type)));
const half = (hour: number): number => hour * 2;

describe('the arrivals of a day that is over', () => {
  it('[H-12] are those of its log, each in its half hour', () => {
    fc.assert(
      fc.property(fc.array(steps, { minLength: 40, maxLength: 160 }), (moves) => {
        const day = new LobbyDay().open(setupWith());
        day.signOn('w1', 'w2', 'w3');
        for (const step of moves) randomCommand(day, step);
        const issued = day.log.filter(({ event }) => event.type === 'VisitIssued');
        const past = told(day);
        expect(past?.customers ?? 0).toBe(issued.length);
        for (const [i, count] of (past?.came ?? []).entries())
          expect(count).toBe(issued.filter(({ at }) => Math.floor((at - MIDNIGHT) / HALF_HOUR) === i).length);
      }),
      { numRuns: 20 },
    );
  });

  it('[H-12] count from the opening to the closing or the last ticket, whichever is first, without outages', () => {
    const day = new LobbyDay(MIDNIGHT + 9.25 * 3_600_000).open(setupWith({ lastTicket: 15 * 60 }));
    day.issue();
    day.minutes(135);
    const past = () => told(day)!.open.map((share) => Math.round(share * 100) / 100);
    expect(past().slice(half(8), half(16))).toEqual([0, 0, 0.5, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0]);
    day.do({ type: 'CloseDay', endRemaining: true });
    expect(past().slice(half(8), half(16))).toEqual([0, 0, 0.5, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    const { at } = day.log[0]!;
    day.log.splice(1, 0, {
      event: { type: 'ServiceInterrupted', from: at + 45 * 60_000, to: at + 90 * 60_000 },
      at: at + 90 * 60_000,
      actorId: 'system',
      commandId: 'outage',
    });
    expect(past().slice(half(9), half(12))).toEqual([0.5, 1, 0, 0.5, 1, 0]);
  });

  it('[H-12] leave out tickets beyond the hours that are counted, be it in the same half hour', () => {
    const day = new LobbyDay(MIDNIGHT + 14.9 * 3_600_000).open();
    const boss = { ...manager, role: 'branchManager' as const };
    day.minutes(7).issue();
    for (let n = 0; n < 3; n += 1) day.minutes(2).issue();
    // Moved to when it had passed: what came since then came in no part of the half hour that is counted as open.
    day.do({ type: 'ChangeSettings', settings: { lastTicket: 15 * 60 + 2 } }, boss);
    const past = told(day)!;
    expect(past.open[half(15)]).toBeCloseTo(2 / 30, 6);
    expect([past.came[half(15)], past.customers]).toEqual([1, 4]);
  });

  it('[H-12] go by the settings that held at the end, and a day on which nobody came tells nothing', () => {
    const day = new LobbyDay().open();
    expect(told(day)).toBeUndefined();
    day.do({ type: 'IssueTicket', serviceIds: ['cash', 'personal'] }, kiosk);
    day.do(
      { type: 'ChangeSettings', settings: { lastTicket: 12 * 60 } },
      { ...manager, role: 'branchManager' },
    );
    day.do({ type: 'ChangeSettings', settings: { vipCap: 3 } }, { ...manager, role: 'branchManager' });
    const past = told(day)!;
    expect(past.open.lastIndexOf(1)).toBe(half(12) - 1);
    expect(past).toMatchObject({ day: '2026-03-02', customers: 1, services: { cash: 1, personal: 1 } });
    expect(pastDayOf([])).toBeUndefined();
  });
});
