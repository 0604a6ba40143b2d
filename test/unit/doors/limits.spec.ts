import { CommandLimits, productionRates } from '../../../src/doors/limits.js';
import type { Identity } from '../../../src/identity/identity.js';

const someone = (kind: Identity['kind'], credential: string): Identity => ({
  kind,
  credential,
  branchId: 'main',
  audiences: [],
  actor: { id: credential, role: 'teller', name: '', skills: [], session: '' },
});

describe('the limit of commands', () => {
  let now = 0;
  const taken = (limits: CommandLimits, who: Identity, times: number): number =>
    Array.from({ length: times }, () => limits.take(who)).filter(Boolean).length;

  it.each([
    ['staff', 20, 10],
    ['device', 6, 2],
    ['ticket', 4, 1],
  ] as const)('of %s is %i at once and %i a second', (kind, burst, perSecond) => {
    const limits = new CommandLimits(productionRates, () => now);
    const who = someone(kind, 'a');
    expect(taken(limits, who, 100)).toBe(burst);
    now += 1_000;
    expect(taken(limits, who, 100)).toBe(perSecond);
    now += 3_600_000;
    expect(taken(limits, who, 100)).toBe(burst);
  });

  it('is each one’s own', () => {
    const limits = new CommandLimits(productionRates, () => now);
    taken(limits, someone('ticket', 'a'), 100);
    expect(limits.take(someone('ticket', 'a'))).toBe(false);
    expect(limits.take(someone('ticket', 'b'))).toBe(true);
  });
});
