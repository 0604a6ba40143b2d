import { reject } from '../lobby/reject.js';
import type { LobbyState } from '../lobby/state.js';
import type { Ack } from '../protocol/commands.js';
import type { Core } from './core.js';
import type { Clock, DayKeys, EventLog, Logger, SetupSource } from './ports.js';
import type { Request } from './runner.js';
import { Runner } from './runner.js';
import { Writer } from './writer.js';

export interface LobbiesDeps {
  log: EventLog;
  clock: Clock;
  keys: DayKeys;
  setups: SetupSource;
  logger: Logger;
  core: Core;
}

/** What may be shown of a branch: everything in it is on disk. Read only. */
export interface Shown {
  state: LobbyState;
  /** Last event of the day's stream that the state contains. */
  seq: number;
  epoch: string;
  /** False once the branch cannot be trusted or served; its screens must then go stale. */
  alive: boolean;
  /** Branch time, UTC ms. */
  now(): number;
  /** Branch time ÷ wall time. */
  rate(): number;
}

/** Open branches sign life this often; a silence half as long again is an outage. */
const BEAT_MS = 10_000;
const LOADED_AT_ONCE = 16;

/** Every branch's lobby, for doors and gateway. */
export class Lobbies {
  private readonly runners = new Map<string, Runner>();
  private readonly listeners = new Set<(branchId: string) => void>();
  private readonly writer: Writer;
  private stopping = false;
  private stopSteps: () => void = () => undefined;
  private stopBeat: () => void = () => undefined;

  constructor(private readonly deps: LobbiesDeps) {
    this.writer = new Writer(deps.log, deps.logger);
  }

  /** Loads all branches from the log; rejects with LogFailure if the log is damaged [G11]. */
  async start(): Promise<void> {
    const ids = await this.deps.setups.branchIds();
    for (let i = 0; i < ids.length; i += LOADED_AT_ONCE)
      await Promise.all(ids.slice(i, i + LOADED_AT_ONCE).map((id) => this.add(id)));
    this.stopSteps = this.deps.clock.onStep((byMs) => {
      this.deps.logger.warn({ byMs }, 'the wall clock was set');
      for (const runner of this.runners.values()) runner.clockStepped(byMs);
    });
    this.beat();
  }

  /** Takes a branch in that was configured after the start. Rejects with LogFailure. */
  async add(branchId: string): Promise<void> {
    if (this.runners.has(branchId)) return;
    const { deps, writer } = this;
    const onShown = () => {
      // While it is being loaded there is nothing to show: whoever is told may ask for it.
      if (this.runners.has(branchId)) for (const listener of this.listeners) listener(branchId);
    };
    const runner = new Runner(branchId, { ...deps, writer, onShown });
    await runner.start();
    this.runners.set(branchId, runner);
  }

  /** Refuses new commands, finishes what is queued, keeps snapshots [G13]. The log stays open. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.stopBeat();
    this.stopSteps();
    await Promise.all([...this.runners.values()].map((runner) => runner.stop()));
    await this.writer.idle();
    await this.signLife();
  }

  branchIds(): string[] {
    return [...this.runners.keys()];
  }

  has(branchId: string): boolean {
    return this.runners.has(branchId);
  }

  /** Runs a command; what it changed is on disk when this resolves. Never rejects. */
  execute(branchId: string, request: Request): Promise<Ack> {
    if (this.stopping) return Promise.resolve(reject('shutting-down'));
    const runner = this.runners.get(branchId);
    return runner ? runner.execute(request) : Promise.resolve(reject('unknown-branch'));
  }

  /** Throws RangeError for an unknown branch: ask `has` first. */
  shown(branchId: string): Shown {
    const runner = this.runners.get(branchId);
    if (!runner) throw new RangeError('unknown branch');
    const { durable, time } = runner;
    const { state, seq } = durable.fold;
    return {
      state,
      seq,
      epoch: this.deps.log.epoch,
      alive: durable.alive,
      now: () => time.now(),
      rate: () => time.rate(),
    };
  }

  /** Tells after a branch's shown state has advanced, before those commands are answered. Returns how to stop. */
  onShown(listener: (branchId: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private beat(): void {
    const { clock } = this.deps;
    this.stopBeat = clock.wake(clock.now() + BEAT_MS * Math.max(1, clock.rate()), () => {
      void this.signLife();
      this.beat();
    });
  }

  private async signLife(): Promise<void> {
    const open = [...this.runners.values()].filter(({ durable }) => durable.fold.state.phase === 'open');
    const beats = open.map(({ branchId, time }) => ({ branchId, at: time.now() }));
    if (beats.length === 0) return;
    try {
      await this.deps.log.beat(beats);
      open.forEach((runner, i) => runner.livedAt(beats[i]?.at ?? 0));
    } catch (error) {
      this.deps.logger.warn({ error }, 'a sign of life could not be kept');
    }
  }
}
