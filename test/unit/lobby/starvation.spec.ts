import type { CounterSetup, DaySettings } from '../../../src/protocol/settings.js';
import { callingClasses, type RatioPart } from '../../../src/protocol/vocabulary.js';
import { LobbyDay, actorOf, setupWith } from '../../support/lobby.js';
import { hazardKey, hazardsOf, signedAcceptance, unaccepted } from '../../../src/protocol/starvation.js';

const boss = actorOf('branchManager', 'boss');
const accepting = (reason = '分行试点', of = ['strictPriority']) => ({ acceptance: { of, reason } });
const strict = { mode: 'strictPriority' } as const;

describe('[P-24] Settings by which somebody could be starved', () => {
  it('are refused in a running day without an acceptance, and change nothing', () => {
    const day = new LobbyDay().open();
    expect(day.refusal({ type: 'ChangeSettings', settings: strict }, boss)).toBe('may-starve');
    const beside = { ...strict, ...accepting('分行试点', ['somethingElse']) };
    expect(day.refusal({ type: 'ChangeSettings', settings: beside }, boss)).toBe('may-starve');
  });

  it('are kept with the reason, and with who and when as the server knows them', () => {
    const day = new LobbyDay().open();
    const settings = { ...strict, acceptance: { ...accepting().acceptance, by: 'somebody else', at: 1 } };
    day.do({ type: 'ChangeSettings', settings }, boss);
    const signed = { of: ['strictPriority'], reason: '分行试点', by: 'boss', at: day.now };
    expect(day.state.setup?.settings).toMatchObject({ ...strict, acceptance: signed });
    expect(day.refold()).toEqual(day.state);
    day.minutes(5);
    day.do({ type: 'ChangeSettings', settings: { vipCap: 1 } }, boss);
    expect(day.state.setup?.settings).toMatchObject({ vipCap: 1, acceptance: signed });
  });

  it('of a branch that is older than the rule stay as they are, and all else can be changed', () => {
    const day = new LobbyDay().open(setupWith(strict));
    day.do({ type: 'ChangeSettings', settings: { waitLimit: 20 } }, boss);
    expect(day.state.setup?.settings).toMatchObject({ ...strict, waitLimit: 20 });
    day.do({ type: 'ChangeSettings', settings: { mode: 'recommended' } }, boss);
    expect(day.refusal({ type: 'ChangeSettings', settings: strict }, boss)).toBe('may-starve');
  });

  it('want a new reason once they were gone', () => {
    const day = new LobbyDay().open();
    day.do({ type: 'ChangeSettings', settings: { ...strict, ...accepting() } }, boss);
    day.do({ type: 'ChangeSettings', settings: { mode: 'recommended' } }, boss);
    expect(day.state.setup?.settings.acceptance).toBeUndefined();
    expect(day.refold()).toEqual(day.state);
    expect(day.refusal({ type: 'ChangeSettings', settings: strict }, boss)).toBe('may-starve');
  });

  it('are accepted only for what there is, under the first name as long as the words stay', () => {
    const setup = setupWith({ ...strict, ...accepting('试点', ['strictPriority', 'gone']) });
    const first = signedAcceptance(setup, undefined, 'Ann', 1);
    expect(first).toEqual({ of: ['strictPriority'], reason: '试点', by: 'Ann', at: 1 });
    expect(signedAcceptance(setup, first, 'Ben', 2)).toEqual(first);
    const reworded = setupWith({ ...strict, ...accepting('第二次试点') });
    expect(signedAcceptance(reworded, first, 'Ben', 2)).toMatchObject({ by: 'Ben', at: 2 });
    expect(signedAcceptance(setupWith(accepting()), first, 'Ben', 2)).toBeUndefined();
    expect(unaccepted(setup)).toEqual([]);
  });
});

describe('[P-25] A class ratio', () => {
  const ratio = (...of: RatioPart[]) => of.map((each) => ({ of: each, calls: 1 }));
  const opened = (settings: Partial<DaySettings>) => {
    const day = new LobbyDay().open();
    const decision = day.try({ type: 'ChangeSettings', settings: { mode: 'classRatio', ...settings } }, boss);
    return decision.ok ? 'kept' : [decision.code, decision.params];
  };

  it.each([
    ['none at all', {}, 'needed'],
    ['an empty one', { ratio: [] }, 'needed'],
    ['a class twice', { ratio: ratio('vip1', 'rest', 'vip1') }, 'repeated'],
    ['no call', { ratio: [{ of: 'rest', calls: 0 }] }, 'range'],
    ['half a call', { ratio: [{ of: 'rest', calls: 0.5 }] }, 'range'],
  ] as const)('with %s is refused', (_, settings, reason) => {
    expect(opened(structuredClone(settings) as Partial<DaySettings>)).toEqual([
      'bad-settings',
      expect.objectContaining({ field: 'ratio', reason }),
    ]);
  });

  it('[P-24] that leaves a class out may starve it where the band is off; one with the rest or every class does not', () => {
    const leavesOut = { ratio: ratio('special', 'vip3', 'vip2', 'vip1', 'normal') };
    expect(opened(leavesOut)).toBe('kept');
    expect(opened({ ...leavesOut, protectedBand: false })).toEqual([
      'may-starve',
      { field: 'acceptance', hazards: 'ratio.appointment' },
    ]);
    expect(opened({ ratio: ratio('vip3', 'rest'), protectedBand: false })).toBe('kept');
    expect(opened({ ratio: ratio(...callingClasses), protectedBand: false })).toBe('kept');
    const accepted = { of: ['ratio.normal', 'ratio.appointment'], reason: '试点' };
    const two = { ratio: ratio('special', 'vip3', 'vip2', 'vip1'), protectedBand: false };
    expect(opened({ ...two, acceptance: accepted })).toBe('kept');
  });
});

