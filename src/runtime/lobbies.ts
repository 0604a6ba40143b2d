import type { Actor } from '../lobby/input.js';
import type { LobbyState } from '../lobby/state.js';
import type { Ack, Command } from '../protocol/commands.js';
import type { Core } from './core.js';
import type { Clock, DayKeys, EventLog, Logger, SetupSource } from './ports.js';

export interface LobbiesDeps {
  log: EventLog;
  clock: Clock;
  keys: DayKeys;
  setups: SetupSource;
  logger: Logger;
  core: Core;
}

/** A command from a door: the actor comes from the session, never from a payload. */
export interface Request {
  id: string;
  day?: string;
  command: Command;
  actor: Actor;
}

/** What may be shown of a branch: everything in it is on disk. Read only. */
export interface Shown {
  state: LobbyState;
  seq: number;
  epoch: string;
  /** False once the branch's runner is beyond help; its screens must then go stale. */
  alive: boolean;
  /** Branch time, UTC ms. */
  now(): number;
  /** Branch time ÷ wall time. */
  rate(): number;
}

/** Every branch's lobby, for doors and gateway. */
export class Lobbies {
  constructor(private readonly deps: LobbiesDeps) {}

  /** Loads all branches from the log; rejects with LogFailure if the log is damaged [G11]. */
  start(): Promise<void> {
    return Promise.resolve();
  }

  /** Refuses new commands, finishes what is queued, keeps snapshots [G13]. */
  stop(): Promise<void> {
    return Promise.resolve();
  }

  branchIds(): string[] {
    return [];
  }

  has(branchId: string): boolean {
    return this.branchIds().includes(branchId);
  }

  /** Runs a command; the answer is on disk when this resolves. Never rejects. */
  execute(branchId: string, request: Request): Promise<Ack> {
    void request;
    return Promise.resolve({ ok: false, code: 'unknown-branch', params: { branchId } });
  }

  shown(branchId: string): Shown {
    const { core, log, clock } = this.deps;
    return {
      state: core.emptyState(branchId),
      seq: 0,
      epoch: log.epoch,
      alive: true,
      now: () => clock.now(),
      rate: () => clock.rate(),
    };
  }

  /** Tells after a branch's shown state has advanced, before those commands are answered. Returns how to stop. */
  onShown(listener: (branchId: string) => void): () => void {
    void listener;
    return () => undefined;
  }
}
