import type { Fold } from './fold.js';

export const noticeFold: Fold<'NoticePosted' | 'NoticeWithdrawn' | 'NoticeExpired'> = {
  NoticePosted(state, event, { at }) {
    state.noticesPosted += 1;
    state.notices[event.noticeId] = {
      id: event.noticeId,
      kind: event.kind,
      ...(event.title && { title: event.title }),
      text: event.text,
      at,
      until: event.until,
      by: event.by,
    };
  },

  NoticeWithdrawn(state, event) {
    delete state.notices[event.noticeId];
  },

  NoticeExpired(state, event) {
    delete state.notices[event.noticeId];
  },
};