describe('[P-26, P-27, P-28] Rules of calling', () => {
  const answerTo = (settings: Partial<DaySettings>) => {
    const decision = new LobbyDay().open().try({ type: 'ChangeSettings', settings }, boss);
    return decision.ok ? 'kept' : [decision.code, decision.params['field'], decision.params['reason']];
  };
  const personal = { of: 'service' as const, id: 'personal', minutes: 5 };
  const help = { counterId: 'w1', serviceId: 'cash', seconds: 30 };
  const quick = { counterId: 'w1', minutes: 5, others: 'never' as const };

  it.each<[string, Partial<DaySettings>, string, string]>([
    ['an unknown service', { waitRules: [{ ...personal, id: 'gone' }] }, 'waitRules', 'unknown'],
    ['an unknown zone', { waitRules: [{ of: 'zone', id: 'gone', minutes: 5 }] }, 'waitRules', 'unknown'],
    ['an unknown class', { waitRules: [{ of: 'class', id: 'gold', minutes: 5 }] }, 'waitRules', 'unknown'],
    ['one twice', { waitRules: [personal, { ...personal, minutes: 9 }] }, 'waitRules', 'repeated'],
    ['negative minutes', { waitRules: [{ ...personal, minutes: -1 }] }, 'waitRules', 'range'],
    ['help at an unknown window', { overflows: [{ ...help, counterId: 'w99' }] }, 'overflows', 'unknown'],
    ['help with an unknown service', { overflows: [{ ...help, serviceId: 'x' }] }, 'overflows', 'unknown'],
    ['help twice', { overflows: [help, { ...help, seconds: 60 }] }, 'overflows', 'repeated'],
    ['help after no time', { overflows: [{ ...help, seconds: 0 }] }, 'overflows', 'range'],
    ['help after a day', { overflows: [{ ...help, seconds: 86_400 }] }, 'overflows', 'range'],
    [
      'an unknown quick window',
      { quickCounters: [{ ...quick, counterId: 'w0' }] },
      'quickCounters',
      'unknown',
    ],
    ['a window quick twice', { quickCounters: [quick, quick] }, 'quickCounters', 'repeated'],
    ['quick in no time', { quickCounters: [{ ...quick, minutes: 0 }] }, 'quickCounters', 'range'],
  ])('%s is refused with its field', (_, settings, field, reason) => {
    expect(answerTo(settings)).toEqual(['bad-settings', field, reason]);
  });

  it('[P-24] that no protected band bounds, or leave a service to no window, want a reason', () => {
    const everywhere = ['w1', 'w2', 'w3', 'w4', 'w5', 'w7', 'w8'];
    const hazards = (settings: Partial<DaySettings>) =>
      hazardsOf(setupWith(settings)).map((hazard) => hazardKey(hazard));
    const unbounded = { mode: 'strictFifo' as const, waitRules: [personal] };
    expect(answerTo(unbounded)).toEqual(['may-starve', 'acceptance', undefined]);
    expect(hazards(unbounded)).toEqual(['waitRule.service.personal']);
    expect(hazards({ waitRules: [{ ...personal, minutes: 0 }] })).toEqual([]);
    const inTurn = { ...unbounded, mode: 'classRatio' as const, ratio: [{ of: 'rest' as const, calls: 1 }] };
    expect(hazards(inTurn)).toEqual([]);
    expect(hazards({ ...inTurn, protectedBand: false })).toEqual(['waitRule.service.personal']);
    const helps = everywhere.map((counterId) => ({ ...help, counterId }));
    expect(hazards({ overflows: helps })).toEqual(['leftOver.cash']);
    expect(hazards({ overflows: helps.slice(1) })).toEqual([]);
    expect(hazards({ overflows: helps.slice(1), quickCounters: [quick] })).toEqual([]);
    expect(hazards({ overflows: helps.slice(1), quickCounters: [{ ...quick, minutes: 3 }] })).toEqual([
      'leftOver.cash',
    ]);
  });

  it('[P-24, P-28] count no window that may never be there, unless there is no other', () => {
    const leftOver = (change: (counter: CounterSetup) => Partial<CounterSetup>) => {
      const setup = setupWith({ overflows: [help] });
      setup.counters = setup.counters.map((counter) => ({ ...counter, ...change(counter) }));
      return hazardsOf(setup).map((hazard) => hazardKey(hazard));
    };
    expect(leftOver(() => ({}))).toEqual([]);
    expect(leftOver(({ id }) => (id === 'w1' ? {} : { elastic: true }))).toEqual(['leftOver.cash']);
    expect(leftOver(({ id }) => (id === 'w1' ? {} : { equipment: [] }))).toEqual(['leftOver.cash']);
    expect(leftOver(() => ({ elastic: true }))).toEqual([]);
  });
});
