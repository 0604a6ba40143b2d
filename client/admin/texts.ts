import admin from '../../src/protocol/texts/admin.json';
import { catalogue } from '../shared/i18n.js';

export const { t } = catalogue(admin);
export type AdminText = keyof typeof admin;

const isText = (key: string): key is AdminText => key in admin;
/** Words for a capability; what a branch named itself is shown as it is. */
export function capabilityWords(capability: string): string {
  const need = `admin.need.${capability}`;
  const equipment = `admin.equipment.${capability}`;
  if (isText(need)) return t(need);
  return isText(equipment) ? t(equipment) : capability;
}

/** Minutes after local midnight as HH:MM; past midnight the clock starts anew. */
export const clockTime = (minutes: number): string => {
  const within = Math.floor(minutes) % 1440;
  return `${String(Math.floor(within / 60)).padStart(2, '0')}:${String(within % 60).padStart(2, '0')}`;
};
