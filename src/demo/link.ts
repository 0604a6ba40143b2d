import { randomUUID } from 'node:crypto';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type { Ack, CommandMessage, CommandOf, CommandType } from '../protocol/commands.js';
import { LIVE_NAMESPACE } from '../protocol/live.js';
import type {
  BeatFrame,
  ClientToServer,
  Handshake,
  PatchFrame,
  ServerToClient,
  ViewFrame,
} from '../protocol/live.js';
import { merge } from '../protocol/patch.js';
import { PROTOCOL_VERSION } from '../protocol/version.js';
import type { Audience, ViewOf } from '../protocol/views.js';
import type { BranchClock } from './branchClock.js';

export interface LinkTo<A extends Audience> {
  url: string;
  token: string;
  audience: A;
  clock: BranchClock;
  /** The view has changed, or the link came back. */
  onView: () => void;
}

const ANSWER_MS = 8_000;
const REFUSED_RETRY_MS = 2_000;
/** A command that found no server for so long is given up; its sender looks at the screen again. */
const GIVE_UP_MS = 60_000;

/**
 * One screen's connection, as a page has it: the public socket door, a token, a view kept by patches. A command is
 * sent again under its own id until it is answered, so it survives a restart of the server.
 */
export class Link<A extends Audience> {
  readonly #socket: Socket<ServerToClient, ClientToServer>;
  #view: ViewOf[A] | undefined;
  #seen: { epoch: string; version: number } | undefined;
  #retry: NodeJS.Timeout | undefined;
  #open = 0;
  #closed = false;

  constructor(private readonly to: LinkTo<A>) {
    this.#socket = io(to.url + LIVE_NAMESPACE, {
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: 200,
      reconnectionDelayMax: 2_000,
      auth: (give) => give(this.#handshake()),
    });
    this.#socket.on('view', (frame) => this.#onView(frame));
    this.#socket.on('patch', (frame) => this.#onPatch(frame));
    this.#socket.on('beat', (frame) => this.#onBeat(frame));
    this.#socket.on('disconnect', (reason) => {
      if (reason === 'io server disconnect') this.#connectLater();
    });
    this.#socket.on('connect_error', () => {
      // A refusal by the server ends the client's own retries; a server that starts up may think again.
      if (!this.#socket.active) this.#connectLater();
    });
  }

  /** Undefined until the first frame. */
  get view(): ViewOf[A] | undefined {
    return this.#view;
  }

  /** True while a command of this screen is on its way: what changes then may be its doing. */
  get sending(): boolean {
    return this.#open > 0;
  }

  /** The server's answer; undefined when none could be had. */
  async send<T extends CommandType>(command: CommandOf<T>): Promise<Ack<T> | undefined> {
    const day = this.#view?.day;
    const named = command.type !== 'OpenDay' && day !== undefined;
    const message: CommandMessage = { id: randomUUID(), ...(named && { day }), command };
    const until = performance.now() + GIVE_UP_MS;
    this.#open += 1;
    try {
      while (!this.#closed && performance.now() < until) {
        if (!this.#socket.connected) await this.#connected();
        const answer = await this.#emit(message);
        if (answer !== undefined) return answer as Ack<T>;
      }
      return undefined;
    } finally {
      this.#open -= 1;
    }
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#socket.disconnect();
  }

  #handshake(): Handshake {
    const { token, audience } = this.to;
    return { token, audience, protocol: PROTOCOL_VERSION, ...(this.#seen && { seen: this.#seen }) };
  }

  async #emit(message: CommandMessage): Promise<Ack | undefined> {
    try {
      return (await this.#socket.timeout(ANSWER_MS).emitWithAck('command', message)) as Ack;
    } catch {
      return undefined;
    }
  }

  /** Resolves at the next connection, or after a moment to look again. */
  #connected(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#socket.off('connect', done);
        resolve();
      };
      const timer = setTimeout(done, REFUSED_RETRY_MS);
      this.#socket.once('connect', done);
    });
  }

  #connectLater(): void {
    clearTimeout(this.#retry);
    if (!this.#closed) this.#retry = setTimeout(() => this.#socket.connect(), REFUSED_RETRY_MS);
  }

  #onView(frame: ViewFrame): void {
    this.#view = frame.view as ViewOf[A];
    this.#seen = { epoch: frame.epoch, version: frame.version };
    this.to.onView();
  }

  #onPatch(frame: PatchFrame): void {
    if (this.#seen === undefined || frame.version > this.#seen.version + 1) {
      // A gap can't be mended by guessing: ask for the whole view.
      this.#seen = undefined;
      this.#socket.disconnect().connect();
      return;
    }
    if (frame.version <= this.#seen.version) return;
    this.#view = merge(this.#view, frame.patch) as ViewOf[A];
    this.#seen = { epoch: this.#seen.epoch, version: frame.version };
    this.to.onView();
  }

  #onBeat({ at, rate }: BeatFrame): void {
    this.to.clock.hear(at, rate);
    // A link that came back and missed nothing hears only this.
    this.to.onView();
  }
}
