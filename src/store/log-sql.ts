import type { EventRow, Group, SnapshotRow, StreamTail } from '../runtime/ports.js';

/** The log's statements. Rows travel as one JSON parameter, so a batch of any size is one statement. */
const columns = (count: number): string =>
  Array.from({ length: count }, (_, i) => `value ->> ${i}`).join(', ');

const EVENT = `"branch" AS "branchId", "day", "seq", "epoch", "at", "type", "v", "actor" AS "actorId", "role", "command" AS "commandId", "prev", "hash", "payload"`;

const COMMAND_ROW = `"branch" AS "branchId", "day", "actor" AS "actorId", "command" AS "commandId", "fingerprint", "result", "seq", "at"`;

export const INSERT_EVENTS = `INSERT INTO "events" ("branch", "day", "seq", "epoch", "at", "type", "v", "actor", "role", "command", "prev", "hash", "payload", "fingerprint", "result") SELECT ${columns(15)} FROM json_each(?)`;

export const INSERT_EVENTLESS = `INSERT INTO "eventless_commands" ("branch", "day", "actor", "command", "fingerprint", "result", "seq", "at") SELECT ${columns(8)} FROM json_each(?)`;

export const KEEP_ENDS = `INSERT OR REPLACE INTO "stream_ends" ("branch", "day", "seq", "hash") SELECT ${columns(4)} FROM json_each(?)`;

export const KEEP_SNAPSHOTS = `INSERT OR REPLACE INTO "snapshots" ("branch", "day", "seq", "hash", "sealed") SELECT ${columns(5)} FROM json_each(?)`;

export const BEAT = `INSERT OR REPLACE INTO "runner_life" ("branch", "at") SELECT ${columns(2)} FROM json_each(?)`;

export const LAST_BEAT = `SELECT "at" FROM "runner_life" WHERE "branch" = ?`;

export const READ = `SELECT ${EVENT} FROM "events" WHERE "branch" = ? AND "day" = ? AND "seq" >= ? ORDER BY "seq" LIMIT ?`;

export const READ_OF = `SELECT ${EVENT} FROM "events" WHERE "branch" = ? AND "day" = ? AND "type" IN (SELECT value FROM json_each(?)) ORDER BY "seq"`;

export const TAIL = `SELECT "branch" AS "branchId", "day", "seq", "hash" FROM "stream_ends" WHERE "branch" = ? ORDER BY "day" DESC LIMIT 1`;

export const DAYS = `SELECT "day" FROM "stream_ends" WHERE "branch" = ? ORDER BY "day" DESC LIMIT ?`;

/** Walks the day's events: it is asked for old repeats only, and an index would cost every append a third. */
export const COMMAND = `SELECT ${COMMAND_ROW} FROM "events" WHERE "branch" = ?1 AND "day" = ?2 AND "actor" = ?3 AND "command" = ?4 AND "fingerprint" IS NOT NULL UNION ALL SELECT ${COMMAND_ROW} FROM "eventless_commands" WHERE "branch" = ?1 AND "day" = ?2 AND "actor" = ?3 AND "command" = ?4`;

export const COMMAND_IDS = `SELECT "actor" AS "actorId", "command" AS "commandId", "seq" FROM "events" WHERE "branch" = ?1 AND "day" = ?2 AND "fingerprint" IS NOT NULL UNION ALL SELECT "actor", "command", "seq" FROM "eventless_commands" WHERE "branch" = ?1 AND "day" = ?2 ORDER BY "seq"`;

export const SNAPSHOT = `SELECT "branch" AS "branchId", "day", "seq", "hash", "sealed" FROM "snapshots" WHERE "branch" = ? AND "day" = ?`;

/** Every stream with the end that was noted for it, oldest day of a branch first. */
export const STREAMS = `SELECT s."branch" AS "branchId", s."day" AS "day", e."seq" AS "seq", e."hash" AS "hash" FROM (SELECT DISTINCT "branch", "day" FROM "events" UNION SELECT "branch", "day" FROM "stream_ends") s LEFT JOIN "stream_ends" e ON e."branch" = s."branch" AND e."day" = s."day" ORDER BY s."branch", s."day"`;

/** The last rows of both tables; 0 when empty. */
export const END = `SELECT (SELECT ifnull(max("position"), 0) FROM "events") AS "events", (SELECT ifnull(max("position"), 0) FROM "eventless_commands") AS "commands"`;

/** A command stands on its last event. */
export const eventRows = (groups: readonly Group[]): string =>
  JSON.stringify(
    groups.flatMap(({ command, events }) =>
      events.map((row) =>
        row.seq === command.seq ? [...eventRow(row), command.fingerprint, command.result] : eventRow(row),
      ),
    ),
  );

const eventRow = (row: EventRow): unknown[] => [
  row.branchId,
  row.day,
  row.seq,
  row.epoch,
  row.at,
  row.type,
  row.v,
  row.actorId,
  row.role,
  row.commandId,
  row.prev,
  row.hash,
  row.payload,
];

export const commandRows = (groups: readonly Group[]): string =>
  JSON.stringify(
    groups.map(({ command: row }) => [
      row.branchId,
      row.day,
      row.actorId,
      row.commandId,
      row.fingerprint,
      row.result,
      row.seq,
      row.at,
    ]),
  );

export const endRows = (tails: readonly StreamTail[]): string =>
  JSON.stringify(tails.map(({ branchId, day, seq, hash }) => [branchId, day, seq, hash]));

export const snapshotRows = (rows: readonly SnapshotRow[]): string =>
  JSON.stringify(rows.map(({ branchId, day, seq, hash, sealed }) => [branchId, day, seq, hash, sealed]));
