import type { KioskView } from '../../src/protocol/views.js';

/** As they stand on the screen, and as they are read aloud [W-25]. */
export const noticesInOrder = (notices: KioskView['notices']) =>
  Object.entries(notices)
    .map(([id, notice]) => ({ id, ...notice }))
    .sort((a, b) => a.order - b.order);

export type OrderedNotices = ReturnType<typeof noticesInOrder>;
