import type { DaySettings } from './settings.js';

/** Settings of the day that are a number. */
export type NumberSetting = Exclude<
  keyof DaySettings,
  | 'mode'
  | 'autoCall'
  | 'slopes'
  | 'advice'
  | 'learntTimes'
  | 'earlyAppointments'
  | 'ratio'
  | 'protectedBand'
  | 'waitRules'
  | 'overflows'
  | 'quickCounters'
  | 'acceptance'
>;

export interface SettingRange {
  min: number;
  max: number;
  /** `clock`: minutes after a local midnight. */
  unit: 'minutes' | 'seconds' | 'times' | 'clock';
}

const minutes = (min: number, max: number): SettingRange => ({ min, max, unit: 'minutes' });
const seconds = (min: number, max: number): SettingRange => ({ min, max, unit: 'seconds' });
const times = (max: number): SettingRange => ({ min: 1, max, unit: 'times' });

/**
 * What each number may be: the one table that the doors, the core and the administration page check by.
 * Numbers of `times` and `clock` are whole.
 */
export const settingRanges: Record<NumberSetting, SettingRange> = {
  referenceMinutes: minutes(0.5, 120),
  overtakesToProtect: times(1000),
  minutesToProtect: minutes(1, 240),
  vipCap: times(100),
  careAfter: minutes(1, 240),
  careReminder: minutes(1, 120),
  waitLimit: minutes(1, 240),
  vipResponse: minutes(1, 240),
  absentReturn: minutes(1, 480),
  appointmentLate: minutes(0, 240),
  pauseLimit: minutes(1, 480),
  notFoundIdle: minutes(1, 60),
  notFoundOnTheWay: minutes(1, 60),
  acknowledgeWithin: seconds(5, 600),
  recallGap: seconds(1, 600),
  undoWithin: seconds(1, 60),
  swapRefusal: seconds(1, 120),
  ratingFor: seconds(5, 300),
  calls: times(20),
  callsBeforeNoShow: times(20),
  swapGain: minutes(0, 60),
  swapWalk: minutes(0, 60),
  walkMinutes: minutes(0, 30),
  lastTicket: { min: 0, max: 24 * 60, unit: 'clock' },
  closesItself: { min: 0, max: 12 * 60, unit: 'clock' },
};

/** Each slope of the calling index, minutes. */
export const slopeRange: SettingRange = minutes(0.1, 240);

/** Calls of one class in a row in a class ratio. */
export const ratioRange: SettingRange = times(20);

/** Minutes that somebody must have waited for a wait rule; 0: whenever somebody waits. */
export const waitRuleRange: SettingRange = minutes(0, 240);
export const overflowRange: SettingRange = seconds(1, 3600);
export const quickRange: SettingRange = minutes(0.5, 240);

/** True when the number may stand there. */
export const inRange = (value: number, { min, max, unit }: SettingRange): boolean =>
  Number.isFinite(value) &&
  value >= min &&
  value <= max &&
  (unit === 'minutes' || unit === 'seconds' || Number.isInteger(value));
