import { nextDeadline } from '../../../src/lobby/deadlines.js';
import { emptyState } from '../../../src/lobby/state.js';
import { evolve } from '../../../src/lobby/evolve.js';
import { instantOf, minuteAt } from '../../../src/lobby/wall-clock.js';
import { businessDay } from '../../../src/runtime/business-day.js';
import { kiosk, LobbyDay, setupWith, system } from '../../support/lobby.js';
import { Seen } from '../views/seen.js';

/** Services from 8:00, personal ones till 16:00; last tickets at 17:00; the day closes itself at 03:00. */
function setup(timeZone: string) {
  const made = setupWith({ lastTicket: 17 * 60, closesItself: 3 * 60 });
  made.services.find(({ id }) => id === 'personal')!.hours.to = 16 * 60;
  return { ...made, timeZone };
}

describe('[D-13] On a day whose clocks change everything falls due by the clocks on the wall', () => {
  it.each([
    ['when they go forward', 'Europe/Berlin', '2026-03-29', '+02:00', '2026-03-30T03:00+02:00'],
    ['when they go back', 'Europe/Berlin', '2026-10-25', '+01:00', '2026-10-26T03:00+01:00'],
    [
      'when they go forward in New York',
      'America/New_York',
      '2026-03-08',
      '-04:00',
      '2026-03-09T03:00-04:00',
    ],
    [
      'in the night before they go forward',
      'Europe/Berlin',
      '2026-03-28',
      '+01:00',
      '2026-03-29T03:00+02:00',
    ],
    ['in the night before they go back', 'Europe/Berlin', '2026-10-24', '+02:00', '2026-10-25T03:00+01:00'],
    ['when they are left alone', 'Asia/Shanghai', '2026-10-25', '+08:00', '2026-10-26T03:00+08:00'],
  ])('%s (%s, %s)', (_, timeZone, date, offset, closes) => {
    const wall = (clock: string): number => Date.parse(`${date}T${clock}${offset}`);
    const lobby = new LobbyDay(wall('07:30'));
    const seen = new Seen(lobby);
    const asTheClockShows = (clock: string, serviceId = 'cash') => {
      lobby.minutes((wall(clock) - lobby.now) / 60_000);
      seen.beat();
      const refused = lobby.try({ type: 'IssueTicket', serviceIds: [serviceId], tier: 0 }, kiosk);
      const { phase, services } = seen.view('kiosk');
      return [refused.ok ? 'issued' : refused.code, phase, services[serviceId]?.closed];
    };
    const begin = { type: 'BeginDay', ...businessDay(lobby.now, timeZone), setup: setup(timeZone) } as const;
    lobby.do({ ...begin, appointments: [] }, system);
    lobby.do({ type: 'SignOn', counterId: 'w1' }, { ...system, id: 't1', role: 'teller' });
    expect(asTheClockShows('07:59:59')).toEqual(['service-closed', 'open', 'hours']);
    expect(asTheClockShows('08:00:00')).toEqual(['issued', 'open', undefined]);
    expect(asTheClockShows('15:59:59', 'personal')).toEqual(['issued', 'open', undefined]);
    expect(asTheClockShows('16:00:00', 'personal')).toEqual(['service-closed', 'open', 'hours']);
    expect(asTheClockShows('16:59:59')).toEqual(['issued', 'open', undefined]);
    expect(asTheClockShows('17:00:00')).toEqual(['tickets-ended', 'ticketsEnded', 'tickets']);

    lobby.minutes((Date.parse(closes) - 1 - lobby.now) / 60_000);
    expect(lobby.state.phase).toBe('open');
    expect(nextDeadline(lobby.state, lobby.now)).toBe(Date.parse(closes));
    lobby.minutes(1 / 60);
    expect(lobby.state.phase).toBe('closed');
  });

  it('an hour that is skipped begins with the change, and of one that comes twice the first counts', () => {
    const closing = (date: string, closesItself: number): number | null => {
      const lobby = new LobbyDay(Date.parse(`${date}T12:00Z`));
      const begin = { type: 'BeginDay', ...businessDay(lobby.now, 'Europe/Berlin') } as const;
      lobby.do({ ...begin, setup: setupWith({ closesItself }), appointments: [] }, system);
      return nextDeadline(lobby.state, lobby.now);
    };
    expect(closing('2026-03-28', 2 * 60 + 30)).toBe(Date.parse('2026-03-29T01:00Z'));
    expect(closing('2026-10-24', 2 * 60 + 30)).toBe(Date.parse('2026-10-25T00:30Z'));
  });

  it.each([
    ['2026-03-02', 'Asia/Shanghai'],
    ['2026-03-29', 'Europe/Berlin'],
    ['2026-10-25', 'Europe/Berlin'],
  ])('of %s in %s it is known what they show when', (date, timeZone) => {
    const local = businessDay(Date.parse(`${date}T12:00Z`), timeZone);
    const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
    for (let minute = 0; minute < 24 * 60; minute += 10) {
      const at = instantOf(local, minute);
      const [hours = 0, minutes = 0] = clock.format(at).split(':').map(Number);
      expect(minuteAt(local, at)).toBe(hours * 60 + minutes);
    }
  });

  it('[L13] a day that was opened before this was known folds as it did', () => {
    const lobby = new LobbyDay().open();
    const again = emptyState('main');
    for (const occurrence of lobby.log) evolve(again, occurrence);
    expect(lobby.log[0]?.event).not.toHaveProperty('change');
    expect(again).toEqual(lobby.state);
    expect(again).not.toHaveProperty('change');
  });
});
