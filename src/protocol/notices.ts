import type { NoticeKind, Text } from './vocabulary.js';

/** What a notice may be: the one table that doors, core, the manager's dialog and the board's layout go by [W-54]. */

/** Signs at most, so that the board bears it in both languages. */
export const noticeLengths = { title: { zh: 12, en: 32 }, text: { zh: 40, en: 100 } } as const;
/** Minutes for which a notice may be posted; none outlives the day. */
export const noticeMinutes = { least: 5, most: 720 };
/** So many may stand at once: what is out of the ordinary shares one band, slides share one place. */
export const mostNotices = { band: 3, slides: 6 } as const;

export type NoticePlace = keyof typeof mostNotices;
export const placeOf = (kind: NoticeKind): NoticePlace => (kind === 'slide' ? 'slides' : 'band');

/**
 * What the branches' own rules never want to hear from a screen, in the product's texts and in staff's own. A customer
 * who doesn't know how, and things to be looked after, are no such thing.
 */
const banned = [
  /我们?[也都还]?不知道|不知道(?!怎|如何|哪|在|该|是否|什么)/,
  /不归我管|急什么|自己看(?!管|护|好|顾)/,
  /\b(not my job|none of my business|calm down)\b/i,
];

/** As it is read: wide letters and figures are letters and figures. */
const plain = (text: string): string => text.normalize('NFKC');

/** The banned phrase that stands in a text. */
export const bannedPhrase = (text: string): string | undefined =>
  banned.flatMap((phrase) => phrase.exec(plain(text))?.[0] ?? [])[0];

/**
 * Whether a text names a ticket of services with these prefixes, however it is typed: a notice is for everybody, never
 * about one customer. A room's number and an amount are no ticket's.
 */
export function namesTicket(text: string, prefixes: readonly string[]): boolean {
  const letters = prefixes.join('');
  const before = String.raw`(?<![A-Za-z0-9])(?<!(?:会议室|洽谈室|房间|\b[Rr]oom)\s?)`;
  const amount = String.raw`(?!\s?(?:元|yuan|RMB))`;
  return [
    new RegExp(String.raw`${before}[${letters}]-?\d{3,4}(?!\d)`, 'i'),
    // With a gap a small letter may be the English article.
    new RegExp(String.raw`${before}[${letters}]\s\d{3,4}(?!\d)${amount}`),
  ].some((ticket) => ticket.test(plain(text)));
}

/** Words that may tell why somebody was helped first; a wheelchair may also just stand ready for anybody. */
const reasons = [
  /残|轮椅|手语|聋|哑|盲|视障|视力|听力|孕|婴|幼儿|哺乳|老人|老年|高龄|病人|患者|外籍/,
  /行动不便|腿脚|特需|特殊需要|优先|贵宾/,
  /wheelchair|sign language|\b(deaf|blind|ill|sick|frail|elderly|seniors?|infants?|bab(y|ies))\b|disab|handicap|pregnan/i,
  /hard of hearing|\b(walking|priority|VIP)\b/i,
];

/** Whether somebody should look once more at what the notice says about people; refused it is not. */
export const mayTellReason = ({ zh, en }: Text): boolean =>
  reasons.some((words) => words.test(zh) || words.test(en));
