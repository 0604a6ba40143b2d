/** The settings that are a list of rules [P-25–P-28]: what a row of each consists of, and the row that comes next. */
import type { DayReport } from '../../src/protocol/lookingBack.js';
import { overflowRange, quickRange, ratioRange, waitRuleRange } from '../../src/protocol/settingRanges.js';
import type { SettingRange } from '../../src/protocol/settingRanges.js';
import type { Overflow, QuickCounter, RatioStep, WaitRule } from '../../src/protocol/settings.js';
import { callingClasses, ratioParts } from '../../src/protocol/vocabulary.js';
import { say } from '../shared/i18n.js';
import { t } from './texts.js';
import type { AdminText } from './texts.js';

/** What rules may name: of a branch as it is set up, or as it was on a day. */
export interface Nameable {
  zones: readonly DayReport['zones'][number][];
  services: readonly DayReport['services'][number][];
  counters: readonly Omit<DayReport['counters'][number], 'elastic'>[];
}

export interface Option {
  value: string;
  words: string;
  /** Options of one group stand together under its name. */
  group?: string;
}
export type Cell<R> =
  | { kind: 'choice'; label: string; value: string; options: Option[]; set: (value: string) => R }
  | {
      kind: 'figure';
      label: string;
      value: number;
      range: SettingRange;
      unit: AdminText;
      set: (value: number) => R;
    };

export interface RuleList<R> {
  /** Words of the button for one more. */
  add: AdminText;
  /** The next row; undefined: there can be none. */
  make(rows: readonly R[], branch: Nameable): R | undefined;
  /** How a row is told apart from the others by who hears the page. */
  nameOf(row: R, branch: Nameable): string;
  /** The controls of a row; nothing is offered that another row has already. */
  cells(row: R, rows: readonly R[], branch: Nameable): Cell<R>[];
}

const counterWords = ({ counters }: Nameable, id: string): string => {
  const counter = counters.find((each) => each.id === id);
  return counter ? say(counter.label) : t('rules.gone');
};
const serviceWords = ({ services }: Nameable, id: string): string => {
  const service = services.find((each) => each.id === id);
  return service ? say(service.name) : t('rules.gone');
};
const servicesOf = ({ counters }: Nameable, id: string): readonly string[] =>
  counters.find((counter) => counter.id === id)?.services ?? [];

const classWords = (of: string): string => t('rules.class', { of });
const ratio: RuleList<RatioStep> = {
  add: 'rules.ratioAdd',
  make(rows) {
    const of = ratioParts.find((part) => rows.every((row) => row.of !== part));
    return of && { of, calls: 1 };
  },
  nameOf: ({ of }) => classWords(of),
  cells: (row, rows) => [
    {
      kind: 'choice',
      label: t('rules.className'),
      value: row.of,
      options: ratioParts
        .filter((part) => part === row.of || rows.every(({ of }) => of !== part))
        .map((part) => ({ value: part, words: classWords(part) })),
      set: (value) => ({ ...row, of: ratioParts.find((part) => part === value) ?? row.of }),
    },
    {
      kind: 'figure',
      label: t('rules.calls', { name: classWords(row.of) }),
      value: row.calls,
      range: ratioRange,
      unit: 'rules.callsUnit',
      set: (calls) => ({ ...row, calls }),
    },
  ],
};

type Whose = Pick<WaitRule, 'of' | 'id'>;
const whoseKey = ({ of, id }: Whose): string => `${of}.${id}`;
const everyWhose = ({ services, zones }: Nameable): (Whose & { words: string; group: string })[] => [
  ...services.map(({ id, name }) => ({
    of: 'service' as const,
    id,
    words: say(name),
    group: t('rules.services'),
  })),
  ...zones.map(({ id, name }) => ({ of: 'zone' as const, id, words: say(name), group: t('rules.zones') })),
  ...callingClasses.map((id) => ({
    of: 'class' as const,
    id,
    words: classWords(id),
    group: t('rules.className'),
  })),
];
const freeWhose = (rows: readonly WaitRule[], branch: Nameable): ReturnType<typeof everyWhose> =>
  everyWhose(branch).filter((whose) => rows.every((row) => whoseKey(row) !== whoseKey(whose)));
