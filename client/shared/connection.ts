import type { InjectionKey } from 'vue';
import type { Phase } from './link.js';

/** The page's link, for what lies over the page: a dialog says that it is cut off, and lets nothing be sent [W-32]. */
export interface Connection {
  phase: Phase;
  /** Whole seconds since the server was last heard. */
  age: number;
}
export const connectionKey: InjectionKey<() => Connection> = Symbol('connection');
