import type { DeviceEntry } from '../../src/protocol/http.js';
import type { BranchSetup } from '../../src/protocol/settings.js';
import { say } from '../shared/i18n.js';
import { t } from './texts.js';

export type ScreenKind = DeviceEntry['kind'];
export const screenKinds: readonly ScreenKind[] = ['board', 'kiosk', 'counterSign', 'ratingPad'];

/** What stands in the form of a screen that is to be enrolled. */
export interface ScreenInput {
  kind: ScreenKind;
  /** Empty: the lobby. */
  place: string;
  label: string;
  /** Somebody chose the label; else it follows kind and place. */
  named: boolean;
}

/** A sign and a pad stand at a counter. */
export const atCounter = (kind: ScreenKind): boolean => kind === 'counterSign' || kind === 'ratingPad';

const pages: Record<ScreenKind, string> = {
  board: 'board',
  counterSign: 'counter',
  ratingPad: 'rating',
  kiosk: 'kiosk',
};

/** What the screen opens once; the token is behind the hash, which no browser sends anywhere. */
export const addressOf = (kind: ScreenKind, token: string): string =>
  `${window.location.origin}/${pages[kind]}/#token=${token}`;

/** Where a screen stands, in words; undefined where the configuration no longer knows the place. */
export function placeWords(
  { kind, place }: Pick<DeviceEntry, 'kind' | 'place'>,
  setup: BranchSetup,
): string | undefined {
  if (place === null) return t('screens.place.lobby');
  const counter = setup.counters.find(({ id }) => id === place);
  const zone = setup.zones.find(({ id }) => id === place);
  if (atCounter(kind)) return counter && say(counter.label);
  return zone && say(zone.name);
}
