import type { BranchSetup } from '../../src/protocol/settings.js';
import { bindingNeeds, capabilityFor } from '../../src/protocol/vocabulary.js';

export const staffRoles = ['teller', 'lobbyManager', 'branchManager', 'administrator', 'auditor'] as const;
export type StaffRole = (typeof staffRoles)[number];

export interface PersonInput {
  login: string;
  name: string;
  role: StaffRole;
  skills: string[];
  /** Empty: it stays. */
  password: string;
}

/** What stands in the form of a person who is added, or changed. */
export interface PersonDraft extends PersonInput {
  /** Undefined: somebody new. */
  id?: string;
}

export const SHORTEST_PASSWORD = 12;

/** How many characters a password lacks; none where an empty one means that it stays. */
export const charactersMissing = (password: string, mayBeEmpty = false): number =>
  mayBeEmpty && password === '' ? 0 : Math.max(0, SHORTEST_PASSWORD - password.length);

/** What the product itself knows a counter to have. */
const usualEquipment = ['cash', 'nonCash', 'corporate', 'foreignExchange'];

/** Every capability that is worth a tick box: the usual ones, what needs ask for, what the branch named itself. */
export function capabilitiesIn(setup: BranchSetup): string[] {
  const own = [
    ...setup.counters.flatMap(({ equipment }) => equipment),
    ...setup.services.flatMap(({ capabilities }) => capabilities),
  ];
  return [...new Set([...usualEquipment, ...bindingNeeds.map((need) => capabilityFor[need]), ...own])];
}
