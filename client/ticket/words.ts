import type { TicketView } from '../../src/protocol/views.js';
import { isText, t } from './texts.js';

export interface Said {
  title: string;
  about: string;
}

/** A refusal in words to the customer, where the usual ones speak of a customer. */
export const sorryWords = (code: string): string | undefined => {
  const key = `ticket.sorry.${code}`;
  return isText(key) ? t(key) : undefined;
};

/** What a visit that does not simply wait is told; undefined while it waits or is called. */
export function saidOf(view: TicketView, counter: string): Said | undefined {
  switch (view.status) {
    case 'waiting':
    case 'called':
      return undefined;
    case 'reserved':
      return { title: t('ticket.say.reserved'), about: t('ticket.say.reservedWhy') };
    case 'serving':
      return { title: t('ticket.atCounter', { counter }), about: '' };
    case 'parked':
      return { title: t('ticket.say.parked'), about: t('ticket.say.parkedWhy') };
    case 'absent':
      return { title: t('ticket.say.absent'), about: t('ticket.say.absentWhy') };
    case 'ended': {
      const ending = view.ending ?? 'left';
      return { title: t(`ticket.end.${ending}`), about: t(`ticket.end.${ending}Why`) };
    }
  }
}
