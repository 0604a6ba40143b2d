/** A day's report as tables: what is shown, printed and downloaded is the same. */
import { visitClasses } from '../../src/protocol/lookingBack.js';
import type {
  ClassFigures,
  Count,
  DayReport,
  LoveWindowFigures,
  ReplayComparison,
  VisitClass,
} from '../../src/protocol/lookingBack.js';
import type { EpisodeEnding, Role } from '../../src/protocol/vocabulary.js';
import { isText, t } from './texts.js';
import type { AdminText } from './texts.js';

export interface Bar {
  group: string;
  /** Which of several bars of one group; empty where there is one. */
  name: string;
  mean: number;
  p90: number;
  longest: number;
}

export interface Table {
  title: string;
  about?: string;
  /** The first one heads the rows. */
  columns: string[];
  rows: string[][];
}

const tenth = (minutes: number): string => minutes.toFixed(1);
export const shareWords = (share: number): string => `${String(Math.round(share * 100))} %`;
const countWords = (count: Count): string => (count === 'few' ? t('past.few') : String(count));
const minutesWords = (minutes: number): string => t('past.minutes', { n: Math.round(minutes) });
export const className = (name: VisitClass): string => t(`past.class.${name}`);

const roleWords = (role: string): string => {
  const key = `past.role.${role}`;
  return isText(key) ? t(key) : role;
};

const none = (cells: number): string[] => Array.from({ length: cells }, () => '—');

/** Nobody of the class came. */
export const isEmpty = ({ waits, unserved }: ClassFigures): boolean => waits === null && unserved === 0;

/** Rows of the classes there were; a class that is withheld says so and nothing else. */
function byClass(
  report: DayReport,
  withheld: string[],
  cells: (figures: ClassFigures) => string[],
): string[][] {
  return visitClasses.flatMap((name) => {
    const figures = report.classes[name];
    if (figures === 'few') return [[className(name), ...withheld]];
    return isEmpty(figures) ? [] : [[className(name), ...cells(figures)]];
  });
}

export const waitsTable = (report: DayReport): Table => ({
  title: t('past.waits'),
  about: t('past.waitsAbout'),
  columns: (
    [
      'past.class',
      'past.served',
      'past.unserved',
      'past.mean',
      'past.p50',
      'past.p90',
      'past.longest',
      'past.over15',
    ] satisfies AdminText[]
  ).map((key) => t(key)),
  rows: byClass(report, [t('past.few'), ...none(6)], ({ waits, unserved }) => [
    String(waits?.count ?? 0),
    countWords(unserved),
    ...(waits
      ? [...[waits.mean, waits.p50, waits.p90, waits.longest].map(tenth), shareWords(waits.over15)]
      : none(5)),
  ]),
});

const overtakesTable = (report: DayReport): Table => ({
  title: t('past.overtakes'),
  about: t('past.overtakesAbout', { b: report.settings.overtakesToProtect }),
  columns: [t('past.class'), t('past.times'), t('past.most'), t('past.protected'), t('past.overtook')],
  rows: byClass(report, none(4), ({ overtaken, overtook }) => [
    String(overtaken.times),
    String(overtaken.most),
    countWords(overtaken.protected),
    String(overtook),
  ]),
});

function otherwiseTable({ otherwise }: DayReport): Table {
  const acts = Object.entries(otherwise) as [keyof typeof otherwise, Partial<Record<Role, number>>][];
  const roles = (['teller', 'lobbyManager', 'branchManager'] as const).filter((role) =>
    acts.some(([, byRole]) => byRole[role] !== undefined),
  );
  return {
    title: t('past.otherwise'),
    ...(acts.length === 0 && { about: t('past.otherwiseNone') }),
    columns: [t('past.act'), ...roles.map(roleWords)],
    rows: acts.map(([act, byRole]) => [
      t(`past.act.${act}`),
      ...roles.map((role) => String(byRole[role] ?? 0)),
    ]),
  };
}

