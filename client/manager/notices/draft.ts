import type { CommandOf } from '../../../src/protocol/commands.js';
import { mostNotices, noticeLengths, noticeMinutes, placeOf } from '../../../src/protocol/notices.js';
import { readyNotices } from '../../../src/protocol/readyNotices.js';
import type { ManagerView } from '../../../src/protocol/views.js';
import type { NoticeKind, Text } from '../../../src/protocol/vocabulary.js';
import { both } from './texts.js';

/** A notice being written. */
export interface NoticeDraft {
  kind: NoticeKind;
  title: Text;
  text: Text;
  minutes: number;
}

/** How long each kind mostly stands. */
const usualMinutes: Record<NoticeKind, number> = { incident: 30, weather: 180, slide: noticeMinutes.most };

export const emptyDraft = (kind: NoticeKind): NoticeDraft => ({
  kind,
  title: { zh: '', en: '' },
  text: { zh: '', en: '' },
  minutes: usualMinutes[kind],
});

export type Ready = (typeof readyNotices)[NoticeKind][number];

/** The words of a ready-made notice. */
export const readyText = (name: Ready): Text => both(`ready.${name}`);

const isSlide = (name: Ready): name is (typeof readyNotices)['slide'][number] =>
  readyNotices.slide.some((slide) => slide === name);
export const readyTitle = (name: Ready): Text =>
  isSlide(name) ? both(`ready.${name}Title`) : { zh: '', en: '' };

const same = (one: Text, other: Text): boolean => one.zh === other.zh && one.en === other.en;
/** A title is kept for when it is a slide once more. */
const wordsOf = ({ kind, title, text }: NoticeDraft): Text[] => (kind === 'slide' ? [title, text] : [text]);

/** The ready-made notice whose words it has as they are. */
export const readyIn = (draft: NoticeDraft): Ready | undefined =>
  readyNotices[draft.kind].find(
    (name: Ready) =>
      same(readyText(name), draft.text) && (draft.kind !== 'slide' || same(readyTitle(name), draft.title)),
  );

export const hasWords = (draft: NoticeDraft): boolean =>
  wordsOf(draft).some(({ zh, en }) => zh.trim() !== '' || en.trim() !== '');
/** Words that nobody could get back by choosing them again. */
export const hasOwnWords = (draft: NoticeDraft): boolean => hasWords(draft) && readyIn(draft) === undefined;

/** The same notice as another kind; ready-made words belong to theirs, and so does its usual time. */
export function turnedTo(draft: NoticeDraft, kind: NoticeKind): NoticeDraft {
  const empty = emptyDraft(kind);
  const { title, text } = readyIn(draft) === undefined ? draft : empty;
  const minutes = draft.minutes === usualMinutes[draft.kind] ? empty.minutes : draft.minutes;
  return { kind, title, text, minutes };
}

export const signs = (said: string): number => Array.from(said).length;

const fits = (said: Text, most: Record<keyof Text, number>): boolean =>
  (['zh', 'en'] as const).every((lang) => said[lang].trim() !== '' && signs(said[lang]) <= most[lang]);

/** The command, once every field may be sent. */
export function postOf({ kind, title, text, minutes }: NoticeDraft): CommandOf<'PostNotice'> | undefined {
  if (!fits(text, noticeLengths.text)) return undefined;
  if (kind !== 'slide') return { type: 'PostNotice', kind, text: { ...text }, minutes };
  if (!fits(title, noticeLengths.title)) return undefined;
  return { type: 'PostNotice', kind, title: { ...title }, text: { ...text }, minutes };
}

/** Whether there is room for another of this kind. */
export const hasRoom = (notices: ManagerView['notices'], kind: NoticeKind): boolean =>
  Object.values(notices).filter((notice) => placeOf(notice.kind) === placeOf(kind)).length <
  mostNotices[placeOf(kind)];
