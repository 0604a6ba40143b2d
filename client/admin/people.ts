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
