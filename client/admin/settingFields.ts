/** The settings of a day as a form: groups and fields; ranges and units are the server's own. */
import {
  inRange,
  overflowRange,
  quickRange,
  ratioRange,
  settingRanges,
  slopeRange,
  waitRuleRange,
} from '../../src/protocol/settingRanges.js';
import type { NumberSetting, SettingRange } from '../../src/protocol/settingRanges.js';
import type {
  Acceptance,
  DaySettings,
  Overflow,
  QuickCounter,
  RatioStep,
  WaitRule,
} from '../../src/protocol/settings.js';
import { adviceStyles, callingModes } from '../../src/protocol/vocabulary.js';
import type { AdviceStyle, CallingMode } from '../../src/protocol/vocabulary.js';

type Slope = `slopes.${keyof DaySettings['slopes']}`;
export type FieldKey = Exclude<keyof DaySettings, 'slopes' | 'acceptance'> | Slope;
export type SettingKey = FieldKey | 'acceptance';
export type SettingValue = number | boolean | string | Acceptance | NonNullable<DaySettings[RuleList]>;
export type SettingChanges = Partial<Record<SettingKey, SettingValue>>;

/** Settings that are a list of rules. */
type RuleList = 'ratio' | 'waitRules' | 'overflows' | 'quickCounters';

/** What a choice offers: a value and the key of its words. */
export interface Option {
  value: string;
  words: `admin.mode.${CallingMode}` | `admin.advice.${AdviceStyle}`;
}

export type SettingField =
  | { key: 'mode' | 'advice'; kind: 'choice'; options: readonly Option[] }
  | { [K in RuleList]: { key: K; kind: K } }[RuleList]
  | { key: FieldKey; kind: 'switch' }
  | { key: FieldKey; kind: 'number' | 'clock'; range: SettingRange };

const modes = callingModes.map((value) => ({ value, words: `admin.mode.${value}` }) as const);
const styles = adviceStyles.map((value) => ({ value, words: `admin.advice.${value}` }) as const);

const number = (key: NumberSetting): SettingField => ({
  key,
  kind: settingRanges[key].unit === 'clock' ? 'clock' : 'number',
  range: settingRanges[key],
});
const slope = (key: Slope): SettingField => ({ key, kind: 'number', range: slopeRange });

export const settingGroups: {
  name: 'calling' | 'rules' | 'waiting' | 'calls' | 'love' | 'clock' | 'index';
  fields: SettingField[];
}[] = [
  {
    name: 'calling',
    fields: [
      { key: 'mode', kind: 'choice', options: modes },
      { key: 'ratio', kind: 'ratio' },
      { key: 'protectedBand', kind: 'switch' },
      { key: 'autoCall', kind: 'switch' },
      { key: 'earlyAppointments', kind: 'switch' },
      number('vipCap'),
      number('overtakesToProtect'),
      number('minutesToProtect'),
    ],
  },
  {
    name: 'rules',
    fields: [
      { key: 'waitRules', kind: 'waitRules' },
      { key: 'overflows', kind: 'overflows' },
      { key: 'quickCounters', kind: 'quickCounters' },
    ],
  },
  {
    name: 'waiting',
    fields: [
      { key: 'learntTimes', kind: 'switch' },
      number('careAfter'),
      number('careReminder'),
      number('waitLimit'),
      number('vipResponse'),
      number('pauseLimit'),
      number('appointmentLate'),
      { key: 'advice', kind: 'choice', options: styles },
    ],
  },
  {
    name: 'calls',
    fields: [
      number('calls'),
      number('callsBeforeNoShow'),
      number('recallGap'),
      number('absentReturn'),
      number('undoWithin'),
    ],
  },
  {
    name: 'love',
    fields: [
      number('acknowledgeWithin'),
      number('notFoundIdle'),
      number('notFoundOnTheWay'),
      number('walkMinutes'),
      number('swapGain'),
      number('swapWalk'),
      number('swapRefusal'),
    ],
  },
  { name: 'clock', fields: [number('lastTicket'), number('closesItself'), number('ratingFor')] },
  {
    name: 'index',
    fields: [
      number('referenceMinutes'),
      slope('slopes.normal'),
      slope('slopes.vip'),
      slope('slopes.appointment'),
      slope('slopes.special'),
    ],
  },
];

