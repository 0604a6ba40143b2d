import { calendarDay, daysAfter, weekFactor } from '../../../src/model/calendar.js';
import { weekdayFactor } from '../../../src/model/arrivals.js';

const here = (day: string) => calendarDay(day, 'Asia/Shanghai');

describe('what a date is to a branch', () => {
  it.each([
    ['2026-03-02', 'ordinary', true],
    ['2026-03-15', 'pension', false],
    ['2026-03-20', 'pension', true],
    ['2026-03-24', 'ordinary', true],
    ['2026-03-25', 'pay', true],
    ['2026-03-31', 'ordinary', true],
    // Thursday before Labour Day, within the pay days.
    ['2026-04-30', 'eve', true],
    ['2026-05-01', 'holiday', false],
    // A Saturday that is worked for Labour Day, and one that is worked on the eve of the Spring Festival.
    ['2026-05-09', 'ordinary', true],
    ['2026-02-14', 'eve', true],
    // The Friday before a holiday that begins on a Saturday; National Day within the first week.
    ['2026-04-03', 'eve', true],
    ['2026-10-07', 'holiday', false],
    ['2026-10-08', 'ordinary', true],
  ])('[H-12] %s: %s', (day, kind, working) => {
    expect(here(day)).toEqual({ day, kind, working, known: true });
  });

  it('[H-12] says where no calendar is known: another year, its eve, another country', () => {
    expect(here('2026-12-30').known).toBe(true);
    expect(here('2026-12-31')).toMatchObject({ kind: 'ordinary', known: false });
    expect(here('2031-10-01')).toMatchObject({ kind: 'ordinary', working: true, known: false });
    expect(calendarDay('2026-05-01', 'Europe/Berlin')).toMatchObject({ kind: 'ordinary', known: false });
  });

  it('[H-12] weighs a weekend day that is worked like a working day, and a holiday like a Sunday', () => {
    expect(weekFactor(here('2026-05-09'))).toBe(1);
    expect(weekFactor(here('2026-05-01'))).toBe(weekdayFactor(0));
    expect(weekFactor(here('2026-03-07'))).toBe(weekdayFactor(6));
  });

  it('counts days over the end of a month and of a year', () => {
    expect(daysAfter('2028-02-28', 1)).toBe('2028-02-29');
    expect(daysAfter('2026-12-20', 14)).toBe('2027-01-03');
  });
});
