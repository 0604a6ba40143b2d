import kiosk from '../../src/protocol/texts/kiosk.json';
import type { KioskView, MinutesRange } from '../../src/protocol/views.js';
import { catalogue } from '../shared/i18n.js';
import { rangeParams, windowsBusy } from '../../src/protocol/range.js';

export const { t, both } = catalogue(kiosk);

/** The expected wait in words, also where there is no basis for one. */
export const waitWords = (minutes: MinutesRange | undefined): string =>
  minutes === undefined ? t('kiosk.noEstimate') : t('kiosk.range', rangeParams(minutes));

type Service = KioskView['services'][string];

/** How many wait for a service; where nobody does and it takes long all the same, why [W-28]. */
export const waitingWords = ({ waiting, minutes }: Pick<Service, 'waiting' | 'minutes'>): string =>
  waiting === 0 && windowsBusy(minutes) ? t('kiosk.busy') : t('kiosk.waiting', { n: waiting });
