import type { DayKey, EventLog, EventRow, StreamId } from '../runtime/ports.js';
import { GENESIS, checkChain, toOccurrence } from '../runtime/record.js';
import type { Link } from '../runtime/record.js';
import type { Entry } from './entry.js';

/** Events at a time, some milliseconds' work: a long day must not keep the lobbies of the server waiting. */
export const PAGE = 250;

/** A day's rows in order, its chain checked; rejects with LogFailure [G11]. */
export async function* pagesOf(log: Pick<EventLog, 'read'>, stream: StreamId): AsyncGenerator<EventRow[]> {
  let link: Link | undefined;
  for (let from = 1; ; from += PAGE) {
    const rows = await log.read(stream, from, PAGE);
    link = checkChain(link ?? { seq: 0, hash: rows[0]?.prev ?? GENESIS }, rows);
    yield rows;
    if (rows.length < PAGE) return;
  }
}

export const entryOf = (row: EventRow, key: DayKey | null): Entry => ({
  ...toOccurrence(row, key),
  role: row.role,
});
