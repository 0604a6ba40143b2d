import type { Candidate } from '../../../src/lobby/choice/floor.js';
import { callingIndex, explain, pick } from '../../../src/lobby/choice/pick.js';
import { lognormalP90, lognormalRemaining, normalTail } from '../../../src/lobby/remaining.js';
import type { CallReason } from '../../../src/protocol/views.js';
import type { RatioStep } from '../../../src/protocol/settings.js';
import { usualSettings } from '../../../src/protocol/usualSettings.js';
import { LobbyDay, setupWith, tellerAt } from '../../support/lobby.js';

const MINUTE = 60_000;
const NOW = 1000 * MINUTE;

const waited = (ticket: string, minutes: number, more: Partial<Candidate> = {}): Candidate => ({
  visitId: ticket,
  ticket,
  serviceId: 'cash',
  zone: 'cash',
  tier: 0,
  place: NOW - minutes * MINUTE,
  since: NOW - minutes * MINUTE,
  overtaken: 0,
  appointment: false,
  flaggedAt: undefined,
  mean: 6.2,
  long: false,
  group: 'cash',
  ...more,
});
const chosen = (candidates: Candidate[], settings = {}, vipRun = 0): string | undefined =>
  pick(candidates, { ...usualSettings, ...settings }, vipRun, NOW)?.visit.ticket;
const reasonAmong = (candidates: Candidate[], vipRun = 0): CallReason | undefined => {
  const picked = pick(candidates, usualSettings, vipRun, NOW);
  return picked && explain(picked, NOW);
};

