import type { TicketView } from '../../../src/protocol/views.js';
import { AT, branch, minutes, windowLabel } from './branch.js';

const cash = { zh: '现金存取', en: 'Cash deposit or withdrawal' };
const card = { zh: '开卡、换卡、补卡', en: 'New or replacement card' };

const base: TicketView = {
  ...branch,
  ticket: 'A042',
  visitId: 'v42',
  version: 3,
  service: cash,
  services: [cash],
  status: 'waiting',
  issuedAt: AT - minutes(8),
};

export const waitingTicket: TicketView = { ...base, ahead: 5, minutes: { low: 6, high: 14 } };
/** One ticket for several services, a four-digit number, no basis for an estimate, in a demo. */
export const longTicket: TicketView = {
  ...base,
  demo: true,
  ticket: 'A1042',
  service: card,
  services: [cash, card, { zh: '密码重置、资料更改', en: 'Password reset, change of details' }],
  ahead: 128,
};
export const nextTicket: TicketView = { ...base, ahead: 0, minutes: { low: 0, high: 2 } };
/** First in line, and the windows are at work for others. */
export const busyTicket: TicketView = { ...base, ahead: 0, minutes: { low: 20, high: 23 } };
export const helpAskedTicket: TicketView = { ...waitingTicket, helpAsked: true };
/** A window is being kept for this customer; only the own phone says anything. */
export const reservedTicket: TicketView = { ...base, status: 'reserved' };
export const calledTicket: TicketView = {
  ...base,
  status: 'called',
  counter: windowLabel(3),
  calledAt: AT - 20_000,
  round: 1,
};
export const calledAgainTicket: TicketView = {
  ...calledTicket,
  ticket: 'A1042',
  counter: windowLabel(12),
  round: 2,
};
export const servingTicket: TicketView = { ...base, status: 'serving', counter: windowLabel(3) };
export const parkedTicket: TicketView = { ...base, status: 'parked' };
export const absentTicket: TicketView = { ...base, status: 'absent' };

const ended = (ending: NonNullable<TicketView['ending']>): TicketView => ({
  ...base,
  status: 'ended',
  ending,
});
export const servedTicket = ended('served');
export const leftTicket = ended('left');
export const cancelledTicket: TicketView = {
  ...ended('cancelled'),
  version: 4,
  undo: { commandId: 'cancel-1', until: AT + 10_000 },
};
export const cancelledLongAgoTicket = ended('cancelled');
export const absentForGoodTicket = ended('absent');
export const closedTicket = ended('closed');
export const mergedTicket = ended('merged');

export const tickets = {
  waitingTicket,
  longTicket,
  nextTicket,
  busyTicket,
  helpAskedTicket,
  reservedTicket,
  calledTicket,
  calledAgainTicket,
  servingTicket,
  parkedTicket,
  absentTicket,
  servedTicket,
  leftTicket,
  cancelledTicket,
  cancelledLongAgoTicket,
  absentForGoodTicket,
  closedTicket,
  mergedTicket,
};
