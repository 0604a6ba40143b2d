import type { DaySettings } from '../settings.js';
import type { ServiceClass, Text } from '../vocabulary.js';
import type { Common, Keyed } from './common.js';

export interface AdminView extends Common {
  me: { id: string; name: string };
  settings?: DaySettings;
  zones: Keyed<{ name: Text; order: number; room: boolean }>;
  services: Keyed<{
    name: Text;
    order: number;
    prefix: string;
    class: ServiceClass;
    hours: { from: number; to: number };
    cap: number;
    capabilities: string[];
  }>;
  counters: Keyed<{
    label: Text;
    order: number;
    equipment: string[];
    services: string[];
    open: boolean;
    /** Staffed, and not calling for a while. */
    paused?: true;
  }>;
  /** Support needs a configured branch can't cover, or only at one counter. */
  warnings: Keyed<{ counters: number }>;
  counts: { issued: number; waiting: number; served: number; left: number; absent: number };
  /** By counter: finishes for which a rating was asked today, and how many were rated; never the stars. */
  ratings: Keyed<{ asked: number; answered: number }>;
}