describe('The calling index', () => {
  it('[P-1] is (w / T) · (6.2 / m)^0.5', () => {
    expect(callingIndex(waited('A001', 15), usualSettings, NOW)).toBeCloseTo(1);
    expect(callingIndex(waited('A001', 4, { tier: 1 }), usualSettings, NOW)).toBeCloseTo(1);
    expect(callingIndex(waited('A001', 15, { mean: 24.8 }), usualSettings, NOW)).toBeCloseTo(0.5);
  });

  it.each([
    ['normal', 15, {}],
    ['appointment', 5, { appointment: true }],
    ['VIP', 4, { tier: 1 }],
    ['flagged', 3, { flaggedAt: NOW }],
    ['booked VIP', 4, { tier: 3, appointment: true }],
    ['flagged, booked VIP', 3, { tier: 3, appointment: true, flaggedAt: NOW }],
  ] as const)('[P-1] takes the smallest slope that applies: %s, %i min', (_, slope, more) => {
    expect(callingIndex(waited('A001', slope, more), usualSettings, NOW)).toBeCloseTo(1);
  });

  it('[P-1] lets a VIP pass within the bound w·(1 − T_vip/T_normal) and not beyond', () => {
    const vip = (minutes: number): Candidate => waited('A002', minutes, { tier: 2, group: 'vip' });
    expect(chosen([waited('A001', 15), vip(4.1)])).toBe('A002');
    expect(chosen([waited('A001', 15), vip(3.9)])).toBe('A001');
  });

  it('[L8, P-2] puts a visit overtaken B times, or waiting 30 minutes, above every index', () => {
    const vip = waited('A009', 12, { tier: 3, group: 'vip' });
    expect(chosen([waited('A001', 5, { overtaken: 9 }), vip])).toBe('A009');
    expect(chosen([waited('A001', 5, { overtaken: 10 }), vip])).toBe('A001');
    expect(chosen([waited('A001', 30), vip, waited('A002', 29, { tier: 3, group: 'vip' })])).toBe('A001');
  });

  it('[P-2] calls the longest wait of the protected band first, though another has the larger index', () => {
    const [normal, vip] = [waited('A001', 32), waited('A002', 31, { tier: 3, group: 'vip' })];
    expect(callingIndex(vip, usualSettings, NOW)).toBeGreaterThan(callingIndex(normal, usualSettings, NOW));
    expect(chosen([vip, normal])).toBe('A001');
  });

  it('[P-2] protects by the wait for the present service, not by the arrival', () => {
    const transferred = waited('A001', 45, { since: NOW - 29 * MINUTE });
    expect(chosen([transferred, waited('A002', 30)])).toBe('A002');
    expect(chosen([{ ...transferred, since: NOW - 30 * MINUTE }, waited('A002', 30)])).toBe('A001');
  });

  it('[P-3] calls at most two VIPs in a row while a normal visit waits', () => {
    const lobby = [waited('A001', 5), waited('A002', 9, { tier: 1, group: 'vip' })];
    expect(chosen(lobby, {}, 1)).toBe('A002');
    expect(chosen(lobby, {}, 2)).toBe('A001');
    expect(reasonAmong(lobby, 2)).toMatchObject({
      rule: 'vipCap',
      constraint: 'vipCap',
    });
    expect(chosen(lobby.slice(1), {}, 2)).toBe('A002');
  });

  it('[L10] keeps the order of flags among flagged visits', () => {
    const early = waited('A002', 3, { flaggedAt: NOW - 3 * MINUTE, group: 'f' });
    const late = waited('A001', 20, { flaggedAt: NOW - MINUTE, group: 'f' });
    expect(chosen([late, early])).toBe('A002');
  });

  it('[L8, L10] a flagged visit in the protected band gives its turn to one alike that was flagged sooner', () => {
    const early = waited('A002', 29, { flaggedAt: NOW - 28 * MINUTE, group: 'f' });
    const late = waited('A001', 31, { flaggedAt: NOW - 27 * MINUTE, group: 'f' });
    const normal = waited('A003', 30);
    expect(chosen([late, normal, early])).toBe('A002');
    expect(chosen([late, normal])).toBe('A001');
    expect(chosen([normal, early])).toBe('A003');
  });

  it('[P-5] strict FIFO and strict priority', () => {
    const lobby = [
      waited('A001', 29),
      waited('A002', 9, { tier: 1, group: 'v1' }),
      waited('A003', 8, { tier: 3, group: 'v3' }),
      waited('A004', 10, { appointment: true, group: 'a' }),
      waited('A005', 1, { flaggedAt: NOW - MINUTE, group: 'f' }),
    ];
    expect(chosen(lobby, { mode: 'strictFifo' })).toBe('A001');
    const order: string[] = [];
    for (let left = lobby; left.length > 0; left = left.filter((each) => !order.includes(each.ticket)))
      order.push(chosen(left, { mode: 'strictPriority' }) ?? '');
    expect(order).toEqual(['A005', 'A003', 'A002', 'A004', 'A001']);
  });

  const twoToOne = {
    mode: 'classRatio',
    ratio: [
      { of: 'vip3', calls: 2 },
      { of: 'vip2', calls: 1 },
      { of: 'rest', calls: 1 },
    ],
  } as const;
  const inTurn = (lobby: Candidate[], turn: number, settings = {}) =>
    pick(lobby, { ...usualSettings, ...twoToOne, ratio: [...twoToOne.ratio], ...settings }, 0, NOW, turn);

  it('[P-25] two platinum, one gold, then the rest; a class with nobody waiting is skipped', () => {
    const lobby = [
      waited('A001', 20),
      waited('A002', 5, { tier: 1, group: 'v1' }),
      ...['A003', 'A004', 'A005'].map((ticket, i) => waited(ticket, 9 - i, { tier: 3, group: 'v3' })),
      waited('A006', 3, { tier: 2, group: 'v2' }),
    ];
    const order: string[] = [];
    for (let left = lobby, turn = 0; left.length > 0;) {
      const { visit, turn: at } = inTurn(left, turn)!;
      order.push(visit.ticket);
      turn = at!.slot + 1;
      left = left.filter((each) => each !== visit);
    }
    expect(order).toEqual(['A003', 'A004', 'A006', 'A001', 'A005', 'A002']);
  });

  it('[P-25, P-2] the protected band goes before anybody’s turn, unless the branch switched it off', () => {
    const lobby = [waited('A001', 30), waited('A002', 1, { tier: 3, group: 'v3' })];
    expect(inTurn(lobby, 0)).toMatchObject({ visit: { ticket: 'A001' }, rule: 'protectedWaited' });
    expect(inTurn(lobby, 0, { protectedBand: false })?.visit.ticket).toBe('A002');
  });

  it('[P-25] who is left out of the ratio is called when nobody in it can be', () => {
    const settings = { ratio: [{ of: 'vip3', calls: 1 }] };
    const lobby = [waited('A001', 9), waited('A002', 2, { appointment: true, group: 'a' })];
    expect(inTurn(lobby, 0, settings)).toMatchObject({ visit: { ticket: 'A001' }, rule: 'fifo' });
  });

  it('[P-25, P-6] tells whose turn it was', () => {
    const picked = inTurn([waited('A001', 20), waited('A002', 5, { tier: 3, group: 'v3' })], 1)!;
    expect(explain(picked, NOW)).toEqual({
      rule: 'ratio',
      turn: { of: 'vip3', nth: 2, calls: 2, slot: 1 },
      figure: 5,
      waited: 5,
      rank: 4,
    });
  });

  it('[P-6] gives the winner, its figure and the runner-up as the reason', () => {
    expect(reasonAmong([waited('A001', 15), waited('A002', 3)])).toEqual({
      rule: 'index',
      figure: 1,
      waited: 15,
      rank: 0,
      runnerUp: { ticket: 'A002', figure: 0.2, waited: 3, rank: 0 },
    });
  });
});

