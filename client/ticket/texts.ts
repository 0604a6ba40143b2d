import ticket from '../../src/protocol/texts/ticket.json';
import { catalogue } from '../shared/i18n.js';

export const { t, both } = catalogue(ticket);

export const isText = (key: string): key is keyof typeof ticket => key in ticket;

/** Time of day at the branch, HH:MM. */
export const timeOfDay = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at);