const waitRules: RuleList<WaitRule> = {
  add: 'rules.add',
  make(rows, branch) {
    const free = freeWhose(rows, branch)[0];
    return free && { of: free.of, id: free.id, minutes: 15 };
  },
  nameOf: (row, branch) =>
    everyWhose(branch).find((each) => whoseKey(each) === whoseKey(row))?.words ?? t('rules.gone'),
  cells(row, rows, branch) {
    const others = rows.filter((each) => each !== row);
    const offered = freeWhose(others, branch);
    return [
      {
        kind: 'choice',
        label: t('rules.whose'),
        value: whoseKey(row),
        options: offered.map((each) => ({ ...each, value: whoseKey(each) })),
        set(value) {
          const { of, id } = offered.find((each) => whoseKey(each) === value) ?? row;
          return { ...row, of, id };
        },
      },
      {
        kind: 'figure',
        label: t('rules.waited', { name: waitRules.nameOf(row, branch) }),
        value: row.minutes,
        range: waitRuleRange,
        unit: 'admin.unit.minutes',
        set: (minutes) => ({ ...row, minutes }),
      },
    ];
  },
};

/** Services of the window that stand in none of these rows of it. */
const freeServices = (rows: readonly Overflow[], branch: Nameable, counterId: string): string[] =>
  servicesOf(branch, counterId).filter(
    (id) => !rows.some((row) => row.counterId === counterId && row.serviceId === id),
  );
const overflows: RuleList<Overflow> = {
  add: 'rules.add',
  make(rows, branch) {
    for (const { id } of branch.counters) {
      const serviceId = freeServices(rows, branch, id)[0];
      if (serviceId !== undefined) return { counterId: id, serviceId, seconds: 30 };
    }
    return undefined;
  },
  nameOf: ({ counterId, serviceId }, branch) =>
    `${counterWords(branch, counterId)} · ${serviceWords(branch, serviceId)}`,
  cells(row, rows, branch) {
    const others = rows.filter((each) => each !== row);
    const free = (counterId: string): string[] => freeServices(others, branch, counterId);
    return [
      {
        kind: 'choice',
        label: t('rules.window'),
        value: row.counterId,
        options: branch.counters.map(({ id, label }) => ({ value: id, words: say(label) })),
        // Its service goes along where the window has it.
        set(counterId) {
          const own = free(counterId);
          const serviceId = own.includes(row.serviceId) ? row.serviceId : (own[0] ?? row.serviceId);
          return { ...row, counterId, serviceId };
        },
      },
      {
        kind: 'choice',
        label: t('rules.service'),
        value: row.serviceId,
        options: [...new Set([row.serviceId, ...free(row.counterId)])].map((id) => ({
          value: id,
          words: serviceWords(branch, id),
        })),
        set: (serviceId) => ({ ...row, serviceId }),
      },
      {
        kind: 'figure',
        label: t('rules.helpsAfter', { name: serviceWords(branch, row.serviceId) }),
        value: row.seconds,
        range: overflowRange,
        unit: 'admin.unit.seconds',
        set: (seconds) => ({ ...row, seconds }),
      },
    ];
  },
};

const othersToo = ['ifNoneWaits', 'never'] as const;
const freeCounters = (rows: readonly QuickCounter[], branch: Nameable): string[] =>
  branch.counters.map(({ id }) => id).filter((id) => rows.every(({ counterId }) => counterId !== id));
const quickCounters: RuleList<QuickCounter> = {
  add: 'rules.add',
  make(rows, branch) {
    const counterId = freeCounters(rows, branch)[0];
    return counterId === undefined ? undefined : { counterId, minutes: 5, others: 'ifNoneWaits' };
  },
  nameOf: ({ counterId }, branch) => counterWords(branch, counterId),
  cells: (row, rows, branch) => [
    {
      kind: 'choice',
      label: t('rules.window'),
      value: row.counterId,
      options: [row.counterId, ...freeCounters(rows, branch)].map((id) => ({
        value: id,
        words: counterWords(branch, id),
      })),
      set: (counterId) => ({ ...row, counterId }),
    },
    {
      kind: 'figure',
      label: t('rules.quickUpTo', { name: counterWords(branch, row.counterId) }),
      value: row.minutes,
      range: quickRange,
      unit: 'admin.unit.minutes',
      set: (minutes) => ({ ...row, minutes }),
    },
    {
      kind: 'choice',
      label: t('rules.others'),
      value: row.others,
      options: othersToo.map((each) => ({ value: each, words: t(`rules.others.${each}`) })),
      set: (value) => ({ ...row, others: othersToo.find((each) => each === value) ?? row.others }),
    },
  ],
};

export const ruleLists = { ratio, waitRules, overflows, quickCounters };
