import { format } from './icu.js';
import type { Params } from './icu.js';
import { rangeParams, windowsBusy } from './range.js';
import texts from './texts/receipt.json' with { type: 'json' };
import type { TicketView } from './views.js';
import type { Text } from './vocabulary.js';

/**
 * One line of a ticket's receipt in both languages. The kiosk's screen and its printer show the same lines;
 * `kind` says how large, and that a `code` is a QR code of the text.
 */
export interface ReceiptLine {
  kind: 'branch' | 'service' | 'label' | 'number' | 'ahead' | 'wait' | 'note' | 'time' | 'code';
  text: Text;
}

/** [L14] What may stand on a receipt, which others in the lobby can read: nothing of tier, flag or needs. */
export type ReceiptFacts = Pick<
  TicketView,
  'branch' | 'timeZone' | 'ticket' | 'services' | 'ahead' | 'minutes' | 'issuedAt'
>;

const both = (key: keyof typeof texts, params: Params = {}): Text => ({
  zh: format(texts[key].zh, params, 'zh'),
  en: format(texts[key].en, params, 'en'),
});
const same = (text: string): Text => ({ zh: text, en: text });

/** YYYY-MM-DD HH:MM at the branch. */
const moment = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at);

/**
 * The text of a ticket's receipt [W-20].
 * @param address the ticket's page for the customer's phone; absent, there is no code
 */
export function receiptOf(facts: ReceiptFacts, address: string | undefined): ReceiptLine[] {
  const { ahead, minutes } = facts;
  return [
    { kind: 'branch', text: facts.branch },
    { kind: 'label', text: both('receipt.number') },
    { kind: 'number', text: same(facts.ticket) },
    ...facts.services.map((text): ReceiptLine => ({ kind: 'service', text })),
    ...(ahead === undefined
      ? []
      : [
          { kind: 'ahead', text: aheadOf(ahead, minutes) } as const,
          { kind: 'wait', text: waitOf(minutes) } as const,
        ]),
    { kind: 'note', text: both('receipt.watch') },
    ...(address === undefined
      ? []
      : [
          { kind: 'code', text: same(address) } as const,
          { kind: 'note', text: both('receipt.scan') } as const,
        ]),
    { kind: 'time', text: both('receipt.taken', { time: moment(facts.issuedAt, facts.timeZone) }) },
  ];
}

/** [W-28] "You are next" is a promise; while the windows are at work for others nobody makes it. */
const aheadOf = (n: number, minutes: TicketView['minutes']): Text =>
  n === 0 && windowsBusy(minutes) ? both('receipt.busy') : both('receipt.ahead', { n });

const waitOf = (minutes: TicketView['minutes']): Text =>
  minutes === undefined ? both('receipt.noRange') : both('receipt.range', rangeParams(minutes));

/** What shows an operator that a printer is connected and has the characters of customers' names. */
export const testPage = (label: string, address: string): ReceiptLine[] => [
  { kind: 'branch', text: same(label) },
  { kind: 'number', text: same('A001') },
  { kind: 'ahead', text: both('receipt.test') },
  { kind: 'note', text: both('receipt.testRare') },
  { kind: 'code', text: same(address) },
];
