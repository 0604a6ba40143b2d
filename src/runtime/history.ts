import type { LobbyState } from '../lobby/state.js';
import type { Core } from './core.js';
import type { DayKey, DayKeys, EventLog, EventRow, Logger, StreamId } from './ports.js';
import { LogFailure } from './ports.js';
import type { Link } from './record.js';
import { GENESIS, checkChain, placeOf, toOccurrence } from './record.js';

/** Raised whenever LobbyState changes its form: older snapshots are then left aside and the events folded. */
const SNAPSHOT_FORM = 4;
const PAGE = 1_000;

/** A branch's latest day as the log has it. */
export interface Fold extends StreamId {
  /** Before the branch's first day `day` is '' and there is no key. */
  state: LobbyState;
  seq: number;
  hash: string;
  key: DayKey | null;
  /** Event at which the log's snapshot stands; 0 without one. */
  snapshotSeq: number;
}

export interface HistoryDeps {
  log: EventLog;
  keys: DayKeys;
  core: Pick<Core, 'emptyState' | 'evolve'>;
  logger: Logger;
}

/**
 * Folds a branch's latest day: snapshot, then every event after it with its chain checked [G11].
 * Rejects with LogFailure.
 */
export async function load(deps: HistoryDeps, branchId: string): Promise<Fold> {
  const { log, keys, core, logger } = deps;
  const tail = await log.tail(branchId);
  if (!tail) {
    const state = core.emptyState(branchId);
    return { branchId, day: '', state, seq: 0, hash: GENESIS, key: null, snapshotSeq: 0 };
  }
  const stream = { branchId, day: tail.day };
  const key = await keys.find(stream);
  const start = await startOf(deps, stream, key);
  const end = await foldOn(deps, stream, key, start);
  if (end.seq !== tail.seq || end.hash !== tail.hash)
    throw new LogFailure(
      'corrupt',
      `${branchId} ${tail.day}: the day ends at ${end.seq}, not at ${tail.seq}`,
    );
  const { state, snapshotSeq } = start;
  const fold = { ...stream, ...end, state, snapshotSeq };
  if (state.phase !== 'open' || key) return { ...fold, key };
  // A backup holds no keys: restored within the day, it goes on under a new one and older needs read 'erased'.
  logger.warn({ branchId, day: tail.day }, 'the key of an open day is gone: a new one was made');
  return { ...fold, key: await keys.create(stream) };
}

/** The snapshot's sealed text for the log. */
export function sealSnapshot(fold: Fold, key: DayKey): string {
  return key.seal(JSON.stringify({ form: SNAPSHOT_FORM, state: fold.state }), snapshotPlace(fold, fold));
}

interface Start {
  state: LobbyState;
  /** Event that the state contains as its last, with its hash; 0 and '' for none. */
  snapshotSeq: number;
  snapshotHash: string;
}

async function startOf(deps: HistoryDeps, stream: StreamId, key: DayKey | null): Promise<Start> {
  const snapshot = await deps.log.snapshot(stream);
  const state = snapshot && key ? openSnapshot(deps, stream, snapshot, snapshot.sealed, key) : null;
  if (snapshot && state) return { state, snapshotSeq: snapshot.seq, snapshotHash: snapshot.hash };
  return { state: deps.core.emptyState(stream.branchId), snapshotSeq: 0, snapshotHash: '' };
}

/** Null when it cannot be used; the events say everything that it says. */
function openSnapshot(
  deps: HistoryDeps,
  stream: StreamId,
  link: Link,
  sealed: string,
  key: DayKey,
): LobbyState | null {
  try {
    const opened = key.unseal(sealed, snapshotPlace(stream, link));
    if (opened === 'erased') return null;
    const { form, state } = JSON.parse(opened.text) as { form: number; state: LobbyState };
    return form === SNAPSHOT_FORM ? state : null;
  } catch (error) {
    deps.logger.warn({ ...stream, seq: link.seq, error }, 'a damaged snapshot was left aside');
    return null;
  }
}

/** Reads from the snapshot's own event on, so that the snapshot is known to belong to this chain. */
async function foldOn(deps: HistoryDeps, stream: StreamId, key: DayKey | null, start: Start): Promise<Link> {
  const { state, snapshotSeq, snapshotHash } = start;
  let link: Link | null = null;
  for (;;) {
    const rows: EventRow[] = await deps.log.read(
      stream,
      (link?.seq ?? Math.max(0, snapshotSeq - 1)) + 1,
      PAGE,
    );
    const [first] = rows;
    if (!link && snapshotSeq > 0 && first?.hash !== snapshotHash)
      throw new LogFailure(
        'corrupt',
        `${stream.branchId} ${stream.day}: event ${snapshotSeq} is not the snapshot's`,
      );
    link ??= { seq: Math.max(0, snapshotSeq - 1), hash: first?.prev ?? GENESIS };
    link = checkChain(link, rows);
    for (const row of rows) if (row.seq > snapshotSeq) deps.core.evolve(state, toOccurrence(row, key));
    if (rows.length < PAGE) return link;
  }
}

const snapshotPlace = (stream: StreamId, link: Link): string =>
  placeOf(stream, link.seq, 'snapshot', link.hash);
