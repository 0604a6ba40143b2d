/**
 * What a board says aloud, as a list of recorded clips [SPEC W-10]. Boards speak with it, and the check of a branch's
 * clips asks it; neither knows how a clip sounds.
 */
import type { BranchSetup } from './settings.js';
import type { Text } from './vocabulary.js';

export type Tongue = keyof Text;

/** One recording; `voice/<name>.opus` is its file. */
export interface Clip {
  name: string;
  /** Absent: a sound, not a word. */
  lang?: Tongue;
  /** A digit, a capital letter, a number, or the words as they stand on a label. */
  says?: string;
}

/** A clip's name, or a rest in ms. */
export type Part = string | number;

export interface Sentence {
  parts: Part[];
  /** What no clip says; where to go is then left to the screen, and a number is never said in part. */
  missing: string[];
}

export interface Spoken {
  ticket: string;
  counter: Text;
}

export interface Wording {
  /** 幺 instead of 一 where digits are said one by one. */
  yao: boolean;
}

export const CHIME = 'chime';
/**
 * The lists of clips that a page has; words of a later list take the place of an earlier one's. A kiosk's sentences are
 * none of a board's words, and only a kiosk fetches them.
 */
export const CLIP_LISTS = {
  board: ['clips.json', 'own.json'],
  kiosk: ['clips.json', 'kiosk.json', 'own.json'],
} as const;
const REST = { between: 90, digits: 30, group: 220 };

/** The clips by what they say. A later clip of the same words takes an earlier one's place. */
export class Vocabulary {
  readonly #names = { zh: new Map<string, string>(), en: new Map<string, string>() };
  /** Longest first, so that 号窗口 is not read as 号 and 窗口. */
  readonly #words: Record<Tongue, string[]>;

  constructor(clips: readonly Clip[]) {
    for (const { name, lang, says } of clips)
      if (lang !== undefined && says !== undefined) this.#names[lang].set(plain(says), name);
    const longest = (lang: Tongue): string[] =>
      [...this.#names[lang].keys()]
        .filter((says) => !/^[A-Z0-9]$/.test(says) && !/^\d+$/.test(says))
        .sort(byLength);
    this.#words = { zh: longest('zh'), en: longest('en') };
  }

  clip(lang: Tongue, says: string): string | undefined {
    return this.#names[lang].get(plain(says));
  }

  /** The longest words that the text begins with. In English they end where a word ends. */
  wordAt(lang: Tongue, text: string): string | undefined {
    return this.#words[lang].find(
      (word) => text.startsWith(word) && (lang === 'zh' || !/^[A-Z]/.test(text.slice(word.length))),
    );
  }
}

const byLength = (a: string, b: string): number => b.length - a.length;
/** As labels are compared: full-width letters and digits as half-width ones, capitals, single spaces. */
const plain = (text: string): string => text.normalize('NFKC').toUpperCase().replace(/\s+/g, ' ').trim();

/** Collects clips, and what there is no clip for. */
export class Saying {
  readonly parts: Part[] = [];
  readonly missing: string[] = [];

  constructor(
    private readonly lang: Tongue,
    private readonly vocabulary: Vocabulary,
  ) {}

  say(...words: string[]): void {
    for (const word of words) {
      const name = this.vocabulary.clip(this.lang, word);
      if (name === undefined) this.missing.push(word);
      else this.parts.push(name);
    }
  }

  rest(ms: number): void {
    this.parts.push(ms);
  }

  /** Each sign by itself: a number is easier to hear, and to compare with the slip, digit by digit. */
  spell(signs: string, { yao }: Wording): void {
    Array.from(plain(signs)).forEach((sign, i) => {
      if (i > 0) this.rest(REST.digits);
      this.say(yao && this.lang === 'zh' && sign === '1' ? '幺' : sign);
    });
  }

  /** A window's number as a number: 十二, twelve. A long one, or one that begins with 0, digit by digit. */
  count(digits: string, wording: Wording): void {
    const n = Number(digits);
    if (digits.startsWith('0') || n > 99) this.spell(digits, wording);
    else this.amount(n);
  }

  /** How many: a whole number below 1,000, 一百零八. */
  amount(n: number): void {
    this.say(...(this.lang === 'zh' ? chineseNumber(n) : englishNumber(n)));
  }

