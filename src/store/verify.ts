import type { EventRow, StreamId, Verification } from '../runtime/ports.js';
import type { Link } from '../runtime/record.js';
import { GENESIS, brokenLink } from '../runtime/record.js';

const PAGE = 1_000;

/** A stream with the end that was noted with its last event; null when nothing was noted. */
export interface StreamEnd extends StreamId {
  seq: number | null;
  hash: string | null;
}

/**
 * Recomputes every hash. `streams` come by branch and day; each day continues the chain of the day before,
 * except the oldest one kept.
 */
export async function verifyStreams(
  streams: readonly StreamEnd[],
  read: (stream: StreamId, fromSeq: number, limit: number) => Promise<EventRow[]>,
): Promise<Verification> {
  let events = 0;
  let last = { branchId: '', hash: GENESIS };
  for (const stream of streams) {
    const { branchId, day } = stream;
    let link: Link | null = last.branchId === branchId ? { seq: 0, hash: last.hash } : null;
    let page: EventRow[];
    do {
      page = await read(stream, (link?.seq ?? 0) + 1, PAGE);
      link ??= { seq: 0, hash: page[0]?.prev ?? GENESIS };
      for (const row of page) {
        const problem = brokenLink(link, row);
        if (problem) return { ok: false, branchId, day, seq: link.seq + 1, problem };
        link = { seq: row.seq, hash: row.hash };
      }
    } while (page.length === PAGE);
    if (stream.seq !== link.seq || stream.hash !== link.hash) {
      const problem = `the day should end with event ${stream.seq ?? 'unknown'}`;
      return { ok: false, branchId, day, seq: link.seq + 1, problem };
    }
    events += link.seq;
    last = { branchId, hash: link.hash };
  }
  return { ok: true, streams: streams.length, events };
}
