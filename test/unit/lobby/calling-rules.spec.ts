import type { DaySettings, WaitRule } from '../../../src/protocol/settings.js';
import type { CallReason } from '../../../src/protocol/views.js';
import { LobbyDay, kiosk, setupWith, tellerAt } from '../../support/lobby.js';

const opened = (settings: Partial<DaySettings>, ...counters: string[]): LobbyDay =>
  new LobbyDay().open(setupWith(settings)).signOn(...counters);
const reasonOf = (day: LobbyDay, id: string): CallReason | undefined => {
  const { stage } = day.visit(id);
  return stage.status === 'called' ? stage.reason : undefined;
};
const callRefused = (day: LobbyDay, counterId: string) =>
  day.refusal({ type: 'CallNext' }, tellerAt(counterId));

describe('[P-26] First after a wait', () => {
  const rule = (of: WaitRule['of'], id: string, minutes = 8): Partial<DaySettings> => ({
    mode: 'strictFifo',
    waitRules: [{ of, id, minutes }],
  });

  it.each([
    ['service', 'personal'],
    ['zone', 'personal'],
    ['class', 'vip2'],
  ] as const)('a %s goes first from the minute on, and not before', (of, id) => {
    for (const [minutes, first] of [
      [7.9, 'cash'],
      [8, 'personal'],
    ] as const) {
      const day = opened(rule(of, id), 'w1');
      const cash = day.issue('cash');
      day.minutes(1);
      const personal = day.issue('personal', 2);
      day.minutes(minutes);
      expect(day.callNext('w1')).toBe(first === 'cash' ? cash.id : personal.id);
    }
  });

  it('[P-6] says so, with the limit and the longest wait, and goes back to the mode’s order', () => {
    const day = opened(rule('service', 'personal'), 'w1');
    const cash = day.issue('cash');
    const [first, second] = [day.issue('personal'), day.issue('personal')];
    day.minutes(9.5);
    expect(day.callNext('w1')).toBe(first.id);
    expect(reasonOf(day, first.id)).toEqual({
      rule: 'fifo',
      first: { of: 'service', id: 'personal', minutes: 8, longest: 9 },
      figure: 9.5,
      waited: 9,
      rank: 0,
      runnerUp: { ticket: second.ticket, figure: 9.5, waited: 9, rank: 0 },
    });
    day.start('w1');
    day.finish('w1');
    expect(day.serveNext('w1')).toBe(second.id);
    day.finish('w1');
    expect(day.callNext('w1')).toBe(cash.id);
    expect(reasonOf(day, cash.id)?.first).toBeUndefined();
  });

  it('of several rules the first that applies counts', () => {
    const waitRules: WaitRule[] = [
      { of: 'zone', id: 'corporate', minutes: 5 },
      { of: 'service', id: 'personal', minutes: 2 },
      { of: 'service', id: 'cash', minutes: 1 },
    ];
    const day = opened({ waitRules }, 'w1');
    day.issue('cash');
    const personal = day.issue('personal');
    day.minutes(3);
    expect(day.callNext('w1')).toBe(personal.id);
  });

  it('[P-2, P-3] the protected band and the VIP cap stay above it', () => {
    const vips: Partial<DaySettings> = { waitRules: [{ of: 'class', id: 'vip1', minutes: 0 }], vipCap: 1 };
    const day = opened(vips, 'w1');
    const normal = day.issue();
    const [first, second] = [day.issue('cash', 1), day.issue('cash', 1)];
    expect(day.serveNext('w1')).toBe(first.id);
    day.finish('w1');
    expect(day.serveNext('w1')).toBe(normal.id);
    day.finish('w1');
    expect(day.serveNext('w1')).toBe(second.id);

    const long = opened({ ...vips, vipCap: 9 }, 'w1');
    const patient = long.issue();
    long.minutes(30);
    long.issue('cash', 1);
    expect(long.callNext('w1')).toBe(patient.id);
  });
});