describe('[P-25] A window’s place in the cycle', () => {
  const ratio: RatioStep[] = [
    { of: 'vip1', calls: 2 },
    { of: 'rest', calls: 1 },
  ];

  it('is its own, comes from the log, and moves by calls of the ratio only', () => {
    const day = new LobbyDay().open(setupWith({ mode: 'classRatio', ratio })).signOn('w1', 'w2');
    const [first, , friend] = [day.issue('cash', 1), day.issue('cash', 1), day.issue(), day.issue()];
    day.issue('cash', 1);
    day.minutes(1);
    expect(day.callNext('w1')).toBe(first.id);
    expect([day.counter('w1').turn, day.counter('w2').turn]).toEqual([1, undefined]);
    day.do({ type: 'CallVisit', ...day.on(friend), reason: 'other' }, tellerAt('w2'));
    expect(day.counter('w2').turn).toBeUndefined();
    expect(day.refold()).toEqual(day.state);
  });

  it('goes round: whoever is in the ratio is called within one round of the window', () => {
    const day = new LobbyDay().open(setupWith({ mode: 'classRatio', ratio })).signOn('w1');
    for (const tier of [0, 1, 1, 1, 1, 0] as const) day.issue('cash', tier);
    day.minutes(1);
    const order = Array.from({ length: 6 }, () => {
      const id = day.serveNext('w1');
      day.finish('w1');
      return day.visit(id).ticket;
    });
    expect(order).toEqual(['A002', 'A003', 'A001', 'A004', 'A005', 'A006']);
  });
});

describe('VIPs in a row', () => {
  const served = (day: LobbyDay, calls: number): string[] =>
    Array.from({ length: calls }, () => {
      const id = day.serveNext('w1');
      day.finish('w1');
      return day.visit(id).ticket;
    });

  it('[P-3] a normal call resets the count', () => {
    const day = new LobbyDay().open().signOn('w1');
    for (const tier of [1, 1, 1, 1, 0, 0] as const) day.issue('cash', tier);
    day.minutes(1);
    expect(served(day, 6)).toEqual(['A001', 'A002', 'A005', 'A003', 'A004', 'A006']);
  });

  it('[P-3] are counted only where a waiting normal visit could have been called', () => {
    const day = new LobbyDay().open().signOn('w1');
    // waits for another counter
    day.issue('corporate');
    for (const tier of [1, 1] as const) day.issue('cash', tier);
    day.minutes(1);
    expect(served(day, 2)).toEqual(['A001', 'A002']);
    for (const tier of [1, 0] as const) day.issue('cash', tier);
    day.minutes(5);
    expect(served(day, 2)).toEqual(['A003', 'A004']);
  });
});

