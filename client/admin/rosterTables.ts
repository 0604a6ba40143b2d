/** A roster in words and as a table: what is shown, printed and downloaded is the same. */
import type { ComingDay, Need, Roster, RosterSlot } from '../../src/protocol/roster.js';
import { htmlLang, lang } from '../shared/i18n.js';
import type { Table } from './lookingBackTables.js';
import { clockWords, t } from './texts.js';

const dateWords = (day: string): string =>
  new Intl.DateTimeFormat(htmlLang(lang.value), {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    weekday: 'long',
    timeZone: 'UTC',
  }).format(Date.parse(`${day}T00:00:00Z`));

const isWeekend = (day: string): boolean => new Date(`${day}T00:00:00Z`).getUTCDay() % 6 === 0;

/** Date, weekday, and what is special about it. */
export function dayWords({ day, kind, working }: ComingDay): string {
  const special = kind === 'ordinary' ? [] : [t(`roster.kind.${kind}`)];
  const worked = working && isWeekend(day) ? [t('roster.worked')] : [];
  return [dateWords(day), ...special, ...worked].join(' · ');
}

const spanWords = ({ from, until }: Pick<RosterSlot, 'from' | 'until'>): string =>
  t('roster.span', { from: clockWords(from), until: clockWords(until) });

/** Half hours of overload that follow each other, as one time. */
function overloads(slots: readonly RosterSlot[]): string[] {
  const spans: { from: number; until: number }[] = [];
  for (const { from, until, needed } of slots) {
    if (needed.rule === 'steady') continue;
    const last = spans.at(-1);
    if (last?.until === from) last.until = until;
    else spans.push({ from, until });
  }
  return spans.map(spanWords);
}

const NOON = { from: 11 * 60, until: 14 * 60 };
/** The hour around noon in which the fewest come, if the branch is open then and keeps up; one alone has no turns. */
function lunch({ slots, counters }: Roster): { from: number; until: number } | undefined {
  if (counters < 2) return undefined;
  const hours = slots.flatMap((slot, i) => {
    const next = slots[i + 1];
    const within =
      next && slot.from >= NOON.from && next.until <= NOON.until && next.until - slot.from === 60;
    if (!within || slot.needed.rule === 'overload' || next.needed.rule === 'overload') return [];
    return [{ from: slot.from, until: next.until, arrivals: slot.arrivals + next.arrivals }];
  });
  return hours.sort((a, b) => a.arrivals - b.arrivals)[0];
}

/** What the figures rest on, and where they fail. */
export function notesOf(roster: Roster): string[] {
  const { basis, known, slots, counters, elastic } = roster;
  const { days, like, priorDays } = basis;
  const times = overloads(slots);
  const quiet = lunch(roster);
  return [
    days === 0
      ? t('roster.basisNone', { n: counters - elastic })
      : t('roster.basis', { days, like, prior: priorDays }),
    ...(known ? [] : [t('roster.unknownHolidays')]),
    ...(times.length > 0 ? [t('roster.overload', { times: times.join(', ') })] : []),
    ...(quiet ? [t('roster.lunch', { from: clockWords(quiet.from), until: clockWords(quiet.until) })] : []),
  ];
}

const needWords = (need: Need, all: number): string => {
  if (need.rule === 'overload') return t('roster.all', { n: Math.max(1, Math.round(need.waits)) });
  return need.counters > all ? t('roster.more', { n: need.counters, all }) : String(need.counters);
};

/** So many windows are to be open: as needed, as far as there are any. */
export const toOpen = (need: Need, all: number): number =>
  need.rule === 'overload' ? all : Math.min(all, need.counters);

export function rosterTable({ slots, counters, elastic, minutesEach }: Roster): Table {
  const regular = counters - elastic;
  const about = t('roster.tableAbout', { minutes: minutesEach.toFixed(1), regular, elastic });
  const tooFew = slots.some(({ needed, neededBusy }) =>
    [needed, neededBusy].some((need) => need.rule === 'steady' && need.counters > counters),
  );
  return {
    title: t('roster.table'),
    about: tooFew ? [about, t('roster.moreWhy')].join(lang.value === 'zh' ? '' : ' ') : about,
    columns: [
      t('roster.time'),
      t('roster.arrivals'),
      t('roster.arrivalsBusy'),
      t('roster.work'),
      t('roster.needed'),
      ...(elastic > 0 ? [t('roster.elastic')] : []),
      t('roster.neededBusy'),
    ],
    rows: slots.map((slot) => [
      spanWords(slot),
      slot.arrivals.toFixed(1),
      slot.arrivalsBusy.toFixed(1),
      String(Math.round(slot.work)),
      needWords(slot.needed, counters),
      ...(elastic > 0 ? [String(Math.max(0, toOpen(slot.needed, counters) - regular))] : []),
      needWords(slot.neededBusy, counters),
    ]),
  };
}
