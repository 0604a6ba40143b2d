import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddForecastMemory1795500000000 implements MigrationInterface {
  readonly name = 'AddForecastMemory1795500000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "forecast_memory" ("branch" text PRIMARY KEY NOT NULL, "memory" text NOT NULL)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE "forecast_memory"`);
  }
}
