import kiosk from '../../src/protocol/texts/kiosk.json';
import type { MinutesRange } from '../../src/protocol/views.js';
import { catalogue } from '../shared/i18n.js';
import { rangeParams } from '../../src/protocol/range.js';

export const { t, both } = catalogue(kiosk);

/** The expected wait in words, also where there is no basis for one. */
export const waitWords = (minutes: MinutesRange | undefined): string =>
  minutes === undefined ? t('kiosk.noEstimate') : t('kiosk.range', rangeParams(minutes));
