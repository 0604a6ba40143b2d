/** What a form lets choose from, out of the branch's own configuration. */
import type { BranchSetup } from '../../src/protocol/settings.js';
import { say } from '../shared/i18n.js';
import { capabilitiesIn } from './people.js';
import { capabilityWords } from './texts.js';

export const zoneOptions = ({ zones }: BranchSetup): { value: string; label: string }[] =>
  zones.map(({ id, name }) => ({ value: id, label: say(name) }));

export const capabilityOptions = (
  setup: BranchSetup,
  disabled: boolean,
): { value: string; label: string; disabled: boolean }[] =>
  capabilitiesIn(setup).map((value) => ({ value, label: capabilityWords(value), disabled }));
