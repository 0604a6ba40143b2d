/**
 * What a kiosk reads aloud of its screens, as lists of recorded clips [SPEC W-25]. A text of a screen is looked up by
 * its own words: what is heard is what is read, and a changed text without a new clip is found by the check.
 */
import { windowsBusy } from './range.js';
import type { BranchSetup } from './settings.js';
import { Saying } from './spoken.js';
import type { Part, Tongue, Unsaid, Vocabulary } from './spoken.js';
import errors from './texts/errors.json' with { type: 'json' };
import kiosk from './texts/kiosk.json' with { type: 'json' };
import receipt from './texts/receipt.json' with { type: 'json' };
import type { MinutesRange } from './views.js';
import type { Text } from './vocabulary.js';

export interface ReadService {
  id: string;
  name: Text;
  documents: Text;
  waiting: number;
  minutes?: MinutesRange;
  unstaffed?: true;
}

type Key = keyof typeof kiosk;

/** A kiosk's screen, as far as it is read aloud. */
export type ReadScreen =
  | {
      name: 'services';
      services: ReadService[];
      another: boolean;
      more: boolean;
      warning?: Key;
      /** What staff have put up; seldom is there a recording of it. */
      notices: string[];
    }
  | { name: 'confirm'; services: ReadService[] }
  | { name: 'checkIn' }
  | {
      name: 'issued';
      ticket: string;
      checkedIn: boolean;
      ahead?: number;
      minutes?: MinutesRange;
      paper: Key;
      code: boolean;
    }
  | { name: 'words'; texts: string[] };

/** Said without a pause in it; `of` is the service it is about, so that its tile can be pointed out. */
export interface Utterance {
  parts: Part[];
  of?: string;
}

export interface Reading {
  utterances: Utterance[];
  /** What no clip says. */
  missing: string[];
}

const REST = { before: 350, words: 60, service: 260 };

/** The words around a number. */
const FRAME = {
  zh: {
    number: '您的号码是',
    next: '马上就到您了',
    ahead: (n: number) => ['前面还有', n, '位'],
    waiting: (n: number) => (n === 0 ? ['无人等候'] : [n, '人等候']),
    wait: ['预计等候'],
    within: (n: number) => [n, '分钟以内'],
    about: (n: number) => ['约', n, '分钟'],
    between: (low: number, high: number) => ['约', low, '至', high, '分钟'],
    look: '请看屏幕',
  },
  en: {
    number: 'Your number is',
    next: 'You are next',
    ahead: (n: number) => [n, n === 1 ? 'person before you' : 'people before you'],
    waiting: (n: number) =>
      n === 0 ? ['nobody waiting'] : [n, n === 1 ? 'person waiting' : 'people waiting'],
    wait: ['Expected wait'],
    within: (n: number) => ['within', n, n === 1 ? 'minute' : 'minutes'],
    about: (n: number) => ['about', n, n === 1 ? 'minute' : 'minutes'],
    between: (low: number, high: number) => ['about', low, 'to', high, 'minutes'],
    look: 'Please see the screen',
  },
};

/** Puts utterances together; one that lacks a clip is left to the eye, and the screen is pointed to once at the end. */
class Reader {
  readonly utterances: Utterance[] = [];
  readonly missing: string[] = [];

  constructor(
    private readonly lang: Tongue,
    private readonly vocabulary: Vocabulary,
  ) {}

  /** @returns false if it can't be said */
  say(words: readonly (string | number)[], of?: string): boolean {
    const saying = new Saying(this.lang, this.vocabulary);
    saying.rest(of === undefined ? REST.before : REST.service);
    words.forEach((word, i) => {
      if (i > 0) saying.rest(REST.words);
      if (typeof word === 'string') saying.say(word);
      // Two of something is 两, not the figure 二.
      else if (word === 2 && this.lang === 'zh') saying.say('两');
      else if (word < 1000) saying.amount(word);
      else saying.spell(String(word), { yao: false });
    });
    this.missing.push(...saying.missing);
    if (saying.missing.length > 0) return false;
    this.utterances.push({ parts: saying.parts, ...(of !== undefined && { of }) });
    return true;
  }

  text(...keys: Key[]): void {
    for (const key of keys) this.say([kiosk[key][this.lang]]);
  }

  number(ticket: string): void {
    const saying = new Saying(this.lang, this.vocabulary);
    saying.rest(REST.before);
    saying.say(FRAME[this.lang].number);
    saying.rest(REST.service);
    saying.spell(ticket, { yao: false });
    this.missing.push(...saying.missing);
    // Half a number is somebody else's.
    if (saying.missing.length === 0) this.utterances.push({ parts: saying.parts });
  }

  wait(minutes: MinutesRange | undefined, of?: string): void {
    const words = FRAME[this.lang];
    if (minutes === undefined) this.say([kiosk['kiosk.noEstimate'][this.lang]], of);
    else if (minutes.low === 0) this.say([...words.wait, ...words.within(minutes.high)], of);
    else if (minutes.low === minutes.high) this.say([...words.wait, ...words.about(minutes.low)], of);
    else this.say([...words.wait, ...words.between(minutes.low, minutes.high)], of);
  }

  name(text: Text): string {
    return text[this.lang] || text.zh || text.en;
  }

  end(): Reading {
    if (this.missing.length > 0) this.say([FRAME[this.lang].look]);
    return { utterances: this.utterances, missing: this.missing };
  }
}

