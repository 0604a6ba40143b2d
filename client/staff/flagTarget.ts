/** A visit that may be flagged, as the dialog shows it. */
export interface FlagTarget {
  visitId: string;
  ticket: string;
  about?: string;
  /** Why they are not simply one of those who wait: they missed the call, asked for help, … */
  mark?: string;
  /** At a window already: a flag is noted, but nothing needs to be held. */
  called?: boolean;
  /** The flag stands already: begin with the plan. */
  flagged?: boolean;
}
