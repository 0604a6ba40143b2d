/** A day's report as tables: what is shown, printed and downloaded is the same. */
import { visitClasses } from '../../src/protocol/lookingBack.js';
import type {
  ClassFigures,
  DayReport,
  LoveWindowFigures,
  ReplayComparison,
  Told,
  VisitClass,
} from '../../src/protocol/lookingBack.js';
import type { Role } from '../../src/protocol/vocabulary.js';
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
const toldWords = (figure: Told, words: (figure: number) => string): string =>
  figure === 'withheld' ? t('past.withheld') : words(figure);
/** What stands for everything about customers with priority when none of it is told. */
const wholeWords = ({ over }: DayReport): string => t(over ? 'past.withheld' : 'past.later');
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
const waitsTable = (report: DayReport): Table => ({
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
      'past.from15',
    ] satisfies AdminText[]
  ).map((key) => t(key)),
  rows: visitClasses.flatMap((name) => {
    const figures = report.classes[name];
    if (figures === 'withheld') return [[className(name), wholeWords(report), ...none(6)]];
    if (isEmpty(figures)) return [];
    const { waits, unserved } = figures;
    return [
      [
        className(name),
        toldWords(waits?.count ?? 0, String),
        toldWords(unserved, String),
        ...(waits
          ? [
              ...[waits.mean, waits.p50, waits.p90, waits.longest].map((each) => toldWords(each, tenth)),
              toldWords(waits.from15, shareWords),
            ]
          : none(5)),
      ],
    ];
  }),
});

const overtakesTable = (report: DayReport): Table => ({
  title: t('past.overtakes'),
  about: t('past.overtakesAbout', { b: report.settings.overtakesToProtect }),
  columns: [t('past.class'), t('past.times'), t('past.most'), t('past.protected'), t('past.overtook')],
  rows: visitClasses.flatMap((name) => {
    const figures = report.classes[name];
    if (figures === 'withheld' || figures.overtakes === null || isEmpty(figures)) return [];
    const { times, most, protected: reached, overtook } = figures.overtakes;
    return [[className(name), ...[times, most, reached, overtook].map(String)]];
  }),
});

const vipsTable = ({ vips }: DayReport): Table => ({
  title: t('past.vips'),
  columns: [t('past.figure'), t('past.value')],
  rows: [
    [t('past.vipRun'), String(vips.longestRun)],
    [t('past.vipCap'), String(vips.cap)],
    [t('past.vipBeyond'), String(vips.beyondCap)],
  ],
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

/** Held, and neither idle nor with the one it was held for: the customer before was still served. */
const finishing = ({ heldMinutes, idleMinutes, servingMinutes }: LoveWindowFigures): Told =>
  heldMinutes === 'withheld' || idleMinutes === 'withheld' || servingMinutes === 'withheld'
    ? 'withheld'
    : Math.max(0, heldMinutes - idleMinutes - servingMinutes);

function costTable(report: DayReport): Table {
  const { loveWindow: cost, staffMinutes } = report;
  return {
    title: t('past.love'),
    columns: [t('past.figure'), t('past.value')],
    rows: [
      [t('past.episodes'), cost === 'withheld' ? wholeWords(report) : String(cost.episodes)],
      ...(cost === 'withheld' || cost.episodes === 0
        ? []
        : [
            [t('past.held'), toldWords(cost.heldMinutes, minutesWords)],
            [t('past.idle'), toldWords(cost.idleMinutes, minutesWords)],
            [t('past.serving'), toldWords(cost.servingMinutes, minutesWords)],
            [t('past.finishing'), toldWords(finishing(cost), minutesWords)],
            [t('past.endedServed'), toldWords(cost.served, String)],
            [t('past.endedOtherwise'), toldWords(cost.notServed, String)],
            [t('past.swaps'), toldWords(cost.swaps, String)],
            [t('past.swapsRefused'), toldWords(cost.swapsRefused, String)],
            [t('past.unanswered'), toldWords(cost.unanswered, String)],
          ]),
      [t('past.staff'), minutesWords(staffMinutes)],
    ],
  };
}

export const tablesOf = (report: DayReport): Table[] => [
  waitsTable(report),
  overtakesTable(report),
  vipsTable(report),
  otherwiseTable(report),
  costTable(report),
];

/** Nobody came; on a running day, nobody of whom anything is told yet. */
export const nobodyCame = ({ over, classes }: DayReport): boolean =>
  visitClasses.every((name) => {
    const figures = classes[name];
    return figures === 'withheld' ? !over : isEmpty(figures);
  });

/**
 * RFC 4180 with a mark that lets a spreadsheet read Chinese; no cell begins as a formula would.
 * @param before words above the tables
 * @param after words below them
 */
export function csvOf(before: readonly string[], tables: readonly Table[], after: readonly string[]): string {
  const cell = (text: string): string =>
    `"${(/^[=+\-@\t]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  const block = (rows: readonly (readonly string[])[]): string =>
    rows.map((cells) => cells.map(cell).join(',')).join('\r\n');
  const words = (lines: readonly string[]): string[][] => lines.map((line) => [line]);
  const blocks = [
    words(before),
    ...tables.map(({ title, about, columns, rows }) => [
      ...words(about === undefined ? [title] : [title, about]),
      ...(rows.length > 0 ? [columns, ...rows] : []),
    ]),
    words(after),
  ];
  return `\uFEFF${blocks.map(block).join('\r\n\r\n')}\r\n`;
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
    t('past.from15'),
    t('past.times'),
  ],
  rows: visitClasses
    .filter((name) =>
      runs.some((run) => {
        const figures = comparison[run].classes[name];
        return figures === 'withheld' || !isEmpty(figures);
      }),
    )
    .flatMap((name) =>
      runs.map((run) => {
        const figures = comparison[run].classes[name];
        const head = [className(name), runName(run)];
        if (figures === 'withheld') return [...head, t('past.withheld'), ...none(5)];
        const { waits, overtakes } = figures;
        const cells = waits
          ? [
              ...[waits.mean, waits.p90, waits.longest].map((each) => toldWords(each, tenth)),
              toldWords(waits.from15, shareWords),
            ]
          : none(4);
        return [
          ...head,
          toldWords(waits?.count ?? 0, String),
          ...cells,
          overtakes ? String(overtakes.times) : '—',
        ];
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
    report.loveWindow === 'withheld' ? t('past.withheld') : of(report.loveWindow);
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
        window(({ heldMinutes }) => toldWords(heldMinutes, minutesWords)),
      ),
      row(
        t('past.idle'),
        window(({ idleMinutes }) => toldWords(idleMinutes, minutesWords)),
      ),
      row(t('past.vips'), ({ vips }) => String(vips.longestRun)),
    ],
  };
}

/** The waits of a class as a bar; none where they are not told. */
function barOf(report: DayReport, group: VisitClass, name: string): Bar[] {
  const figures = report.classes[group];
  if (figures === 'withheld' || figures.waits === null) return [];
  const { mean, p90, longest } = figures.waits;
  return p90 === 'withheld' || longest === 'withheld'
    ? []
    : [{ group: className(group), name, mean, p90, longest }];
}

export const barsOf = (report: DayReport): Bar[] => visitClasses.flatMap((name) => barOf(report, name, ''));
export const comparedBars = (comparison: ReplayComparison): Bar[] =>
  visitClasses.flatMap((name) => runs.flatMap((run) => barOf(comparison[run], name, runName(run))));
