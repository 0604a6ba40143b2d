import type { NoticeKind } from './vocabulary.js';

/** Notices that a manager only has to choose; the words stand in texts/notices.json, a slide's title as `…Title`. */
export const readyNotices = {
  incident: ['queue', 'cash', 'network', 'machines', 'early', 'lost'],
  weather: ['rain', 'snow', 'wind', 'heat'],
  slide: ['identity', 'fraud', 'help', 'lobby', 'mobile'],
} as const satisfies Record<NoticeKind, readonly string[]>;