describe('[L8] Overtaken', () => {
  /** Whoever was overtaken once is protected. */
  const day = (): LobbyDay => new LobbyDay().open(setupWith({ overtakesToProtect: 1 })).signOn('w1', 'w4');

  it('for one service is not overtaken for the next', () => {
    const lobby = day();
    const { visitId: id } = lobby.do({ type: 'IssueTicket', serviceIds: ['cash', 'personal'] }) as {
      visitId: string;
    };
    lobby.issue('cash', 3);
    lobby.minutes(1);
    lobby.serveNext('w1');
    expect(lobby.visit(id).overtaken).toBe(1);
    expect(lobby.serveNext('w4')).toBe(id);
    lobby.finish('w1');
    lobby.finish('w4');
    const vip = lobby.issue('personal', 3);
    lobby.minutes(3);
    expect(lobby.callNext('w4')).toBe(vip.id);
  });

  it('are flagged visits too, until their love window is confirmed', () => {
    const lobby = day();
    const flagged = lobby.issue('personalApproval');
    lobby.flag(flagged);
    const vips = [lobby.issue('cash', 3), lobby.issue('cash', 3)];
    lobby.minutes(10);
    expect(lobby.serveNext('w1')).toBe(vips[0]?.id);
    expect(lobby.visit(flagged.id).overtaken).toBe(1);
    expect(lobby.callNext('w4')).toBe(flagged.id);
  });

  it('are those whom a flagged visit passes by its rank, none whom a love window or a named act passes', () => {
    const ranks = day();
    const first = ranks.issue();
    ranks.minutes(1);
    ranks.flag(ranks.issue()).minutes(1);
    ranks.serveNext('w4');
    expect(ranks.visit(first.id).overtaken).toBe(1);

    const lobby = day();
    const [normal, elder, friend] = [lobby.issue(), lobby.issue(), lobby.issue()];
    lobby.flag(elder).confirm(elder);
    expect(lobby.callNext('w4')).toBe(elder.id);
    lobby.do({ type: 'CallVisit', ...lobby.on(friend), reason: 'other' }, tellerAt('w1'));
    expect(lobby.visit(normal.id).overtaken).toBe(0);
  });

  it('[W-45] of a call by name the log keeps the reason', () => {
    const lobby = day();
    const [, friend] = [lobby.issue(), lobby.issue()];
    lobby.do({ type: 'CallVisit', ...lobby.on(friend), reason: 'complaint' }, tellerAt('w1'));
    expect(lobby.last).toMatchObject([
      { type: 'VisitCalled', visitId: friend.id, named: 'complaint', reason: { rule: 'named' } },
    ]);
  });
});

describe('Automatic calls', () => {
  it('[P-8] fill the VIP counter last, before it those with the fewest skills first, of these the longest idle', () => {
    const day = new LobbyDay().open(setupWith({ autoCall: true })).signOn('w5', 'w4', 'w3', 'w2', 'w1');
    const filled = Array.from({ length: 5 }, () => {
      const { stage } = day.visit(day.issue().id);
      return stage.status === 'called' && stage.counterId;
    });
    expect(filled).toEqual(['w2', 'w1', 'w3', 'w4', 'w5']);
  });
});