/** One screen in one language. */
export function readAloud(screen: ReadScreen, lang: Tongue, vocabulary: Vocabulary): Reading {
  const reader = new Reader(lang, vocabulary);
  const words = FRAME[lang];
  switch (screen.name) {
    case 'services':
      for (const notice of screen.notices) reader.say([notice]);
      reader.text(screen.another ? 'kiosk.pickAnother' : 'kiosk.pickOne');
      for (const service of screen.services)
        reader.say(
          service.unstaffed
            ? [reader.name(service.name), kiosk['kiosk.unstaffed'][lang]]
            : [reader.name(service.name)],
          service.id,
        );
      if (screen.more) reader.text('kiosk.say.more');
      if (screen.warning) reader.text(screen.warning);
      reader.text(screen.another ? 'kiosk.oneTicket' : 'kiosk.say.offers');
      break;
    case 'confirm':
      screen.services.forEach((service, i) => {
        const { id, waiting, minutes, unstaffed } = service;
        const name = reader.name(service.name);
        reader.say(i === 0 ? [kiosk['kiosk.yourChoice'][lang], name] : [name], id);
        reader.say(words.waiting(waiting), id);
        if (unstaffed) reader.say([kiosk['kiosk.unstaffedWhy'][lang]], id);
        else reader.wait(minutes, id);
        if (waiting === 0 && windowsBusy(minutes)) reader.say([kiosk['kiosk.busy'][lang]], id);
        const documents = reader.name(service.documents);
        if (documents !== '') reader.say([kiosk['kiosk.bring'][lang], documents], id);
      });
      if (screen.services.length > 1) reader.text('kiosk.oneTicket');
      reader.text('kiosk.say.take');
      break;
    case 'checkIn':
      reader.text('kiosk.enterCode', 'kiosk.codeWhere', 'kiosk.say.checkIn');
      break;
    case 'issued':
      if (screen.checkedIn) reader.text('kiosk.checkedIn');
      reader.number(screen.ticket);
      if (screen.ahead !== undefined) {
        const { ahead, minutes } = screen;
        if (ahead === 0 && windowsBusy(minutes)) reader.say([receipt['receipt.busy'][lang]]);
        else reader.say(ahead === 0 ? [words.next] : words.ahead(ahead));
        // Of an appointment the kiosk knows no range.
        if (!screen.checkedIn) reader.wait(minutes);
      }
      reader.text(screen.paper);
      if (screen.code) reader.text('kiosk.say.scan');
      break;
    case 'words':
      for (const text of screen.texts) reader.say([text]);
      break;
  }
  return reader.end();
}

/** Refusals that a kiosk can meet; another one is read as "please see the screen". */
const REFUSALS = [
  'unknown-appointment',
  'already-checked-in',
  'service-closed',
  'service-full',
  'tickets-ended',
  'numbers-exhausted',
] as const satisfies readonly (keyof typeof errors)[];

/** The texts of each screen of words. */
const WORDS: readonly Key[] = [
  'kiosk.helpSending',
  'kiosk.helpTitle',
  'kiosk.helpBody',
  'kiosk.helpFailedTitle',
  'kiosk.helpFailedBody',
  ...(['starting', 'offline', 'notOpen', 'ended'] as const).flatMap(
    (reason) => [`kiosk.${reason}`, `kiosk.${reason}Why`] as const,
  ),
  'kiosk.problemTitle',
  'kiosk.unsureTitle',
  'kiosk.unsure',
  'kiosk.notSent',
  'kiosk.choiceGone',
  'kiosk.say.problem',
  'kiosk.stillThere',
  'kiosk.say.stay',
];
const PAPERS: readonly Key[] = [
  'kiosk.keepNumber',
  'kiosk.printing',
  'kiosk.printed',
  'kiosk.print.paperOut',
  'kiosk.print.down',
  'kiosk.print.unsure',
];

/** People ahead and ranges of every shape, with figures of every kind. */
const WAITS = [
  [0, 0, 1],
  [0, 5, 5],
  [1, 1, 1],
  [2, 2, 17],
  [128, 30, 49],
  [999, 90, 110],
] as const;

/** What of everything that a branch's kiosk can show no clip says. */
export function unreadOf({ services }: Pick<BranchSetup, 'services'>, vocabulary: Vocabulary): Unsaid[] {
  const found = new Map<string, Unsaid>();
  const offered: ReadService[] = services.flatMap(({ id, name, documents }) => [
    { id, name, documents, waiting: 0, unstaffed: true },
    { id, name, documents, waiting: 1 },
    { id, name, documents, waiting: 2, minutes: { low: 5, high: 10 } },
    { id, name, documents, waiting: 0, minutes: { low: 5, high: 10 } },
  ]);
  const numbers = services.map(({ prefix }) => `${prefix}0123456789`);
  for (const lang of ['zh', 'en'] as const) {
    const texts = [...WORDS.map((key) => kiosk[key][lang]), ...REFUSALS.map((code) => errors[code][lang])];
    const screens: ReadScreen[] = [
      {
        name: 'services',
        services: offered,
        another: false,
        more: true,
        warning: 'kiosk.before.paperOut',
        notices: [],
      },
      {
        name: 'services',
        services: [],
        another: true,
        more: false,
        warning: 'kiosk.before.down',
        notices: [],
      },
      { name: 'confirm', services: offered },
      { name: 'checkIn' },
      ...numbers.map((ticket): ReadScreen => ({
        ...{ name: 'issued', ticket, checkedIn: true, paper: 'kiosk.keepNumber', code: true },
      })),
      ...PAPERS.map((paper, i): ReadScreen => {
        const [ahead, low, high] = WAITS[i % WAITS.length] ?? [0, 0, 0];
        return {
          name: 'issued',
          ticket: '',
          checkedIn: false,
          ahead,
          minutes: { low, high },
          paper,
          code: false,
        };
      }),
      { name: 'words', texts },
    ];
    for (const screen of screens)
      for (const words of readAloud(screen, lang, vocabulary).missing)
        found.set(`${lang} ${words}`, { lang, words: [words], of: words });
  }
  return [...found.values()];
}
