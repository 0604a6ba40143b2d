import kiosk from '../../src/protocol/texts/kiosk.json';
import type { KioskView } from '../../src/protocol/views.js';
import { catalogue } from '../shared/i18n.js';
import { rangeParams, windowsBusy } from '../../src/protocol/range.js';

export const { t, both } = catalogue(kiosk);

type Service = Pick<KioskView['services'][string], 'waiting' | 'minutes'>;

/** How many wait for a service. */
export const waitingWords = ({ waiting }: Service): string => t('kiosk.waiting', { n: waiting });

/** The expected wait, also where there is no basis for one; where nobody waits and it is long, why [W-28]. */
export const whenWords = ({ waiting, minutes }: Service): string => {
  if (minutes === undefined) return t('kiosk.noEstimate');
  const range = t('kiosk.range', rangeParams(minutes));
  return waiting === 0 && windowsBusy(minutes)
    ? t('kiosk.rangeBusy', { range, busy: t('kiosk.busy') })
    : range;
};