describe('Scarce capability', () => {
  const twoCounters = (settings = {}): LobbyDay =>
    new LobbyDay().open(setupWith(settings)).signOn('w1', 'w4');

  it('[P-4] the only open low counter leaves long normal services to others, and says so', () => {
    const day = twoCounters();
    const long = day.issue('personalComplex');
    expect(day.refusal({ type: 'CallNext' }, tellerAt('w4'))).toBe('left-to-others');
    const short = day.issue('personal');
    expect(day.callNext('w4')).toBe(short.id);
    expect(day.state.visits[short.id]?.stage).toMatchObject({ reason: { constraint: 'scarceCounter' } });
    expect(day.callNext('w1')).toBe(long.id);
  });

  it('[P-4, L7] not to a held counter, which takes nobody', () => {
    const day = twoCounters();
    const elder = day.issue('personal');
    day.serveNext('w4');
    const next = day.issue();
    day.flag(next).confirm(next);
    expect(day.episode(next.id).counterId).toBe('w1');
    const long = day.issue('personalComplex');
    day.finish('w4');
    expect(day.visit(elder.id).stage.status).toBe('ended');
    expect(day.callNext('w4')).toBe(long.id);
  });

  it('[P-4] not to another that is the only one for something itself: each would leave it to the other', () => {
    const day = new LobbyDay().open(setupWith({ autoCall: true })).signOn('w4');
    day.do({ type: 'SignOn', counterId: 'w1' }, { ...tellerAt('w1'), skills: ['foreignLanguage'] });
    expect(day.visit(day.issue('personalComplex').id).stage.status).toBe('called');
  });

  it('[P-4] but calls them by name, where no other could, and once they are protected', () => {
    const named = twoCounters();
    const friend = named.issue('personalComplex');
    named.do({ type: 'CallVisit', ...named.on(friend), reason: 'other' }, tellerAt('w4'));
    expect(named.counter('w4').visitId).toBe(friend.id);

    const alone = new LobbyDay().open(setupWith()).signOn('w4');
    expect(alone.issue('personalComplex').id).toBe(alone.callNext('w4'));

    const waiting = twoCounters();
    const long = waiting.issue('personalComplex');
    waiting.minutes(30);
    expect(waiting.callNext('w4')).toBe(long.id);
  });

  it('[P-4] calls everybody in their order in the strict modes', () => {
    for (const mode of ['strictFifo', 'strictPriority'] as const) {
      const day = twoCounters({ mode });
      expect(day.issue('personalComplex').id).toBe(day.callNext('w4'));
    }
  });
});

describe('Expected remaining service', () => {
  it('[P-7] has the tail of the standard normal to 1.5e-7', () => {
    // Φ̄ from standard tables
    for (const [z, tail] of [
      [0, 0.5],
      [1, 0.1586553],
      [1.96, 0.0249979],
      [3, 0.0013499],
      [-1, 0.8413447],
    ] as const)
      expect(Math.abs(normalTail(z) - tail)).toBeLessThan(2e-7);
  });

  it('[P-7] equals E[S − e | S > e] of the lognormal, by numerical integration', () => {
    const [mean, cv] = [9.5, 0.5];
    const sigma = Math.sqrt(Math.log(1 + cv * cv));
    const mu = Math.log(mean) - (sigma * sigma) / 2;
    const density = (s: number): number =>
      Math.exp(-((Math.log(s) - mu) ** 2) / (2 * sigma * sigma)) / (s * sigma * Math.sqrt(2 * Math.PI));
    for (const elapsed of [1, 5, 10, 20]) {
      let mass = 0;
      let sum = 0;
      const step = 0.005;
      for (let s = elapsed + step / 2; s < 400; s += step) {
        mass += density(s) * step;
        sum += (s - elapsed) * density(s) * step;
      }
      expect(lognormalRemaining(mean, cv, elapsed)).toBeCloseTo(sum / mass, 2);
    }
  });

  it('[W-91] nine in ten are done within the time after which a service lasts longer than usual', () => {
    for (const [mean, cv] of [
      [4, 0.5],
      [16, 0.9],
    ] as const) {
      const sigma = Math.sqrt(Math.log(1 + cv * cv));
      const z = (Math.log(lognormalP90(mean, cv)) - Math.log(mean) + (sigma * sigma) / 2) / sigma;
      expect(normalTail(z)).toBeCloseTo(0.1, 6);
    }
  });

  it('[P-7] is the mean at the start, never negative or endless, and steady into the far tail', () => {
    expect(lognormalRemaining(6, 0.5, 0)).toBe(6);
    let before = lognormalRemaining(6, 0.5, 30);
    for (let elapsed = 31; elapsed < 600; elapsed += 1) {
      const now = lognormalRemaining(6, 0.5, elapsed);
      expect(Number.isFinite(now) && now > 0).toBe(true);
      expect(now / before).toBeGreaterThan(0.85);
      expect(now / before).toBeLessThan(1.2);
      before = now;
    }
  });
});
