/**
 * A real server in a child process, on real sqlite in a directory of its own and a clock that stands still:
 *
 *     const branch = await BranchServer.start();
 *     await branch.step(30_000);          // branch time goes forward and rings every deadline on the way
 *     await branch.publicBeat();          // the 15 s beat on which public estimates and the notice may change
 *     await branch.kill();                // SIGKILL
 *     await branch.up(90_000);            // again on the same directory and port, 90 s of branch time later
 *     await branch.state()                // what the server may show: all of it is on disk
 *
 * It runs what `npm run build` made (dist); SERVER_DIST and CLIENT_DIST name another build.
 */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { LobbyState } from '../../src/lobby/state.js';
import { branchTemplate } from '../../src/lobby/template.js';
import type { Ack, Command, ResultOf } from '../../src/protocol/commands.js';
import type { BranchSetup } from '../../src/protocol/settings.js';
import type { StaffRole } from '../../src/identity/identity.js';
import { DAY, MIDNIGHT } from './lobby.js';

const NINE = MIDNIGHT + 9 * 3_600_000;

export interface Hired {
  id: string;
  name: string;
  role: StaffRole;
  skills?: string[];
  password?: string;
}

export class BranchServer {
  readonly #directory = mkdtempSync(join(tmpdir(), 'lw-branch-'));
  readonly #asked = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  readonly #id = Math.random().toString(36).slice(2);
  #child: ChildProcess | undefined;
  #count = 0;
  #at = NINE;
  #manager = '';
  port = 0;
  /** Whether a hold ran at the latest public beat: only then the board's notice may say so. */
  noticeDue = false;

  private constructor(readonly setup: BranchSetup) {}

  static async start(setup: BranchSetup = branchTemplate): Promise<BranchServer> {
    const branch = new BranchServer(setup);
    await branch.up();
    return branch;
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.port)}`;
  }

  /** Starts the process; after a kill `laterMs` of branch time have gone by meanwhile. */
  async up(laterMs = 0): Promise<void> {
    this.#at += laterMs;
    const dist = resolve(process.env['SERVER_DIST'] ?? 'dist');
    const clientDir = resolve(process.env['CLIENT_DIST'] ?? 'dist/client');
    const { setup, port } = this;
    const how = { dist, clientDir, dataDir: this.#directory, port, at: this.#at, setup };
    const child = fork(join(import.meta.dirname, 'branchChild.mjs'), [JSON.stringify(how)], { execArgv: [] });
    this.#child = child;
    this.port = await new Promise<number>((ready, fail) => {
      child.once('exit', (code) => {
        fail(new Error(`the server ended with ${String(code)}`));
        this.#forsake();
      });
      child.on(
        'message',
        (message: { ready?: { port: number }; id?: number; result?: unknown; error?: string }) => {
          if (message.ready) {
            ready(message.ready.port);
            return;
          }
          const asked = this.#asked.get(message.id ?? 0);
          this.#asked.delete(message.id ?? 0);
          if (message.error === undefined) asked?.resolve(message.result);
          else asked?.reject(new Error(message.error));
        },
      );
    });
    this.noticeDue = await this.#holds();
  }

  /** As a power cut would end it. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  async close(): Promise<void> {
    await this.#end('SIGKILL');
    rmSync(this.#directory, { recursive: true, force: true });
  }

  enrol(kind: 'board' | 'counterSign' | 'ratingPad' | 'kiosk', place?: string): Promise<string> {
    return this.#ask('enrol', { kind, ...(place === undefined ? {} : { place }) });
  }

  async hire(person: Hired): Promise<string> {
    const token = await this.#ask<string>('hire', { login: person.id, ...person });
    if (person.role === 'lobbyManager') this.#manager = token;
    return token;
  }

  /** Moves the branch's clock; what fell due on the way is on disk and shown when this resolves. */
  async step(ms: number): Promise<void> {
    this.#at = await this.#ask<number>('step', ms);
    await this.settled();
  }

  /** Beats of the publisher's own schedule; every third is public. */
  ring(beats: number): Promise<void> {
    return this.#ask('ring', beats);
  }

  /** Three beats, so that one public beat is among them, wherever the schedule stands. */
  async publicBeat(): Promise<void> {
    await this.ring(3);
    this.noticeDue = await this.#holds();
  }

  /** Beats with a branch time that no beat had before, and tells it. */
  beat(): Promise<number> {
    this.#at += 1;
    return this.#ask('beat');
  }

  state(): Promise<{ state: LobbyState; now: number }> {
    return this.#ask('state');
  }

  /** A command as REST gives it. */
  async send(token: string, command: Command): Promise<Ack> {
    const id = `${this.#id}-${String((this.#count += 1))}`;
    const message = command.type === 'OpenDay' ? { id, command } : { id, day: DAY, command };
    const response = await fetch(`${this.url}/api/v1/branches/${this.setup.id}/commands`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      body: JSON.stringify(message),
    });
    return (await response.json()) as Ack;
  }

  /** A command that must be accepted. */
  async ok<C extends Command>(token: string, command: C): Promise<ResultOf<C['type']>> {
    const ack = await this.send(token, command);
    if (!ack.ok) throw new Error(`${command.type} was refused: ${JSON.stringify(ack)}`);
    return ack.result as ResultOf<C['type']>;
  }

  /** A refusal is given only when everything before it is on disk: asking for one waits for it. */
  async settled(): Promise<void> {
    if (this.#manager !== '') await this.send(this.#manager, { type: 'MarkArrived', episodeId: 'none' });
  }

  async #holds(): Promise<boolean> {
    const { state } = await this.state();
    return Object.values(state.counters).some(({ hold }) => hold !== undefined);
  }

  #ask<T>(act: string, ...args: unknown[]): Promise<T> {
    const id = (this.#count += 1);
    return new Promise<T>((answer, reject) => {
      this.#asked.set(id, { resolve: answer as (result: unknown) => void, reject });
      this.#child?.send({ id, act, args });
    });
  }

  async #end(signal: 'SIGKILL'): Promise<void> {
    const child = this.#child;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  }

  #forsake(): void {
    for (const { reject } of this.#asked.values()) reject(new Error('the server was ended'));
    this.#asked.clear();
  }
}
