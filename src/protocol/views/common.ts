import type { NoticeKind, Text } from '../vocabulary.js';

export type Keyed<T> = Record<string, T>;

/** A wait as a range in whole minutes, P50 to P90; absent where there is no basis. */
export interface MinutesRange {
  low: number;
  high: number;
}

export type DayPhase = 'closed' | 'open' | 'ticketsEnded';

/** What every page needs before anything else. */
export interface Common {
  branch: Text;
  timeZone: string;
  /** Business date YYYY-MM-DD; absent before the first day is opened. */
  day?: string;
  phase: DayPhase;
  /** Set in demo mode: every page says so. */
  demo?: true;
}

/** Told to everybody; `order` is that of posting [W-54]. */
export interface PublicNotice {
  kind: NoticeKind;
  order: number;
  /** Of a slide only. */
  title?: Text;
  text: Text;
}
