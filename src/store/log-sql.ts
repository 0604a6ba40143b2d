import type { EventRow, Group, SnapshotRow } from '../runtime/ports.js';

/** The log's statements. Rows travel as one JSON parameter, so a batch of any size is one statement. */
const columns = (count: number): string =>
  Array.from({ length: count }, (_, i) => `value ->> ${i}`).join(', ');

const EVENT = `"branch" AS "branchId", "day", "seq", "epoch", "at", "type", "v", "actor" AS "actorId", "role", "command" AS "commandId", "prev", "hash", "payload"`;

export const INSERT_EVENTS = `INSERT INTO "events" ("branch", "day", "seq", "epoch", "at", "type", "v", "actor", "role", "command", "prev", "hash", "payload") SELECT ${columns(13)} FROM json_each(?)`;

export const INSERT_COMMANDS = `INSERT INTO "commands" ("branch", "day", "actor", "command", "fingerprint", "result", "seq", "at") SELECT ${columns(8)} FROM json_each(?)`;

export const KEEP_SNAPSHOTS = `INSERT OR REPLACE INTO "snapshots" ("branch", "day", "seq", "hash", "sealed") SELECT ${columns(5)} FROM json_each(?)`;

export const BEAT = `INSERT OR REPLACE INTO "runner_life" ("branch", "at") SELECT ${columns(2)} FROM json_each(?)`;

export const LAST_BEAT = `SELECT "at" FROM "runner_life" WHERE "branch" = ?`;

export const READ = `SELECT ${EVENT} FROM "events" WHERE "branch" = ? AND "day" = ? AND "seq" >= ? ORDER BY "seq" LIMIT ?`;

export const TAIL = `SELECT "branch" AS "branchId", "day", "seq", "hash" FROM "events" WHERE "branch" = ? ORDER BY "day" DESC, "seq" DESC LIMIT 1`;

export const COMMAND = `SELECT "branch" AS "branchId", "day", "actor" AS "actorId", "command" AS "commandId", "fingerprint", "result", "seq", "at" FROM "commands" WHERE "branch" = ? AND "day" = ? AND "actor" = ? AND "command" = ?`;

export const COMMAND_IDS = `SELECT "actor" AS "actorId", "command" AS "commandId", "seq" FROM "commands" WHERE "branch" = ? AND "day" = ?`;

export const SNAPSHOT = `SELECT "branch" AS "branchId", "day", "seq", "hash", "sealed" FROM "snapshots" WHERE "branch" = ? AND "day" = ?`;

/** Every stream that has events or commands, oldest day of a branch first, with its last command's place. */
export const STREAMS = `SELECT s."branch" AS "branchId", s."day" AS "day", (SELECT max(c."seq") FROM "commands" c WHERE c."branch" = s."branch" AND c."day" = s."day") AS "commandSeq" FROM (SELECT DISTINCT "branch", "day" FROM "events" UNION SELECT DISTINCT "branch", "day" FROM "commands") s ORDER BY s."branch", s."day"`;

/** The last rows of both tables; 0 when empty. */
export const END = `SELECT (SELECT ifnull(max("position"), 0) FROM "events") AS "events", (SELECT ifnull(max("position"), 0) FROM "commands") AS "commands"`;

export const eventRows = (rows: readonly EventRow[]): string =>
  JSON.stringify(
    rows.map((row) => [
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
    ]),
  );

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

export const snapshotRows = (rows: readonly SnapshotRow[]): string =>
  JSON.stringify(rows.map(({ branchId, day, seq, hash, sealed }) => [branchId, day, seq, hash, sealed]));
