import type { Rejection } from '../../protocol/codes.js';
import type { CommandOf } from '../../protocol/commands.js';
import { bannedPhrase, mostNotices, namesTicket, placeOf } from '../../protocol/notices.js';
import type { Text } from '../../protocol/vocabulary.js';
import { MINUTE } from '../elapsed.js';
import { closesItselfAt, named, setupOf } from '../lookup.js';
import { reject } from '../reject.js';
import { done, type Acts } from './act.js';

/** Words that no screen of the branch may show: unkind ones, and one customer's number [W-55]. */
function wordsProblem(
  { title, text }: CommandOf<'PostNotice'>,
  prefixes: readonly string[],
): Rejection | undefined {
  for (const words of [title, text])
    for (const told of [words?.zh ?? '', words?.en ?? '']) {
      const phrase = bannedPhrase(told);
      if (phrase !== undefined) return reject('notice-phrase', { phrase });
      if (namesTicket(told, prefixes)) return reject('notice-ticket');
    }
  return undefined;
}

const same = (one: Text | undefined, other: Text | undefined): boolean =>
  one?.zh === other?.zh && one?.en === other?.en;

export const noticeActs: Acts<'PostNotice' | 'WithdrawNotice'> = {
  /** It goes by itself after its minutes, and at the latest when the day closes itself [W-54]. */
  PostNotice(draft, command) {
    const { state } = draft;
    const { kind, title, text, minutes } = command;
    if ((kind === 'slide') !== (title !== undefined)) return reject('notice-title');
    const problem = wordsProblem(
      command,
      setupOf(state).services.map(({ prefix }) => prefix),
    );
    if (problem) return problem;
    const place = placeOf(kind);
    const most = mostNotices[place];
    const standing = Object.values(state.notices).filter((notice) => placeOf(notice.kind) === place);
    // Whoever heard no answer and posts once more learns that it is up.
    if (standing.some((notice) => same(notice.text, text) && same(notice.title, title)))
      return reject('notice-stands');
    if (standing.length >= most) return reject('too-many-notices', { most });
    // Counted, not drawn: the board shows the id, and public bytes hang on public facts alone [L14].
    const noticeId = `n${String(state.noticesPosted + 1)}`;
    draft.emit({
      type: 'NoticePosted',
      noticeId,
      kind,
      ...(title && { title }),
      text,
      until: Math.min(draft.at + minutes * MINUTE, closesItselfAt(state)),
      by: draft.input.actor.name,
    });
    return { noticeId };
  },

  WithdrawNotice(draft, { noticeId }) {
    if (!named(draft.state.notices, noticeId)) return reject('unknown-notice');
    draft.emit({ type: 'NoticeWithdrawn', noticeId });
    return done;
  },
};
