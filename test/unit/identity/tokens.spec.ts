import { DEVICE_PREFIX, hashOf, newToken, sameText, TicketTokens } from '../../../src/identity/tokens.js';
import { Passwords } from '../../../src/identity/passwords.js';

describe('a ticket token', () => {
  const tickets = new TicketTokens('a secret of more than thirty-two characters');
  const shown = (visitId: string): string => `${visitId}.${tickets.tokenOf(visitId)}`;

  it('has 128 bits, is the same each time, and opens its own visit', () => {
    expect(tickets.tokenOf('v1')).toMatch(/^[0-9a-f]{32}$/);
    expect(tickets.tokenOf('v1')).toBe(tickets.tokenOf('v1'));
    expect(tickets.visitOf(shown('v1'))).toBe('v1');
  });

  it.each([
    ['another visit', `v2.${tickets.tokenOf('v1')}`],
    ['one changed digit', shown('v1').replace(/.$/, (digit) => (digit === '0' ? '1' : '0'))],
    ['a shorter one', shown('v1').slice(0, -1)],
    ['none', 'v1.'],
    ['nothing', ''],
    ['two dots', `v1.${shown('v1')}`],
    ['another secret', `v1.${new TicketTokens('another secret of more than 32 characters').tokenOf('v1')}`],
  ])('does not open for %s', (_name, token) => {
    expect(tickets.visitOf(token)).toBeUndefined();
  });
});

describe('tokens', () => {
  it('are never alike, and what is stored is not the token', () => {
    const [one, two] = [newToken(DEVICE_PREFIX), newToken(DEVICE_PREFIX)];
    expect(one).not.toBe(two);
    expect(one.length).toBe(DEVICE_PREFIX.length + 43);
    expect(hashOf(one)).toMatch(/^[0-9a-f]{64}$/);
    expect(sameText(one, one)).toBe(true);
    expect(sameText(one, two)).toBe(false);
  });
});

describe('passwords', () => {
  it('are kept as argon2id with 19 MiB and two passes, two at a time at most', async () => {
    const passwords = new Passwords();
    const stored = await passwords.hash('correct horse');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    const answers = await Promise.all([
      passwords.matches(stored, 'correct horse'),
      passwords.matches(stored, 'wrong horse'),
      passwords.matches(undefined, 'nobody has this password'),
      passwords.matches(undefined, 'correct horse'),
    ]);
    expect(answers).toEqual([true, false, false, false]);
  });
});
