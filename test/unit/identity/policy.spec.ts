import { commandTypes } from '../../../src/doors/commandDtos.js';
import { administers, inspects, looksBack, permits, watches } from '../../../src/identity/policy.js';
import { audiences } from '../../../src/protocol/views.js';
import { roles } from '../../../src/protocol/vocabulary.js';
import type { Role } from '../../../src/protocol/vocabulary.js';

const allowed = (role: Role) => commandTypes.filter((type) => permits(role, type, 'main', 'main'));

describe('the policy', () => {
  it('allows nobody anything in another branch', () => {
    for (const role of roles)
      for (const type of commandTypes) expect(permits(role, type, 'main', 'other')).toBe(false);
  });

  it.each(['board', 'counterSign', 'auditor', 'administrator', 'system'] as const)(
    'gives %s no act of the lobby',
    (role) => {
      expect(allowed(role)).toEqual([]);
    },
  );

  it.each([
    ['kiosk', ['IssueTicket', 'CheckIn', 'RequestHelp']],
    ['phone', ['RequestHelp', 'CancelVisit', 'Undo']],
    ['ratingPad', ['RateService']],
  ] as const)('gives %s these acts and no more', (role, acts) => {
    expect(allowed(role)).toEqual(acts);
  });

  it('gives a branch manager all that a lobby manager may, and the settings of the day', () => {
    const more = allowed('branchManager').filter((type) => !permits('lobbyManager', type, 'main', 'main'));
    expect(more).toEqual(['ChangeSettings']);
    expect(allowed('lobbyManager').every((type) => permits('branchManager', type, 'main', 'main'))).toBe(
      true,
    );
  });

  it('[W-54] lets managers alone speak for the branch', () => {
    for (const type of ['PostNotice', 'WithdrawNotice'] as const)
      expect(roles.filter((role) => permits(role, type, 'main', 'main'))).toEqual([
        'lobbyManager',
        'branchManager',
      ]);
  });

  it('[R-3] lets the pad alone answer what it asked', () => {
    expect(roles.filter((role) => permits(role, 'RateService', 'main', 'main'))).toEqual(['ratingPad']);
  });

  it('leaves the work at a counter to its teller', () => {
    for (const type of ['CallNext', 'StartService', 'FinishService', 'SignOn'] as const)
      expect(roles.filter((role) => permits(role, type, 'main', 'main'))).toEqual(['teller']);
  });

  it('shows support needs only to those on the floor', () => {
    expect(roles.filter((role) => permits(role, 'RevealNeeds', 'main', 'main'))).toEqual([
      'teller',
      'lobbyManager',
      'branchManager',
    ]);
  });

  it('lets the administrator alone configure', () => {
    for (const part of ['staff', 'devices', 'branches'] as const)
      expect(roles.filter((role) => administers(role, part))).toEqual(['administrator']);
  });

  it('[S-13] lets the branch manager and the auditor read the configuration, and nobody else', () => {
    expect(roles.filter((role) => inspects(role))).toEqual(['branchManager', 'administrator', 'auditor']);
  });

  it('[H-1] lets the branch manager, the administrator and the auditor look back, and nobody else', () => {
    expect(roles.filter((role) => looksBack(role))).toEqual(['branchManager', 'administrator', 'auditor']);
  });

  it('gives every screen one page, and every page to somebody', () => {
    for (const role of ['kiosk', 'phone', 'board', 'counterSign', 'ratingPad'] as const)
      expect(watches(role)).toHaveLength(1);
    expect(new Set(roles.flatMap((role) => watches(role)))).toEqual(new Set(audiences));
    expect(watches('system')).toEqual([]);
  });
});