describe('[P-27] Help after a delay', () => {
  const helps = (settings: Partial<DaySettings> = {}): Partial<DaySettings> => ({
    overflows: [{ counterId: 'w2', serviceId: 'cash', seconds: 30 }],
    ...settings,
  });

  it('a window helps only once the first who waits has waited so long, and tells why not before', () => {
    const day = opened(helps(), 'w1', 'w2');
    const first = day.issue('cash');
    day.issue('cash');
    expect(callRefused(day, 'w2')).toBe('left-to-others');
    const personal = day.issue('personal');
    expect(day.serveNext('w2')).toBe(personal.id);
    expect(day.state.visits[personal.id]?.stage).toMatchObject({ reason: { constraint: 'overflow' } });
    day.finish('w2');
    day.seconds(30);
    expect(day.callNext('w2')).toBe(first.id);
  });

  it('[L9] with automatic calls it helps at that second by itself', () => {
    const day = opened(helps({ autoCall: true }), 'w1', 'w2');
    day.issue('cash');
    const waits = day.issue('cash');
    day.seconds(29);
    expect(day.visit(waits.id).stage.status).toBe('waiting');
    day.seconds(2);
    expect(day.visit(waits.id).stage).toMatchObject({ status: 'called', counterId: 'w2' });
  });

  it('a flagged visit is kept from no window by it', () => {
    const day = opened(helps(), 'w1', 'w2');
    const elder = day.issue('cash');
    day.flag(elder);
    expect(day.callNext('w2')).toBe(elder.id);
  });
});

describe('[P-28] Quick windows', () => {
  const quick = (others: 'ifNoneWaits' | 'never', more: Partial<DaySettings> = {}): Partial<DaySettings> => ({
    quickCounters: [{ counterId: 'w1', minutes: 5, others }],
    ...more,
  });

  it('takes others only when no quick one waits', () => {
    const day = opened(quick('ifNoneWaits'), 'w1', 'w2');
    const long = day.issue('cashComplex');
    day.minutes(20);
    const short = day.issue('cash');
    expect(day.serveNext('w1')).toBe(short.id);
    expect(day.state.visits[short.id]?.stage).toMatchObject({ reason: { constraint: 'quick' } });
    day.finish('w1');
    expect(day.callNext('w1')).toBe(long.id);
  });

  it('takes others never, where it is so set, and a service without a known time is no quick one', () => {
    const setup = setupWith(quick('never'));
    for (const service of setup.services) if (service.id === 'personal') delete service.time;
    const day = new LobbyDay().open(setup).signOn('w1', 'w2');
    day.issue('cashComplex');
    day.issue('personal');
    expect(callRefused(day, 'w1')).toBe('left-to-others');
    day.issue('cash');
    day.callNext('w1');
  });

  it('[P-2] a protected or flagged visit is taken all the same, in a strict mode a flagged one alone', () => {
    const day = opened(quick('never'), 'w1', 'w2');
    const long = day.issue('cashComplex');
    day.minutes(30);
    expect(day.callNext('w1')).toBe(long.id);

    const strict = opened(quick('never', { mode: 'strictFifo' }), 'w1', 'w2');
    const waits = strict.issue('cashComplex');
    strict.minutes(45);
    expect(callRefused(strict, 'w1')).toBe('left-to-others');
    strict.flag(waits);
    expect(strict.callNext('w1')).toBe(waits.id);
  });

  it('[L11] managers are told at once of a service that only quick windows which never take it are open for', () => {
    const day = opened(quick('never'), 'w1');
    day.do({ type: 'IssueTicket', serviceIds: ['cash'] }, kiosk);
    expect(Object.values(day.state.tasks)).toEqual([]);
    day.do({ type: 'IssueTicket', serviceIds: ['cashComplex'] }, kiosk);
    expect(Object.values(day.state.tasks)).toMatchObject([{ kind: 'noCounter', serviceId: 'cashComplex' }]);
    day.signOn('w2');
    expect(Object.values(day.state.tasks)).toEqual([]);
  });
});