function costTable({ loveWindow: cost, staffMinutes }: DayReport): Table {
  const counts = (list: Partial<Record<string, Count>>, words: (key: string) => string): string[][] =>
    Object.entries(list).map(([key, count]) => [words(key), countWords(count ?? 0)]);
  return {
    title: t('past.love'),
    columns: [t('past.figure'), t('past.value')],
    rows: [
      [t('past.episodes'), cost === 'few' ? t('past.few') : String(cost.episodes)],
      ...(cost === 'few' || cost.episodes === 0
        ? []
        : [
            [t('past.held'), minutesWords(cost.heldMinutes)],
            [t('past.idle'), minutesWords(cost.idleMinutes)],
            [t('past.serving'), minutesWords(cost.servingMinutes)],
            [t('past.swaps'), countWords(cost.swaps)],
            [t('past.unanswered'), countWords(cost.unanswered)],
            ...counts(cost.begunBy, (role) => t('past.begunBy', { who: roleWords(role) })),
            ...counts(cost.endedBy, (role) => t('past.endedBy', { who: roleWords(role) })),
            ...counts(cost.ended, (how) => t(`past.ended.${how as EpisodeEnding & 'served'}`)),
          ]),
      [t('past.staff'), minutesWords(staffMinutes)],
    ],
  };
}

export function vipWords({ vips }: DayReport): string {
  const { longestRun, cap, beyondCap } = vips;
  return t('past.vipsSaid', { run: longestRun, cap, beyond: beyondCap });
}

export const tablesOf = (report: DayReport): Table[] => [
  waitsTable(report),
  overtakesTable(report),
  otherwiseTable(report),
  costTable(report),
];

export const nobodyCame = ({ classes }: DayReport): boolean =>
  visitClasses.every((name) => {
    const figures = classes[name];
    return figures !== 'few' && isEmpty(figures);
  });

/** RFC 4180 with a mark that lets a spreadsheet read Chinese; no cell begins as a formula would. */
export function csvOf(tables: readonly Table[]): string {
  const cell = (text: string): string =>
    `"${(/^[=+\-@\t]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  const line = (cells: readonly string[]): string => cells.map(cell).join(',');
  return `\uFEFF${tables
    .map(({ title, columns, rows }) => [[title], columns, ...rows].map(line).join('\r\n'))
    .join('\r\n\r\n')}\r\n`;
}

/** Hands a text to the browser's downloads. */
export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

const runs = ['asItWas', 'replayed', 'other'] as const;
export const runName = (run: (typeof runs)[number]): string => t(`past.run.${run}`);

/** Every class as it was and as it was played, below each other. */
export const comparedWaits = (comparison: ReplayComparison): Table => ({
  title: t('past.waits'),
  about: t('past.replayAbout'),
  columns: [
    t('past.class'),
    t('past.run'),
    t('past.served'),
    t('past.mean'),
    t('past.p90'),
    t('past.longest'),
    t('past.over15'),
    t('past.times'),
  ],
  rows: visitClasses
    .filter((name) =>
      runs.some((run) => {
        const figures = comparison[run].classes[name];
        return figures === 'few' || !isEmpty(figures);
      }),
    )
    .flatMap((name) =>
      runs.map((run) => {
        const figures = comparison[run].classes[name];
        const head = [className(name), runName(run)];
        if (figures === 'few') return [...head, t('past.few'), ...none(5)];
        const { waits, overtaken } = figures;
        const cells = waits
          ? [...[waits.mean, waits.p90, waits.longest].map(tenth), shareWords(waits.over15)]
          : none(4);
        return [...head, String(waits?.count ?? 0), ...cells, String(overtaken.times)];
      }),
    ),
});

/** What it took: staff, and windows kept for love windows. */
export function comparedTotals(comparison: ReplayComparison): Table {
  const row = (title: string, of: (report: DayReport) => string): string[] => [
    title,
    ...runs.map((run) => of(comparison[run])),
  ];
  const window = (of: (cost: LoveWindowFigures) => string) => (report: DayReport) =>
    report.loveWindow === 'few' ? t('past.few') : of(report.loveWindow);
  return {
    title: t('past.totals'),
    columns: [t('past.figure'), ...runs.map(runName)],
    rows: [
      row(t('past.staff'), ({ staffMinutes }) => minutesWords(staffMinutes)),
      row(
        t('past.episodes'),
        window(({ episodes }) => String(episodes)),
      ),
      row(
        t('past.held'),
        window(({ heldMinutes }) => minutesWords(heldMinutes)),
      ),
      row(
        t('past.idle'),
        window(({ idleMinutes }) => minutesWords(idleMinutes)),
      ),
      row(t('past.vips'), ({ vips }) => String(vips.longestRun)),
    ],
  };
}

export const comparedBars = (comparison: ReplayComparison): Bar[] =>
  visitClasses.flatMap((name) =>
    runs.flatMap((run) => {
      const figures = comparison[run].classes[name];
      if (figures === 'few' || figures.waits === null) return [];
      const { mean, p90, longest } = figures.waits;
      return [{ group: className(name), name: runName(run), mean, p90, longest }];
    }),
  );
