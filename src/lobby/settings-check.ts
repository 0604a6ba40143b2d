import type { Rejection } from '../protocol/codes.js';
import type { BranchSetup, DaySettings } from '../protocol/settings.js';
import { settingsFaults, setupFaults } from '../protocol/setupRules.js';
import type { SetupFault } from '../protocol/setupFault.js';
import { hazardKey, refusedHazards } from '../protocol/starvation.js';
import type { Configured } from '../protocol/starvation.js';
import { reject } from './reject.js';

const refused = ({ field, reason, min, max }: SetupFault): Rejection =>
  reject('bad-settings', {
    field,
    reason,
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
  });

/** The first setting out of its range; undefined when all are sound. */
export function settingsProblem(settings: DaySettings, setup: BranchSetup): Rejection | undefined {
  const [fault] = settingsFaults(settings, setup);
  return fault && refused(fault);
}

/** Settings that could starve somebody, unless that is accepted with a reason or stood there before [P-24]. */
export function starvationProblem(after: Configured, before: Configured | undefined): Rejection | undefined {
  const hazards = refusedHazards(after, before);
  return hazards.length === 0
    ? undefined
    : reject('may-starve', { field: 'acceptance', hazards: hazards.map(hazardKey).join(' ') });
}

/** A setup that a day could not be run with: broken references, repeated ids or prefixes, settings out of range [S-9]. */
export function setupProblem(setup: BranchSetup): Rejection | undefined {
  const [fault] = setupFaults(setup);
  return fault && refused(fault);
}
