/** Numbers of a prefix set apart for paper while the server can't be reached [SPEC V-4]. */
const PAPER = { from: 900, to: 999 };
/** Largest number a prefix can give in a day. */
export const LAST_NUMBER = 9999;

/** The number after `last`; four digits after 999, and never one of the paper block. */
export function numberAfter(last: number): number {
  const next = last + 1;
  return next >= PAPER.from && next <= PAPER.to ? PAPER.to + 1 : next;
}

/** `A007`, `A1000`. */
export const ticketOf = (prefix: string, number: number): string => prefix + String(number).padStart(3, '0');

/** Order of tickets that share a place: smaller number first, then prefix. */
export function compareTickets(a: string, b: string): number {
  return Number(a.slice(1)) - Number(b.slice(1)) || (a < b ? -1 : a > b ? 1 : 0);
}
