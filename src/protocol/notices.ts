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

/** What the branches' own rules never want to hear from a screen, in the product's texts and in staff's own. */
const banned = ['不知道', '不归我管', '急什么', '自己看', 'not my job', 'none of my business', 'calm down'];
/** A number as it stands on tickets: a notice is for everybody, never about one customer. */
const ticket = /(^|[^A-Za-z0-9])[A-Z]\d{3,4}(?!\d)/;

/** The banned phrase that stands in a text. */
export const bannedPhrase = (text: string): string | undefined =>
  banned.find((phrase) => text.toLowerCase().includes(phrase));

/** Whether a text names a ticket. */
export const namesTicket = (text: string): boolean => ticket.test(text);

/** Words that may tell why somebody was helped first; a wheelchair may also just stand ready for anybody. */
const reasons = [
  /残|轮椅|手语|聋|哑|盲|视障|孕|婴|哺乳|老人|老年|高龄|病人|患者|外籍/,
  /wheelchair|sign language|\b(deaf|blind|ill|sick|frail|elderly|infants?|bab(y|ies))\b|disab|handicap|pregnan/i,
];

/** Whether somebody should look once more at what the notice says about people; refused it is not. */
export const mayTellReason = ({ zh, en }: Text): boolean =>
  reasons.some((words) => words.test(zh) || words.test(en));
