/** What is wrong with settings, in words that stand beside their fields; by the server's own rules [S-9]. */
import type { SetupFault } from '../../src/protocol/setupFault.js';
import { settingRanges } from '../../src/protocol/settingRanges.js';
import type { DaySettings } from '../../src/protocol/settings.js';
import { settingsFaults } from '../../src/protocol/setupRules.js';
import type { Nameable } from './ruleLists.js';
import { clockWords, t } from './texts.js';

const isClock = (field: string): boolean =>
  field in settingRanges && settingRanges[field as keyof typeof settingRanges].unit === 'clock';

export const faultWords = ({ field, reason, min = 0, max = 0 }: SetupFault): string =>
  t(`branch.fault.${reason}`, isClock(field) ? { min: clockWords(min), max: clockWords(max) } : { min, max });

/** By field. */
export const settingFaults = (settings: DaySettings, branch: Nameable): Partial<Record<string, string>> =>
  Object.fromEntries(settingsFaults(settings, branch).map((fault) => [fault.field, faultWords(fault)]));
