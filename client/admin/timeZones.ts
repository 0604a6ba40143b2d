/** Time zones as somebody would look for theirs: by name, place and offset; what is kept is the id. */
import { htmlLang, lang } from '../shared/i18n.js';
import { isText, t } from './texts.js';

const ids: readonly string[] =
  'supportedValuesOf' in Intl
    ? Intl.supportedValuesOf('timeZone')
    : ['Asia/Shanghai', 'Asia/Hong_Kong', 'UTC'];

/** @param style of DateTimeFormat @throws RangeError where the browser does not know the zone */
const named = (timeZone: string, timeZoneName: 'long' | 'longOffset' | 'shortOffset'): string =>
  new Intl.DateTimeFormat(htmlLang(lang.value), { timeZone, timeZoneName })
    .formatToParts()
    .find(({ type }) => type === 'timeZoneName')?.value ?? '';

/** Browsers tell a zone's name in every language, and its place in none. */
function placeWords(id: string): string {
  const place = id.slice(id.lastIndexOf('/') + 1);
  const key = `place.${place}`;
  return isText(key) ? t(key) : place.replaceAll('_', ' ');
}

/** Minutes ahead of UTC, out of `GMT-03:30`. */
function minutesAhead(offset: string): number {
  const [, sign, hours = '0', minutes = '0'] = /([+-])(\d+):(\d+)/.exec(offset) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

function zoneOption(id: string): { value: string; label: string; ahead: number } {
  try {
    const offset = named(id, 'shortOffset').replace('GMT', 'UTC');
    const [name, place] = [named(id, 'long'), placeWords(id)];
    // Some have no name but their offset.
    const label = /^GMT[+-]/.test(name)
      ? `${place} ${offset}`
      : t('branch.timeZoneName', { name, place, offset });
    return { value: id, label, ahead: minutesAhead(named(id, 'longOffset')) };
  } catch {
    return { value: id, label: id, ahead: 0 };
  }
}

/** From west to east, by name within an offset; with the one that is kept, should the browser not know it. */
export const timeZones = (kept: string): { value: string; label: string }[] =>
  [...new Set([kept, ...ids])]
    .map(zoneOption)
    .sort((a, b) => a.ahead - b.ahead || a.label.localeCompare(b.label, htmlLang(lang.value)));
