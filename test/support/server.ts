import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { startServer } from '../../src/boot.js';
import type { RunningServer, ServerOptions } from '../../src/boot.js';
import { newLogger } from '../../src/commands/logging.js';
import type { Every } from '../../src/gateway/publisher.js';
import type { StaffRole } from '../../src/identity/identity.js';
import type { Ack, Command, CommandMessage } from '../../src/protocol/commands.js';
import type { BeatFrame, PatchFrame, ServerToClient, ViewFrame } from '../../src/protocol/live.js';
import { LIVE_NAMESPACE } from '../../src/protocol/live.js';
import { merge } from '../../src/protocol/patch.js';
import type { BranchSetup } from '../../src/protocol/settings.js';
import { PROTOCOL_VERSION } from '../../src/protocol/version.js';
import type { Audience } from '../../src/protocol/views.js';
import { DemoClock } from '../../src/runtime/demo-clock.js';
import { DAY, MIDNIGHT, setupWith } from './lobby.js';

/** A message without an answer by then counts as unanswered. */
const UNANSWERED_MS = 5_000;
const NINE = MIDNIGHT + 9 * 3_600_000;
const unlimited = { perSecond: 1e9, burst: 1e9 };

/** A thread runs what was built, not the sources that tests run. */
export const FORECAST_WORKER = pathToFileURL(resolve('dist/src/runtime/forecast-worker.js'));

/** A beat that tests ring by hand: each call of `ring` is one beat of every branch. */
export class HandBell {
  readonly #ticks = new Set<() => void>();
  readonly every: Every = (_ms, tick) => {
    this.#ticks.add(tick);
    return () => this.#ticks.delete(tick);
  };

  /** One whole beat: every slot of the publisher's schedule comes round once. */
  ring(beats = 1): void {
    for (let slot = 0; slot < beats * 20; slot += 1) for (const tick of this.#ticks) tick();
  }
}

/** A real server on port 0 with a real database in its own directory, and a clock that stands at 09:00. */
export class TestServer {
  readonly directory: string;
  readonly clock: DemoClock;
  readonly bell = new HandBell();
  readonly log: string[] = [];
  readonly #pages = new Set<Page>();
  #server: RunningServer | undefined;
  #count = 0;

  private constructor(
    readonly setup: BranchSetup,
    private readonly options: Partial<ServerOptions>,
  ) {
    this.directory = mkdtempSync(join(tmpdir(), 'lw-'));
    this.clock = new DemoClock(NINE, 0);
  }

  static async start(options: Partial<ServerOptions> & { setup?: BranchSetup } = {}): Promise<TestServer> {
    const { setup, ...rest } = options;
    const made = new TestServer(setup ?? setupWith(), rest);
    await made.up();
    await made.server.branches.save(made.setup, 'test');
    await made.server.serve(made.setup.id);
    return made;
  }

  get server(): RunningServer {
    if (this.#server === undefined) throw new Error('the server is down');
    return this.#server;
  }

  get branchId(): string {
    return this.setup.id;
  }

  async up(): Promise<void> {
    const logger = newLogger('info', { write: (line: string) => void this.log.push(line) });
    this.#server = await startServer({
      dataDir: this.directory,
      port: 0,
      logger,
      clock: this.clock,
      every: this.bell.every,
      forecastWorker: FORECAST_WORKER,
      rates: { staff: unlimited, device: unlimited, ticket: unlimited },
      ...this.options,
    });
  }

  async down(): Promise<void> {
    await this.#server?.close();
    this.#server = undefined;
  }

