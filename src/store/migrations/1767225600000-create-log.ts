import { randomBytes } from 'node:crypto';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateLog1767225600000 implements MigrationInterface {
  readonly name = 'CreateLog1767225600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "events" ("position" integer PRIMARY KEY NOT NULL, "branch" text NOT NULL, "day" text NOT NULL, "seq" integer NOT NULL, "epoch" text NOT NULL, "at" integer NOT NULL, "type" text NOT NULL, "v" integer NOT NULL, "actor" text NOT NULL, "role" text NOT NULL, "command" text NOT NULL, "prev" text NOT NULL, "hash" text NOT NULL, "payload" text NOT NULL, "fingerprint" text, "result" text)`,
    );
    await runner.query(`CREATE UNIQUE INDEX "events_stream" ON "events" ("branch", "day", "seq")`);
    await runner.query(
      `CREATE TABLE "eventless_commands" ("position" integer PRIMARY KEY NOT NULL, "branch" text NOT NULL, "day" text NOT NULL, "actor" text NOT NULL, "command" text NOT NULL, "fingerprint" text NOT NULL, "result" text NOT NULL, "seq" integer NOT NULL, "at" integer NOT NULL)`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "eventless_commands_id" ON "eventless_commands" ("branch", "day", "actor", "command")`,
    );
    await runner.query(
      `CREATE TABLE "stream_ends" ("branch" text NOT NULL, "day" text NOT NULL, "seq" integer NOT NULL, "hash" text NOT NULL, PRIMARY KEY ("branch", "day")) WITHOUT ROWID`,
    );
    await runner.query(
      `CREATE TABLE "snapshots" ("branch" text NOT NULL, "day" text NOT NULL, "seq" integer NOT NULL, "hash" text NOT NULL, "sealed" text NOT NULL, PRIMARY KEY ("branch", "day"))`,
    );
    await runner.query(
      `CREATE TABLE "runner_life" ("branch" text PRIMARY KEY NOT NULL, "at" integer NOT NULL)`,
    );
    await runner.query(`CREATE TABLE "log_meta" ("name" text PRIMARY KEY NOT NULL, "value" text NOT NULL)`);
    await runner.query(`INSERT INTO "log_meta" ("name", "value") VALUES ('epoch', ?)`, [
      randomBytes(8).toString('hex'),
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'log_meta',
      'runner_life',
      'snapshots',
      'stream_ends',
      'eventless_commands',
      'events',
    ])
      await runner.query(`DROP TABLE "${table}"`);
  }
}