/** What a branch begins with that chooses the class ratio. */
const usualRatio: RatioStep[] = [
  { of: 'special', calls: 2 },
  { of: 'vip3', calls: 2 },
  { of: 'vip2', calls: 1 },
  { of: 'rest', calls: 3 },
];
/** Settings that a branch need not have, as they count where it has none. */
const unset = {
  advice: 'lean',
  learntTimes: true,
  ratio: [],
  protectedBand: true,
  waitRules: [],
  overflows: [],
  quickCounters: [],
} satisfies Partial<DaySettings>;

/** Whether the field means anything under these settings. */
export const applies = ({ key }: SettingField, { mode }: DaySettings): boolean =>
  (key !== 'ratio' && key !== 'protectedBand') || mode === 'classRatio';

/** What changes together with the field: who chooses the class ratio gets one to begin with. */
export const alongWith = (settings: DaySettings, key: SettingKey, value: unknown): SettingChanges =>
  key === 'mode' && value === 'classRatio' && (settings.ratio ?? []).length === 0
    ? { ratio: usualRatio }
    : {};

const slopeOf = (key: SettingKey): keyof DaySettings['slopes'] | undefined =>
  key.startsWith('slopes.') ? (key.slice('slopes.'.length) as keyof DaySettings['slopes']) : undefined;

export function settingOf(settings: DaySettings, key: FieldKey): SettingValue;
export function settingOf(settings: DaySettings, key: SettingKey): SettingValue | undefined;
export function settingOf(settings: DaySettings, key: SettingKey): SettingValue | undefined {
  const slope = slopeOf(key);
  return slope === undefined
    ? { ...unset, ...settings }[key as Exclude<keyof DaySettings, 'slopes'>]
    : settings.slopes[slope];
}

export const sameValue = (a: SettingValue | undefined, b: SettingValue | undefined): boolean =>
  a === b || JSON.stringify(a) === JSON.stringify(b);

/** Where a draft's settings differ from those that are kept. */
export function changesIn(draft: DaySettings, kept: DaySettings): SettingChanges {
  const keys = settingGroups.flatMap(({ fields }) => fields.map(({ key }) => key));
  return Object.fromEntries(
    [...keys, 'acceptance' as const]
      .filter((key) => !sameValue(settingOf(draft, key), settingOf(kept, key)))
      .map((key) => [key, settingOf(draft, key)]),
  );
}

/** What ChangeSettings carries: only what was changed; the slopes go together. */
export function changeOf(settings: DaySettings, edits: SettingChanges): Partial<DaySettings> {
  const change: Record<string, unknown> = {};
  const slopes: Record<string, unknown> = { ...settings.slopes };
  for (const [key, value] of Object.entries(edits) as [SettingKey, SettingValue][]) {
    const slope = slopeOf(key);
    if (slope === undefined) change[key] = value;
    else {
      slopes[slope] = value;
      change['slopes'] = slopes;
    }
  }
  return change;
}

/** False where the server would refuse it. */
export const isSound = (field: SettingField, value: SettingValue): boolean => {
  switch (field.kind) {
    case 'ratio':
      return (
        (value as RatioStep[]).length > 0 &&
        (value as RatioStep[]).every(({ calls }) => inRange(calls, ratioRange))
      );
    case 'waitRules':
      return (value as WaitRule[]).every(({ minutes }) => inRange(minutes, waitRuleRange));
    case 'overflows':
      return (value as Overflow[]).every(({ seconds }) => inRange(seconds, overflowRange));
    case 'quickCounters':
      return (value as QuickCounter[]).every(({ minutes }) => inRange(minutes, quickRange));
    case 'choice':
    case 'switch':
      return true;
    case 'number':
    case 'clock':
      return inRange(Number(value), field.range);
  }
};

/** Puts a value into a draft's settings. */
export function setSetting(settings: DaySettings, key: SettingKey, value: SettingValue | undefined): void {
  const slope = slopeOf(key);
  if (slope === undefined) Object.assign(settings, { [key]: value });
  else settings.slopes[slope] = Number(value);
}