  async end(): Promise<void> {
    for (const page of this.#pages) page.close();
    await this.down();
    rmSync(this.directory, { recursive: true, force: true });
  }

  async staffToken(
    role: StaffRole,
    id = `${role}-${String((this.#count += 1))}`,
    branchId = this.branchId,
  ): Promise<string> {
    const member = await this.server.staff.add({ id, login: id, name: id, role, branchId });
    return (await this.server.sessions.open(member)).token;
  }

  async deviceToken(kind: 'board' | 'counterSign' | 'ratingPad' | 'kiosk', place?: string): Promise<string> {
    const screen = { kind, branchId: this.branchId, label: kind, ...(place === undefined ? {} : { place }) };
    return (await this.server.devices.enrol(screen)).token;
  }

  /** A page that has shown its first view. */
  async page(token: string, audience?: Audience, seen?: { epoch: string; version: number }): Promise<Page> {
    const page = this.open(token, audience, seen);
    await page.heard();
    return page;
  }

  /** A page that is still connecting. */
  open(token: string | undefined, audience?: Audience, seen?: { epoch: string; version: number }): Page {
    const page = new Page(this.server.url, {
      protocol: PROTOCOL_VERSION,
      ...(token === undefined ? {} : { token }),
      ...(audience === undefined ? {} : { audience }),
      ...(seen === undefined ? {} : { seen }),
    });
    this.#pages.add(page);
    return page;
  }

  /** A manager's page on an open day. */
  async opened(): Promise<Page> {
    const manager = await this.page(await this.staffToken('lobbyManager'), 'manager');
    await manager.ok({ type: 'OpenDay' });
    return manager;
  }

  shown() {
    return this.server.lobbies.shown(this.branchId);
  }
}

/** A page over a real socket that keeps what the server sent it. */
export class Page {
  readonly socket: Socket<ServerToClient>;
  readonly views: ViewFrame[] = [];
  readonly patches: PatchFrame[] = [];
  readonly beats: BeatFrame[] = [];
  /** Names of the frames in the order in which they came. */
  readonly frames: string[] = [];
  view: unknown;
  seen: { epoch: string; version: number } | undefined;
  readonly #waiting = new Set<() => void>();
  #commands = 0;
  readonly #name = Math.random().toString(36).slice(2);

  constructor(url: string, auth: Record<string, unknown>, options: Record<string, unknown> = {}) {
    this.socket = io(url + LIVE_NAMESPACE, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth,
      ...options,
    });
    this.socket.on('view', (frame) => {
      this.views.push(frame);
      this.view = frame.view;
      this.seen = { epoch: frame.epoch, version: frame.version };
      this.#note('view');
    });
    this.socket.on('patch', (frame) => {
      this.patches.push(frame);
      this.view = merge(this.view, frame.patch);
      if (this.seen) this.seen = { ...this.seen, version: frame.version };
      this.#note('patch');
    });
    this.socket.on('beat', (frame) => {
      this.beats.push(frame);
      this.#note('beat');
    });
    this.socket.on('bye', () => this.#note('bye'));
  }

  /** Resolves when `done` holds; it is asked again at each frame. */
  until(done: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!done()) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  heard(): Promise<void> {
    return this.until(() => this.beats.length > 0);
  }

  /** Why the server would not have this page. */
  refused(): Promise<{ code: string; params: Record<string, unknown> }> {
    return new Promise((resolve, reject) => {
      this.socket.once(
        'connect_error',
        (error: Error & { data?: { code: string; params: Record<string, unknown> } }) =>
          resolve(error.data ?? { code: error.message, params: {} }),
      );
      this.socket.once('connect', () => reject(new Error('the page was let in')));
    });
  }

  closed(): Promise<string> {
    return new Promise((resolve) => {
      if (!this.socket.connected) resolve('closed');
      else this.socket.once('disconnect', (reason) => resolve(reason));
    });
  }

  message(command: Command, day = DAY): CommandMessage {
    this.#commands += 1;
    const id = `${this.#name}-${String(this.#commands)}`;
    return command.type === 'OpenDay' ? { id, command } : { id, day, command };
  }

  /** The socket without the types that keep one from sending nonsense. */
  get raw(): Socket {
    return this.socket;
  }

  /** Any event with any payload. */
  async emit(event: string, ...payload: unknown[]): Promise<Ack> {
    return (await this.raw.timeout(UNANSWERED_MS).emitWithAck(event, ...payload)) as Ack;
  }

  send(command: Command, day?: string): Promise<Ack> {
    return this.emit('command', this.message(command, day));
  }

  /** Sends a command that must be accepted, and gives its result. */
  async ok(command: Command): Promise<Record<string, unknown>> {
    const ack = await this.send(command);
    if (!ack.ok) throw new Error(`${command.type} was refused: ${JSON.stringify(ack)}`);
    return ack.result as Record<string, unknown>;
  }

  close(): void {
    this.socket.disconnect();
  }

  #note(frame: string): void {
    this.frames.push(frame);
    for (const look of this.#waiting) look();
  }
}