describe('[L7, P-28] The last window that takes a service somebody waits for', () => {
  const pause = { type: 'PauseCounter', reason: 'break' } as const;

  it('stays, whatever quick windows that never take it are open', () => {
    const day = opened({ quickCounters: [{ counterId: 'w1', minutes: 5, others: 'never' }] }, 'w1', 'w2');
    day.issue('cashComplex');
    expect(day.refusal(pause, tellerAt('w2'))).toBe('last-counter-for-service');
    // The quick one may go: it does nothing for those who wait.
    day.do(pause, tellerAt('w1'));
  });

  it('may be a quick one, which counts as one for normals, while only quick ones wait', () => {
    const day = opened({ quickCounters: [{ counterId: 'w1', minutes: 5, others: 'never' }] }, 'w1', 'w2');
    day.issue('cash');
    day.do(pause, tellerAt('w2'));
  });
});

describe('[P-4] A window with what few have', () => {
  it.each<[string, Partial<DaySettings>]>([
    [
      '[P-27] helps only later',
      { overflows: [{ counterId: 'w1', serviceId: 'cashComplex', seconds: 3600 }] },
    ],
    ['[P-28] never takes it', { quickCounters: [{ counterId: 'w1', minutes: 5, others: 'never' }] }],
    [
      '[P-28] takes quick ones first',
      { quickCounters: [{ counterId: 'w1', minutes: 5, others: 'ifNoneWaits' }] },
    ],
  ])('leaves a long service to no window that %s', (_, settings) => {
    const usual = opened({}, 'w1', 'w4');
    usual.issue('cashComplex');
    expect(callRefused(usual, 'w4')).toBe('left-to-others');

    const day = opened(settings, 'w1', 'w4');
    const long = day.issue('cashComplex');
    day.minutes(10);
    day.issue('cash');
    expect(day.callNext('w4')).toBe(long.id);
  });
});

describe('[L8, P-2] Under a rule that would pass somebody over for ever', () => {
  /** How often somebody ordinary is overtaken at a window to which others keep coming. */
  const overtakenUnder = (settings: Partial<DaySettings>, serviceId = 'cashComplex'): number => {
    const day = opened({ overtakesToProtect: 4, vipCap: 100, ...settings }, 'w1');
    const passed = day.issue(serviceId);
    for (let n = 0; n < 12 && day.visit(passed.id).stage.status === 'waiting'; n += 1) {
      day.issue('personal', 1);
      day.seconds(20);
      day.serveNext('w1');
      day.finish('w1');
    }
    return day.visit(passed.id).overtaken;
  };
  const ratio = { ratio: [{ of: 'vip1' as const, calls: 1 }] };

  it.each<[string, Partial<DaySettings>]>([
    ['P-25: a ratio that leaves the class out', { mode: 'classRatio', ...ratio }],
    ['P-26: a rule that always applies', { waitRules: [{ of: 'class', id: 'vip1', minutes: 0 }] }],
    [
      'P-27: help after an hour',
      { overflows: [{ counterId: 'w1', serviceId: 'cashComplex', seconds: 3600 }] },
    ],
    ['P-28: a quick window', { quickCounters: [{ counterId: 'w1', minutes: 5, others: 'never' }] }],
    [
      'all of them',
      { mode: 'classRatio', ...ratio, quickCounters: [{ counterId: 'w1', minutes: 5, others: 'never' }] },
    ],
  ])('the protected band ends it: %s', (_, settings) => {
    expect(overtakenUnder(settings)).toBe(4);
  });

  it('a ratio with the band switched off does not end it, as whoever accepts it is told', () => {
    expect(overtakenUnder({ mode: 'classRatio', ...ratio, protectedBand: false })).toBe(12);
  });
});
