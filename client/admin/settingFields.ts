/**
 * The settings of the day as a form: groups, units and ranges. The ranges are those that the server checks
 * (src/doors/dto/settings.ts), told here so that a mistake is seen before it is sent.
 */
import type { DaySettings } from '../../src/protocol/settings.js';

type Slope = `slopes.${keyof DaySettings['slopes']}`;
export type SettingKey = Exclude<keyof DaySettings, 'slopes'> | Slope;
export type SettingValue = number | boolean | string;

export type SettingField =
  | { key: SettingKey; kind: 'mode' | 'switch' | 'clock' }
  | {
      key: SettingKey;
      kind: 'number';
      unit: 'minutes' | 'seconds' | 'times';
      min: number;
      max: number;
      step: number;
    };

const DAY = 1440;
const minutes = (key: SettingKey, min = 0.5, max = DAY): SettingField => ({
  key,
  kind: 'number',
  unit: 'minutes',
  min,
  max,
  step: 0.1,
});
const seconds = (key: SettingKey, min: number, max: number): SettingField => ({
  key,
  kind: 'number',
  unit: 'seconds',
  min,
  max,
  step: 1,
});
const times = (key: SettingKey, max: number): SettingField => ({
  key,
  kind: 'number',
  unit: 'times',
  min: 1,
  max,
  step: 1,
});

export const settingGroups: {
  name: 'calling' | 'waiting' | 'calls' | 'love' | 'clock' | 'index';
  fields: SettingField[];
}[] = [
  {
    name: 'calling',
    fields: [
      { key: 'mode', kind: 'mode' },
      { key: 'autoCall', kind: 'switch' },
      { key: 'earlyAppointments', kind: 'switch' },
      times('vipCap', 100),
      times('overtakesToProtect', 100),
      minutes('minutesToProtect', 1),
    ],
  },
  {
    name: 'waiting',
    fields: [
      minutes('careAfter'),
      minutes('careReminder'),
      minutes('waitLimit'),
      minutes('vipResponse'),
      minutes('pauseLimit'),
      minutes('appointmentLate', 0),
    ],
  },
  {
    name: 'calls',
    fields: [
      times('calls', 10),
      times('callsBeforeNoShow', 10),
      seconds('recallGap', 0, 600),
      minutes('absentReturn', 0),
      seconds('undoWithin', 1, 120),
    ],
  },
  {
    name: 'love',
    fields: [
      seconds('acknowledgeWithin', 5, 600),
      minutes('notFoundIdle', 0.5, 60),
      minutes('notFoundOnTheWay', 0.5, 60),
      minutes('walkMinutes', 0, 60),
      minutes('swapGain', 0, 60),
      minutes('swapWalk', 0, 60),
      seconds('swapRefusal', 1, 120),
    ],
  },
  {
    name: 'clock',
    fields: [
      { key: 'lastTicket', kind: 'clock' },
      { key: 'closesItself', kind: 'clock' },
      seconds('ratingFor', 5, 120),
    ],
  },
  {
    name: 'index',
    fields: [
      minutes('referenceMinutes', 0.1, 120),
      minutes('slopes.normal', 0.1, 100),
      minutes('slopes.vip', 0.1, 100),
      minutes('slopes.appointment', 0.1, 100),
      minutes('slopes.special', 0.1, 100),
    ],
  },
];

const slopeOf = (key: SettingKey): keyof DaySettings['slopes'] | undefined =>
  key.startsWith('slopes.') ? (key.slice('slopes.'.length) as keyof DaySettings['slopes']) : undefined;

export function settingOf(settings: DaySettings, key: SettingKey): SettingValue {
  const slope = slopeOf(key);
  return slope === undefined ? settings[key as Exclude<keyof DaySettings, 'slopes'>] : settings.slopes[slope];
}

/** What ChangeSettings carries: only what was changed; the slopes go together. */
export function changeOf(
  settings: DaySettings,
  edits: ReadonlyMap<SettingKey, SettingValue>,
): Partial<DaySettings> {
  const change: Record<string, unknown> = {};
  const slopes: Record<string, unknown> = { ...settings.slopes };
  for (const [key, value] of edits) {
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
export function isSound(field: SettingField, value: SettingValue): boolean {
  if (field.kind !== 'number') return true;
  if (typeof value !== 'number' || !Number.isFinite(value) || value < field.min || value > field.max)
    return false;
  return field.unit !== 'times' || Number.isInteger(value);
}
