import type { Lobbies } from '../runtime/lobbies.js';
import type { Database } from '../store/database.js';

/** A probe takes the writer's turn: however often it is asked, the lobby loses at most one turn a second. */
const REMEMBER_MS = 1_000;

/** Whether every branch is served and the database takes a writer. */
export class Readiness {
  #answer: Promise<boolean> = Promise.resolve(false);
  #asked = -Infinity;

  constructor(
    private readonly lobbies: Lobbies,
    private readonly database: Database,
  ) {}

  ready(): Promise<boolean> {
    const now = performance.now();
    if (now - this.#asked >= REMEMBER_MS) {
      this.#asked = now;
      this.#answer = this.#look();
    }
    return this.#answer;
  }

  async #look(): Promise<boolean> {
    try {
      await this.database.run(async () => {
        await this.database.source.query('BEGIN IMMEDIATE');
        await this.database.source.query('ROLLBACK');
      });
      return this.lobbies.branchIds().every((branchId) => this.lobbies.shown(branchId).alive);
    } catch {
      return false;
    }
  }
}
