/**
 * The page's language and its texts. A page joins the areas of the catalogue it needs, once:
 *
 *     // client/board/texts.ts
 *     import board from '../../src/protocol/texts/board.json';
 *     import { catalogue } from '../shared/i18n.js';
 *     export const { t, both } = catalogue(board);
 *
 *     t('board.waiting', { n: 3 })     in the language now chosen; keys are checked by the compiler
 *     both('board.waiting', { n: 3 })  { zh, en }, for screens that show the two side by side
 *     say(service.name)                a Text out of a view, in the language now chosen
 *     lang.value, setLang('en')        zh at first; remembered on this device
 *     followBrowser()                  at first as the browser speaks: pages of staff, and the start page
 *     htmlLang('zh')                   'zh-CN', for `lang` attributes on mixed text
 *
 * `?lang=en` in the address sets it from outside, for set-up and for tests.
 */
import { ref } from 'vue';
import type { Text } from '../../src/protocol/vocabulary.js';
import { format } from '../../src/protocol/icu.js';
import type { Params } from '../../src/protocol/icu.js';
import { deviceMemory } from './memory.js';

export type Lang = keyof Text;

const isLang = (value: unknown): value is Lang => value === 'zh' || value === 'en';
export const htmlLang = (language: Lang): string => (language === 'zh' ? 'zh-CN' : 'en');

const chosen = (): Lang | undefined => {
  const asked = /[?&]lang=(zh|en)\b/.exec(window.location.search)?.[1] ?? deviceMemory.get('lang');
  return isLang(asked) ? asked : undefined;
};

export const lang = ref<Lang>(chosen() ?? 'zh');
document.documentElement.lang = htmlLang(lang.value);

/** Changes the language; a shared device (the kiosk) passes `remember: false`. */
export function setLang(next: Lang, { remember = true }: { remember?: boolean } = {}): void {
  lang.value = next;
  document.documentElement.lang = htmlLang(next);
  if (remember) deviceMemory.set('lang', next);
}

/** For a page that somebody opens at their own desk, before it is mounted: as their browser speaks, until they choose [W-81]. */
export function followBrowser(): void {
  if (chosen() === undefined) setLang(/^zh\b/i.test(navigator.language) ? 'zh' : 'en', { remember: false });
}

/** A text out of a view in the chosen language; the other one if that was left blank at set-up. */
export const say = (text: Text): string => text[lang.value] || text.zh || text.en;

export interface Catalogue<K extends string> {
  t: (key: K, params?: Params) => string;
  both: (key: K, params?: Params) => Text;
}

export function catalogue<T extends Record<string, Text>>(texts: T): Catalogue<keyof T & string> {
  const words = (key: keyof T & string): Text => texts[key] ?? { zh: key, en: key };
  return {
    t: (key, params = {}) => format(words(key)[lang.value], params, lang.value),
    both: (key, params = {}) => ({
      zh: format(words(key).zh, params, 'zh'),
      en: format(words(key).en, params, 'en'),
    }),
  };
}
