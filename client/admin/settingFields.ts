/** The settings of a day as a form: groups and fields; ranges and units are the server's own. */
import type { ReplaySettings } from '../../src/protocol/lookingBack.js';
import { settingRanges, slopeRange } from '../../src/protocol/settingRanges.js';
import type { NumberSetting, SettingRange } from '../../src/protocol/settingRanges.js';
import type { Acceptance, DaySettings, RatioStep } from '../../src/protocol/settings.js';
import { keepsBand } from '../../src/protocol/starvation.js';
import { adviceStyles, callingModes } from '../../src/protocol/vocabulary.js';
import type { AdviceStyle, CallingMode } from '../../src/protocol/vocabulary.js';
import type { ruleLists } from './ruleLists.js';

type Slope = `slopes.${keyof DaySettings['slopes']}`;
export type FieldKey = Exclude<keyof DaySettings, 'slopes' | 'acceptance'> | Slope;
export type SettingKey = FieldKey | 'acceptance';
export type SettingValue = number | boolean | string | Acceptance | NonNullable<DaySettings[RuleSetting]>;
export type SettingChanges = Partial<Record<SettingKey, SettingValue>>;

/** Settings that are a list of rules. */
type RuleSetting = keyof typeof ruleLists;

/** What a choice offers: a value and the key of its words. */
export interface Option {
  value: string;
  words: `admin.mode.${CallingMode}` | `admin.advice.${AdviceStyle}`;
}

export type SettingField =
  | { key: 'mode' | 'advice'; kind: 'choice'; options: readonly Option[] }
  | { key: RuleSetting; kind: 'rules' }
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

export interface SettingGroup {
  name: 'calling' | 'rules' | 'waiting' | 'calls' | 'love' | 'clock' | 'index';
  fields: SettingField[];
}
export const settingGroups: SettingGroup[] = [
  {
    name: 'calling',
    fields: [
      { key: 'mode', kind: 'choice', options: modes },
      { key: 'ratio', kind: 'rules' },
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
      { key: 'waitRules', kind: 'rules' },
      { key: 'overflows', kind: 'rules' },
      { key: 'quickCounters', kind: 'rules' },
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

/** What a replay takes [H-10]. */
const replayable: Record<keyof ReplaySettings, true> = {
  mode: true,
  slopes: true,
  referenceMinutes: true,
  overtakesToProtect: true,
  minutesToProtect: true,
  vipCap: true,
  walkMinutes: true,
  swapGain: true,
  swapWalk: true,
  earlyAppointments: true,
  ratio: true,
  protectedBand: true,
  waitRules: true,
  overflows: true,
  quickCounters: true,
};
export const replayGroups: SettingGroup[] = settingGroups.flatMap(({ name, fields }) => {
  const own = fields.filter(({ key }) => (key.split('.')[0] ?? key) in replayable);
  return own.length > 0 ? [{ name, fields: own }] : [];
});

const slopeOf = (key: SettingKey): keyof DaySettings['slopes'] | undefined =>
  key.startsWith('slopes.') ? (key.slice('slopes.'.length) as keyof DaySettings['slopes']) : undefined;

/** Whether the field has an effect under these settings [P-25]. */
export function applies(key: FieldKey, { mode }: DaySettings): boolean {
  if (key === 'ratio' || key === 'protectedBand') return mode === 'classRatio';
  return mode === 'recommended' || (key !== 'vipCap' && slopeOf(key) === undefined);
}

const narrower = ['overtakesToProtect', 'minutesToProtect', 'referenceMinutes'] as const;
/** What is left of the field's effect: the band's limits count between two love windows in every mode [L7]. */
export function narrowedKey(key: FieldKey, settings: DaySettings): (typeof narrower)[number] | undefined {
  const whole = key === 'referenceMinutes' ? settings.mode === 'recommended' : keepsBand(settings);
  return whole ? undefined : narrower.find((each) => each === key);
}

/** What changes together with the field: who chooses the class ratio gets one to begin with, and it goes again untouched. */
export function alongWith(
  kept: DaySettings,
  now: DaySettings,
  key: SettingKey,
  value: unknown,
): Partial<Record<SettingKey, SettingValue | undefined>> {
  if (key !== 'mode' || (kept.ratio ?? []).length > 0) return {};
  if (value === 'classRatio') return (now.ratio ?? []).length === 0 ? { ratio: usualRatio } : {};
  return sameValue(now.ratio, usualRatio) ? { ratio: undefined } : {};
}

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

/** Puts a value into a draft's settings. */
export function setSetting(settings: DaySettings, key: SettingKey, value: SettingValue | undefined): void {
  const slope = slopeOf(key);
  if (slope === undefined) Object.assign(settings, { [key]: value });
  else settings.slopes[slope] = Number(value);
}
