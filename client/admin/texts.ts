import admin from '../../src/protocol/texts/admin.json';
import configure from '../../src/protocol/texts/configure.json';
import needs from '../../src/protocol/texts/needs.json';
import past from '../../src/protocol/texts/lookingBack.json';
import roster from '../../src/protocol/texts/roster.json';
import about from '../../src/protocol/texts/settings.json';
import { catalogue } from '../shared/i18n.js';

const texts = { ...admin, ...configure, ...needs, ...about, ...past, ...roster };
export const { t } = catalogue(texts);
export type AdminText = keyof typeof texts;

export const isText = (key: string): key is AdminText => key in texts;
/** Words for a capability; what a branch named itself is shown as it is. */
export function capabilityWords(capability: string): string {
  const need = `need.${capability}`;
  const equipment = `admin.equipment.${capability}`;
  if (isText(need)) return t(need);
  return isText(equipment) ? t(equipment) : capability;
}

/** HH:MM as minutes after midnight; undefined while it is not whole. */
export function minutesOf(clock: string): number | undefined {
  const [hours, minutes] = clock.split(':').map(Number);
  return hours === undefined || minutes === undefined ? undefined : hours * 60 + minutes;
}

/** The end of the day is 24:00, not its beginning. */
export const clockWords = (minutes: number): string => (minutes === 1440 ? '24:00' : clockTime(minutes));

/** Minutes after local midnight as HH:MM; past midnight the clock starts anew. */
export const clockTime = (minutes: number): string => {
  const within = Math.floor(minutes) % 1440;
  return `${String(Math.floor(within / 60)).padStart(2, '0')}:${String(within % 60).padStart(2, '0')}`;
};