  /** A window's name, by the words that there are clips for. */
  label(text: string, wording: Wording): void {
    let left = plain(text);
    while (left !== '') {
      const word = this.vocabulary.wordAt(this.lang, left);
      const digits = /^\d+/.exec(left)?.[0];
      const letters = /^[A-Z]+/.exec(left)?.[0];
      const other = PAUSES.exec(left)?.[0];
      if (word !== undefined) this.say(word);
      else if (digits !== undefined) this.count(digits, wording);
      // Letters alone are a window's mark: B, VIP. A longer word without a clip is not spelt out.
      else if (letters !== undefined && letters.length <= 3) this.spell(letters, wording);
      else if (other === undefined) this.missing.push(unknownAt(left));
      left = left.slice((word ?? digits ?? letters ?? other ?? unknownAt(left)).length);
    }
  }
}

/** What stands between words: spaces, dashes, dots, brackets of both widths. */
const PAUSES = /^[\s!-/:-@[-`{-~\u00b7\u2000-\u206f\u3000-\u303f]+/;
const unknownAt = (text: string): string => /^([\u3400-\u9fff]+|[^])/.exec(text)?.[0] ?? '';

const chineseNumber = (n: number): string[] => {
  const [hundreds, tens, ones] = [Math.floor(n / 100), Math.floor(n / 10) % 10, n % 10];
  const above = hundreds > 0;
  return [
    ...(above ? [String(hundreds), '100'] : []),
    ...(above && tens === 0 && ones > 0 ? ['0'] : []),
    ...(tens > 1 || (above && tens > 0) ? [String(tens)] : []),
    ...(tens > 0 ? ['10'] : []),
    ...(ones > 0 || n === 0 ? [String(ones)] : []),
  ];
};

const englishNumber = (n: number): string[] => {
  if (n >= 100) return [String(Math.floor(n / 100)), '100', ...(n % 100 === 0 ? [] : englishNumber(n % 100))];
  return n < 20 ? [String(n)] : [String(n - (n % 10)), ...(n % 10 === 0 ? [] : [String(n % 10)])];
};

/** Words that every sentence has; the check asks for them by name. */
const FRAME = {
  zh: { number: ['请'], after: ['号'], goTo: ['到'], look: ['请看屏幕'] },
  en: { number: ['Number'], after: [], goTo: ['Please go to'], look: ['Please see the screen'] },
};

/** One call in one language. */
export function sentence(call: Spoken, lang: Tongue, wording: Wording, vocabulary: Vocabulary): Sentence {
  const { number, after, goTo, look } = FRAME[lang];
  const who = new Saying(lang, vocabulary);
  who.say(...number);
  who.rest(REST.between);
  who.spell(call.ticket, wording);
  who.rest(REST.digits);
  who.say(...after);
  // Half a number sends somebody else.
  if (who.missing.length > 0) return { parts: [], missing: who.missing };

  const where = new Saying(lang, vocabulary);
  where.say(...goTo);
  where.rest(REST.between);
  where.label(call.counter[lang] || call.counter.zh || call.counter.en, wording);
  if (where.missing.length === 0) return { parts: [...who.parts, REST.group, ...where.parts], missing: [] };

  const instead = new Saying(lang, vocabulary);
  instead.say(...look);
  return {
    parts: instead.missing.length > 0 ? [] : [...who.parts, REST.group, ...instead.parts],
    missing: [...where.missing, ...instead.missing],
  };
}

export interface Unsaid {
  lang: Tongue;
  /** Words or signs without a clip. */
  words: string[];
  /** The window's name or the prefix that they stand in. */
  of: string;
}

type Speaking = Pick<BranchSetup, 'services' | 'counters'>;

/** What of a branch's possible calls no clip says: any prefix with any digits to any of its windows, both ways of 1. */
export function unsaidOf(branch: Speaking, vocabulary: Vocabulary): Unsaid[] {
  const prefixes = [...new Set(branch.services.map((service) => service.prefix))];
  const labels = branch.counters.map((counter) => counter.label);
  const window: Text = { zh: '1 号窗口', en: 'Window 1' };
  const found: Unsaid[] = [];
  const ask = (ticket: string, counter: Text, of: (lang: Tongue) => string): void => {
    for (const lang of ['zh', 'en'] as const)
      for (const yao of [false, true]) {
        const { missing } = sentence({ ticket, counter }, lang, { yao }, vocabulary);
        const known = found.some((each) => each.lang === lang && each.words.join() === missing.join());
        if (missing.length > 0 && !known) found.push({ lang, words: [...new Set(missing)], of: of(lang) });
      }
  };
  for (const prefix of prefixes) ask(`${prefix}0123456789`, window, () => prefix);
  for (const label of labels) ask('0', label, (lang) => label[lang]);
  for (const lang of ['zh', 'en'] as const) {
    const look = FRAME[lang].look.filter((word) => vocabulary.clip(lang, word) === undefined);
    if (look.length > 0) found.push({ lang, words: look, of: look.join(' ') });
  }
  return found;
}
