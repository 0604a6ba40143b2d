import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddServiceTimes1795400000000 implements MigrationInterface {
  readonly name = 'AddServiceTimes1795400000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "service_times" ("branch" text NOT NULL, "day" text NOT NULL, "times" text NOT NULL, PRIMARY KEY ("branch", "day"))`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE "service_times"`);
  }
}
