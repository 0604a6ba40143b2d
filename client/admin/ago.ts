import { htmlLang, lang } from '../shared/i18n.js';
import { t } from './texts.js';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

/**
 * When the server itself did something, by its own clock: told as how long ago, then as a date. The branch's clock
 * stands in the page's head and may be another one, as in the demo, so a bare time of day would be read by it [W-88].
 * @param at UTC ms
 */
export function ago(at: number, timeZone: string): string {
  const minutes = Math.floor((Date.now() - at) / MINUTE_MS);
  if (minutes < 1) return t('ago.now');
  if (minutes < 60) return t('ago.minutes', { n: minutes });
  if (minutes < DAY_MINUTES) return t('ago.hours', { n: Math.floor(minutes / 60) });
  return new Intl.DateTimeFormat(htmlLang(lang.value), { dateStyle: 'medium', timeZone }).format(at);
}
