import type { Rejection } from '../protocol/codes.js';
import type { BranchSetup, DaySettings } from '../protocol/settings.js';
import { settingsFaults, setupFaults } from '../protocol/setupRules.js';
import type { SetupFault } from '../protocol/setupRules.js';
import { reject } from './reject.js';

const refused = ({ field, reason, min, max }: SetupFault): Rejection =>
  reject('bad-settings', {
    field,
    reason,
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
  });

/** The first setting out of its range; undefined when all are sound. */
export function settingsProblem(settings: DaySettings): Rejection | undefined {
  const [fault] = settingsFaults(settings);
  return fault && refused(fault);
}

/** A setup that a day could not be run with: broken references, repeated ids or prefixes, settings out of range [S-9]. */
export function setupProblem(setup: BranchSetup): Rejection | undefined {
  const [fault] = setupFaults(setup);
  return fault && refused(fault);
}
