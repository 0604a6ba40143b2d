import type { ServiceClass, Text } from '../vocabulary.js';
import type { Common, Keyed, MinutesRange, PublicNotice } from './common.js';

/** A function of public facts only [L14]. */
export interface KioskView extends Common {
  services: Keyed<{
    name: Text;
    order: number;
    class: ServiceClass;
    documents: Text;
    waiting: number;
    minutes?: MinutesRange;
    /** Absent: tickets are given. */
    closed?: 'hours' | 'cap' | 'tickets';
    /** Tickets are given, but no staffed counter takes it. */
    unstaffed?: true;
  }>;
  /** True while the kiosk may give tickets. */
  issuing: boolean;
  /** Without slides. */
  notices: Keyed<PublicNotice>;
}
