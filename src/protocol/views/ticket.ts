import type { Text, VisitEnding, VisitStatus } from '../vocabulary.js';
import type { Common, MinutesRange } from './common.js';

/** Public facts, and the customer's own visit [L14]. */
export interface TicketView extends Common {
  ticket: string;
  visitId: string;
  version: number;
  service: Text;
  services: Text[];
  status: VisitStatus;
  ending?: VisitEnding;
  /** Public count of visits placed before this one; while waiting only. */
  ahead?: number;
  minutes?: MinutesRange;
  /** Where to go, once called. A love-window customer reads it here too. */
  counter?: Text;
  calledAt?: number;
  round?: number;
  issuedAt: number;
  helpAsked?: true;
  /** The customer's own cancel can be undone until then, with the id of that command. */
  undo?: { commandId: string; until: number };
}
